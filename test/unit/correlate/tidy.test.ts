import { describe, expect, it } from 'vitest';
import { Draft } from '../../../src/correlate/draft.ts';
import { EngineState } from '../../../src/correlate/state.ts';
import { tidy } from '../../../src/correlate/tidy.ts';
import { learnedKey } from '../../../src/model/learned.ts';
import { DAY, type Instant, SECOND } from '../../../src/model/time.ts';
import { at, edges, firing, policy, scene, webhookAt } from './scenario.ts';

const NOW = at('10:00');
const baseline = (seen: Instant) => ({ onsets: 1, at: seen, step: null, episodes: 0 });

/** What is left of what was learned, once it was tidied now. */
function left(learn: (draft: Draft) => void): readonly string[] {
  const draft = new Draft(new EngineState());
  learn(draft);
  tidy(draft, NOW);
  return [...draft.learned.all()].map(([key]) => key).filter((key) => key !== learnedKey.counts && !key.startsWith('n '));
}

describe('what was learned', () => {
  it.each<[string, (draft: Draft, seen: Instant) => void]>([
    ['of an alert', (draft, seen) => draft.learned.set(learnedKey.series('a'), baseline(seen))],
    ['of a rule', (draft, seen) => draft.learned.set(learnedKey.rule('DiskFull'), baseline(seen))],
    ['of a label', (draft, seen) => draft.learned.set(learnedKey.label('site=d26'), { id: 1024, series: 3, at: seen })],
  ])('%s is kept for 28 days after it was last seen', (_case, learn) => {
    expect(left((draft) => learn(draft, NOW - 28 * DAY))).toHaveLength(1);
    expect(left((draft) => learn(draft, NOW - 28 * DAY - SECOND))).toEqual([]);
  });

  it('of a dependency by labels is kept for two days', () => {
    const edge = (seen: Instant) => (draft: Draft) =>
      draft.learned.set(learnedKey.edge('pod/a', 'node/b'), { from: 'pod/a', to: 'node/b', origin: 'labels', at: seen });
    expect(left(edge(NOW - 2 * DAY))).toHaveLength(1);
    expect(left(edge(NOW - 2 * DAY - SECOND))).toEqual([]);
  });

  it('is given up in memory too, once it is applied', () => {
    const state = new EngineState();
    state.learned.set(learnedKey.rule('Old'), baseline(NOW - 29 * DAY));
    state.learned.set(learnedKey.rule('New'), baseline(NOW));
    const draft = new Draft(state);
    tidy(draft, NOW);
    state.apply(draft.changes());
    expect([...state.learned.keys()].sort()).toEqual([learnedKey.counts, learnedKey.rule('New')]);
  });
});

describe('of each kind', () => {
  const rules = (count: number, seen: (i: number) => Instant) => (draft: Draft) => {
    for (let i = 0; i < count; i++) draft.learned.set(learnedKey.rule(String(i).padStart(5, '0')), baseline(seen(i)));
  };

  it('as many as are allowed stay: 20,000 rules', () => {
    expect(left(rules(20_000, () => NOW))).toHaveLength(20_000);
  });

  it('those beyond that go, the least lately seen first', () => {
    const kept = left(rules(20_002, (i) => NOW - (i === 7 || i === 11_000 ? DAY : 0)));
    expect(kept).toHaveLength(20_000);
    expect(kept).not.toContain(learnedKey.rule('00007'));
    expect(kept).not.toContain(learnedKey.rule('11000'));
  });

  it('those seen at one time go by name', () => {
    const kept = left(rules(20_001, () => NOW));
    expect(kept).toHaveLength(20_000);
    expect(kept).not.toContain(learnedKey.rule('00000'));
  });

  it('another’s number does not count', () => {
    const kept = left((draft) => {
      rules(20_000, () => NOW)(draft);
      draft.learned.set(learnedKey.series('a'), baseline(NOW - DAY));
    });
    expect(kept).toHaveLength(20_001);
  });
});

describe('tidying', () => {
  const counted = (seen: Instant) => {
    const draft = new Draft(new EngineState());
    draft.learned.set(learnedKey.counts, { since: NOW - 90 * DAY, series: 412, labelIds: 37, tidiedAt: NOW - DAY });
    draft.learned.set(learnedKey.series('a'), baseline(seen));
    tidy(draft, NOW);
    return draft;
  };

  it('leaves the counts while anything is left, and says when it was done and is to be done again', () => {
    const draft = counted(NOW - 28 * DAY);
    expect(draft.learned.counts).toEqual({ since: NOW - 90 * DAY, series: 412, labelIds: 37, tidiedAt: NOW });
    expect(draft.timers).toEqual([{ due: at('+1d 10:00'), kind: 'tidy', id: '' }]);
  });

  it('ends with the counts once nothing is left, until the next alert comes', () => {
    const draft = counted(NOW - 29 * DAY);
    expect([...draft.learned.all()]).toEqual([]);
    expect(draft.timers).toEqual([]);
    expect(draft.learned.countAlert(true, at('+1d 10:00'))).toBe(true);
    expect(draft.learned.counts).toEqual({ since: at('+1d 10:00'), series: 1, labelIds: 0, tidiedAt: at('+1d 10:00') });
    expect(draft.learned.countAlert(true, at('+1d 11:00'))).toBe(false);
  });

  it('falls due a day after the first alert, and every day', () => {
    const s = scene();
    s.at('10:00', webhookAt('10:00', firing('a')));
    expect(s.dueOf('tidy', '')).toBe(at('+1d 10:00'));
    s.fire('+1d 10:00', 'tidy', '');
    expect(s.dueOf('tidy', '')).toBe(at('+2d 10:00'));
  });

  it('takes from the graph what labels have not proved for two days', () => {
    const s = scene();
    const topology = () => s.draft.topology(policy());
    s.draft.learned.noteEdges(edges(['pod/old', 'node/b']), at('10:00'));
    s.draft.learned.noteEdges(edges(['pod/new', 'node/b']), at('+1d 10:00'));
    expect([topology().has('pod/old', 'node/b'), topology().has('pod/new', 'node/b')]).toEqual([true, true]);
    s.fire('+2d 10:01', 'tidy', '');
    expect([topology().has('pod/old', 'node/b'), topology().has('pod/new', 'node/b')]).toEqual([false, true]);
  });
});
