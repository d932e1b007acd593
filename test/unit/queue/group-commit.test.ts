import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../src/correlate/event.ts';
import { GroupCommit } from '../../../src/queue/group-commit.ts';
import { alertsIn } from '../../../src/queue/split-event.ts';
import { IntakeUnavailable } from '../../../src/receivers/intake.ts';
import { alert, alerts, webhook } from './webhooks.ts';

interface Append {
  readonly id: string;
  readonly events: readonly EngineEvent[];
  readonly acknowledge: () => void;
  readonly refuse: (error: Error) => void;
}

/** A store that answers each append when the test says so. */
function handStore() {
  const appends: Append[] = [];
  const append = (id: string, events: readonly EngineEvent[]) => new Promise<void>((acknowledge, refuse) => appends.push({ id, events, acknowledge, refuse }));
  const nth = (number: number): Append => {
    const found = appends[number];
    if (found === undefined) throw new Error(`there was no append ${number}`);
    return found;
  };
  return { appends, append, nth };
}

/** Lets everything happen that waits for nothing. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** Watches how adding ends: null while it has not. */
function watch(adding: Promise<void>): { outcome: string | null } {
  const watched: { outcome: string | null } = { outcome: null };
  adding.then(
    () => {
      watched.outcome = 'durable';
    },
    (error: unknown) => {
      watched.outcome = error instanceof Error ? error.message : String(error);
    },
  );
  return watched;
}

