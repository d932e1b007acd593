import { describe, expect, it } from 'vitest';
import { IDLE, nextTurn, type Pace, paceAfter, paceBehind, type Wish } from '../../../src/notify/pacing.ts';
import { createTurns, type Granted } from '../../../src/notify/turns.ts';

const post = (order: number, given: Partial<Wish> = {}): Wish => ({ channel: 'a', post: 'needed', edit: false, rank: 1, order, ...given });
const edit = (order: number, given: Partial<Wish> = {}): Wish => post(order, { post: 'no', edit: true, rank: 4, ...given });
const pace = (given: Partial<Pace> = {}): Pace => ({ ...IDLE, ...given });
const go = (wish: Wish, posts = true) => ({ kind: 'go', wish, post: posts });

describe('what other processes sent', () => {
  const free = { paused: 0, posted: 0, edited: 0 };
  const nextAt = (wish: Wish, waits: Partial<typeof free>) => {
    const turn = nextTurn([wish], paceBehind(IDLE, wish, { ...free, ...waits }, 1000), 1000);
    return turn?.kind === 'wait' ? turn.until : turn?.kind;
  };

  it('is waited for just as long', () => {
    expect(nextAt(post(1), { posted: 700 })).toBe(1700);
    expect(nextAt(edit(1), { edited: 900 })).toBeCloseTo(1900);
    expect(nextAt(post(1, { channel: 'b' }), { paused: 5000 })).toBe(6000);
    expect(nextAt(post(1), {})).toBe('go');
  });

  it('in one channel does not hold up another', () => {
    const behind = paceBehind(IDLE, post(1), { ...free, posted: 700 }, 1000);
    expect(nextTurn([post(2, { channel: 'b' })], behind, 1000)).toMatchObject({ kind: 'go' });
  });
});

describe('whose turn it is', () => {
  it('is nobody’s when nobody waits, or too many are being sent', () => {
    expect(nextTurn([], IDLE, 0)).toBe(null);
    expect(nextTurn([post(1)], pace({ running: 50 }), 0)).toBe(null);
    expect(nextTurn([post(1)], pace({ running: 49 }), 0)).toEqual(go(post(1)));
  });

  it('is that of the most pressing, then of who came first', () => {
    expect(nextTurn([post(1, { rank: 2 }), post(3), post(2)], IDLE, 0)).toEqual(go(post(2)));
  });

  it('comes once a second in a channel, and in another meanwhile', () => {
    const busy = pace({ posts: new Map([['a', 1000]]) });
    expect(nextTurn([post(1)], busy, 1999)).toEqual({ kind: 'wait', until: 2000 });
    expect(nextTurn([post(1)], busy, 2000)).toEqual(go(post(1)));
    expect(nextTurn([post(1), post(2, { channel: 'b' })], busy, 1500)).toEqual(go(post(2, { channel: 'b' })));
  });

  it('is nobody else’s while something critical waits, in whatever channel', () => {
    const busy = pace({ posts: new Map([['a', 1000]]) });
    expect(nextTurn([post(9, { rank: 0 }), post(1, { channel: 'b' }), edit(2)], busy, 1500)).toEqual({ kind: 'wait', until: 2000 });
    expect(nextTurn([post(9, { rank: 0 }), post(10, { rank: 0, channel: 'b' })], busy, 1500)).toEqual(go(post(10, { rank: 0, channel: 'b' })));
  });

  it('of an edit comes 45 times a minute, three in a row after a pause, and at once with something critical', () => {
    let now = 0;
    let after: Pace = IDLE;
    const times: number[] = [];
    while (now < 60_000) {
      const turn = nextTurn([edit(1)], after, now);
      if (turn?.kind !== 'go') {
        now = turn?.until ?? Number.NaN;
        continue;
      }
      times.push(now);
      after = { ...paceAfter(after, turn, now), running: 0 };
    }
    expect(times.slice(0, 3)).toEqual([0, 0, 0]);
    expect(times.length).toBeGreaterThanOrEqual(45);
    expect(times.length).toBeLessThanOrEqual(48);
    expect(nextTurn([edit(1)], after, 59_999)?.kind).toBe('wait');
    expect(nextTurn([edit(1, { rank: 0, post: 'needed' })], after, 59_999)?.kind).toBe('go');
  });

  it('lets an edit add to its thread, unless others wait to post in the channel', () => {
    const wish = edit(1, { post: 'if-free' });
    expect(nextTurn([wish], IDLE, 0)).toEqual(go(wish));
    const busy = pace({ posts: new Map([['a', 1000]]) });
    expect(nextTurn([wish], busy, 1500)).toEqual({ kind: 'wait', until: 2000 });
    expect(nextTurn([wish, post(2)], busy, 1500)).toEqual(go(wish, false));
  });

  it('is nobody’s while the app asked to be left alone', () => {
    expect(nextTurn([post(1, { rank: 0 })], pace({ pausedUntil: 30_000 }), 29_999)).toEqual({ kind: 'wait', until: 30_000 });
    expect(nextTurn([post(1)], pace({ pausedUntil: 30_000 }), 30_000)?.kind).toBe('go');
  });
});