describe('group commit', () => {
  it('sends the first event at once and alone', () => {
    const { append, appends } = handStore();
    const first = webhook({ alerts: alerts(1) });
    watch(new GroupCommit(append).add(first));
    expect(appends.map(({ events }) => events)).toEqual([[first]]);
  });

  it('sends together, and in order, what came until the first was acknowledged', async () => {
    const { append, appends, nth } = handStore();
    const groups = new GroupCommit(append);
    const [a, b, c, d] = [1, 2, 3, 4].map((n) => webhook({ alerts: [alert(n)] })) as [EngineEvent, EngineEvent, EngineEvent, EngineEvent];
    for (const event of [a, b, c]) watch(groups.add(event));
    await settled();
    expect(appends).toHaveLength(1);
    nth(0).acknowledge();
    await settled();
    watch(groups.add(d));
    expect(appends.map(({ events }) => events)).toEqual([[a], [b, c]]);
    nth(1).acknowledge();
    await settled();
    expect(nth(2).events).toEqual([d]);
  });

  it('is done with an event when that one is durable, and no sooner', async () => {
    const { append, nth } = handStore();
    const groups = new GroupCommit(append);
    const first = watch(groups.add(webhook({ alerts: [alert(1)] })));
    const second = watch(groups.add(webhook({ alerts: [alert(2)] })));
    await settled();
    expect([first.outcome, second.outcome]).toEqual([null, null]);
    nth(0).acknowledge();
    await settled();
    expect([first.outcome, second.outcome]).toEqual(['durable', null]);
    nth(1).acknowledge();
    await settled();
    expect(second.outcome).toBe('durable');
  });

  it('rejects the events of an append that failed, and only those', async () => {
    const { append, nth } = handStore();
    const groups = new GroupCommit(append);
    const first = watch(groups.add(webhook({ alerts: [alert(1)] })));
    const second = watch(groups.add(webhook({ alerts: [alert(2)] })));
    const third = watch(groups.add(webhook({ alerts: [alert(3)] })));
    nth(0).refuse(new Error('Redis is away'));
    await settled();
    expect([first.outcome, second.outcome, third.outcome]).toEqual(['Redis is away', null, null]);
    nth(1).acknowledge();
    await settled();
    expect([first.outcome, second.outcome, third.outcome]).toEqual(['Redis is away', 'durable', 'durable']);
  });

  it('answers all that wait at once when the store is unavailable, and then starts anew', async () => {
    const { append, appends, nth } = handStore();
    const groups = new GroupCommit(append);
    const adding = [1, 2, 3].map((number) => watch(groups.add(webhook({ alerts: [alert(number)] }))));
    nth(0).refuse(new IntakeUnavailable('Redis cannot be reached', 5));
    await settled();
    expect(adding.map(({ outcome }) => outcome)).toEqual(['Redis cannot be reached', 'Redis cannot be reached', 'Redis cannot be reached']);
    const next = watch(groups.add(webhook({ alerts: [alert(4)] })));
    nth(1).acknowledge();
    await settled();
    expect(next.outcome).toBe('durable');
    expect(appends).toHaveLength(2);
  });

  it('starts anew after a failure when nothing waited', async () => {
    const { append, nth } = handStore();
    const groups = new GroupCommit(append);
    watch(groups.add(webhook({ alerts: [alert(1)] })));
    nth(0).refuse(new Error('Redis is away'));
    await settled();
    const next = watch(groups.add(webhook({ alerts: [alert(2)] })));
    nth(1).acknowledge();
    await settled();
    expect(next.outcome).toBe('durable');
  });

  it('puts no more than 500 alerts into one job', async () => {
    const { append, appends, nth } = handStore();
    const groups = new GroupCommit(append);
    watch(groups.add(webhook({ alerts: [alert(0)] })));
    for (const count of [200, 200, 100, 1]) watch(groups.add(webhook({ alerts: alerts(count) })));
    for (const number of [0, 1, 2]) {
      nth(number).acknowledge();
      await settled();
    }
    expect(appends.map(({ events }) => events.map(alertsIn))).toEqual([[1], [200, 200, 100], [1]]);
  });

  it('puts no more than 1 MiB into one job', async () => {
    const { append, appends, nth } = handStore();
    const groups = new GroupCommit(append);
    const large = { annotations: new Map([['summary', 'x'.repeat(400_000)]]) };
    watch(groups.add(webhook({ alerts: [alert(0)] })));
    for (const number of [1, 2, 3]) watch(groups.add(webhook({ alerts: [alert(number, large)] })));
    for (const number of [0, 1, 2]) {
      nth(number).acknowledge();
      await settled();
    }
    expect(appends.map(({ events }) => events.length)).toEqual([1, 2, 1]);
  });

  it('sends an event that is too large for any job by itself', async () => {
    const { append, appends, nth } = handStore();
    const groups = new GroupCommit(append);
    watch(groups.add(webhook({ alerts: [alert(0)] })));
    for (const bytes of [2_000_000, 1]) watch(groups.add(webhook({ alerts: [alert(1, { annotations: new Map([['summary', 'x'.repeat(bytes)]]) })] })));
    for (const number of [0, 1, 2]) {
      nth(number).acknowledge();
      await settled();
    }
    expect(appends.map(({ events }) => events.length)).toEqual([1, 1, 1]);
  });

  it('is done with a large webhook when all pieces of it are durable', async () => {
    const { append, appends, nth } = handStore();
    const adding = watch(new GroupCommit(append).add(webhook({ alerts: alerts(1200) })));
    for (const number of [0, 1]) {
      nth(number).acknowledge();
      await settled();
      expect(adding.outcome).toBeNull();
    }
    nth(2).acknowledge();
    await settled();
    expect(adding.outcome).toBe('durable');
    expect(appends.map(({ events }) => events.map(alertsIn))).toEqual([[500], [500], [200]]);
  });

  it('rejects a large webhook of which one piece failed, once it is known of all', async () => {
    const { append, nth } = handStore();
    const adding = watch(new GroupCommit(append).add(webhook({ alerts: alerts(1001) })));
    nth(0).acknowledge();
    await settled();
    nth(1).refuse(new Error('Redis is away'));
    await settled();
    expect(adding.outcome).toBeNull();
    nth(2).acknowledge();
    await settled();
    expect(adding.outcome).toBe('Redis is away');
  });

  it('names each batch anew, with an id that BullMQ takes', async () => {
    const { append, appends, nth } = handStore();
    const groups = new GroupCommit(append);
    for (const number of [0, 1]) {
      watch(groups.add(webhook({ alerts: [alert(number)] })));
      nth(number).acknowledge();
      await settled();
    }
    expect(new Set(appends.map(({ id }) => id)).size).toBe(2);
    for (const { id } of appends) expect(id).toMatch(/^b-[0-9a-f-]{36}$/);
  });
});