describe('waiting for a turn', () => {
  /** A clock that stands still until it is moved. */
  function clock() {
    let now = 0;
    let timers: { at: number; callback: () => void }[] = [];
    return {
      now: () => now,
      later(wait: number, callback: () => void) {
        const timer = { at: now + wait, callback };
        timers.push(timer);
        return () => {
          timers = timers.filter((each) => each !== timer);
        };
      },
      async moveTo(time: number) {
        for (;;) {
          const next = timers.filter(({ at }) => at <= time).sort((a, b) => a.at - b.at)[0];
          if (next === undefined) break;
          now = next.at;
          timers = timers.filter((each) => each !== next);
          next.callback();
          await Promise.resolve();
        }
        now = time;
      },
    };
  }

  const taking = (promise: Promise<Granted>) => {
    const granted: Granted[] = [];
    void promise.then((each) => granted.push(each));
    return granted;
  };

  it('lets go at once what need not wait, and looks again at what waits for two seconds', async () => {
    const time = clock();
    const turns = createTurns(time);
    expect(await turns.take('app', post(turns.arrive()))).toEqual({ kind: 'go', post: true, waited: false });
    expect(await turns.take('app', post(turns.arrive(), { channel: 'b' }))).toMatchObject({ kind: 'go' });
    turns.pause('app', 10_000);
    const waiting = taking(turns.take('app', post(turns.arrive())));
    await time.moveTo(1999);
    expect(waiting).toEqual([]);
    await time.moveTo(2000);
    expect(waiting).toEqual([{ kind: 'look-again' }]);
  });

  it('keeps one app apart from another', async () => {
    const turns = createTurns(clock());
    turns.pause('app', 10_000);
    expect(await turns.take('other', post(1))).toMatchObject({ kind: 'go' });
  });

  it('lets what is critical wait as long as it takes, and go first', async () => {
    const time = clock();
    const turns = createTurns(time);
    turns.pause('app', 60_000);
    const critical = taking(turns.take('app', post(5, { rank: 0 })));
    await time.moveTo(59_500);
    const lower = taking(turns.take('app', post(1)));
    await time.moveTo(60_000);
    expect([critical, lower]).toEqual([[{ kind: 'go', post: true, waited: true }], []]);
    await time.moveTo(61_000);
    expect(lower).toMatchObject([{ kind: 'go' }]);
  });

  it('ends one of fifty before the next goes', async () => {
    const turns = createTurns(clock());
    for (let i = 0; i < 50; i++) await turns.take('app', post(i, { channel: String(i) }));
    const next = taking(turns.take('app', post(50, { channel: 'next' })));
    await Promise.resolve();
    expect(next).toEqual([]);
    turns.done('app');
    await Promise.resolve();
    expect(next).toHaveLength(1);
  });

  it('ends when the service stops', async () => {
    const turns = createTurns(clock());
    turns.pause('app', 1000);
    const waiting = taking(turns.take('app', post(1)));
    turns.stop();
    await Promise.resolve();
    expect(waiting).toEqual([{ kind: 'stop' }]);
    expect(await turns.take('app', post(2))).toEqual({ kind: 'stop' });
  });
});
