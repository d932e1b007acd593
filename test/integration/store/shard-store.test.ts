// What the store of a shard makes of a commit, on a real Redis: members that move with their reasons, and what was learned.

import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Draft } from '../../../src/correlate/draft.ts';
import type { EngineEvent } from '../../../src/correlate/event.ts';
import { merge } from '../../../src/correlate/merge.ts';
import { EngineState } from '../../../src/correlate/state.ts';
import { learnedKey } from '../../../src/model/learned.ts';
import { shardTag } from '../../../src/queue/shard-queues.ts';
import { TimerQueue } from '../../../src/shard/timer-queue.ts';
import { Turn } from '../../../src/shard/turn.ts';
import { shardKeys } from '../../../src/store/keys.ts';
import { failFastConnection, whenReady } from '../../../src/store/redis-connection.ts';
import { createReadModel } from '../../../src/store/redis-read-model.ts';
import { createShardStore } from '../../../src/store/redis-shard-store.ts';
import { CLEARS, holding, warning } from '../../unit/correlate/hold-scene.ts';
import { at, firing, policy, resolved, webhookAt } from '../../unit/correlate/scenario.ts';
import { type RedisProcess, startRedis } from '../service/redis-process.ts';

let server: RedisProcess;
let redis: Redis;

beforeAll(async () => {
  server = await startRedis();
  redis = failFastConnection(server.url, 5000);
  await whenReady(redis, 5000);
});
afterAll(async () => {
  redis.disconnect();
  await server.remove();
});

/** A store and a state over it that commits what it decides; each test has a shard of its own. */
async function owner(shard: number) {
  const keys = shardKeys(shardTag(shard));
  const store = createShardStore({ redis, keys });
  const lease = await store.acquire('a', 60_000);
  if (lease === null) throw new Error('somebody else has the lease');
  const state = EngineState.of((await store.load()).records);
  let version = 0;
  return {
    keys,
    state,
    store,
    async commit(changes: ReturnType<Draft['changes']>) {
      await store.commit({ lease, version, changes, batch: null, recorded: [] });
      state.apply(changes);
      version += 1;
    },
  };
}

describe('a merge', () => {
  it('moves the members with why they joined, in one commit', async () => {
    const { keys, state, commit } = await owner(1);
    const first = new Turn({ state, timers: new TimerQueue(), policy: policy() });
    first.event(webhookAt('10:00', firing('a')));
    first.event(webhookAt('10:01', firing('b')));
    first.event(webhookAt('10:01:05', firing('c', { labels: { node: 'b' } })));
    await commit(first.decision().changes);
    const [older, younger] = [...state.incidents.values()];
    if (older === undefined || younger === undefined) throw new Error('there are two incidents');
    const draft = new Draft(state);
    merge(draft, older, younger, { evidence: [{ kind: 'bridge', summary: 'one trouble' }] }, at('10:02'));
    await commit(draft.changes());

    const model = createReadModel({ redis, keys, queued: async () => ({ waiting: new Map(), unreadable: 0 }) });
    const members = await model.members([older.id, younger.id]);
    const reasons = (members.get(older.id) ?? []).map(({ fingerprint, joinedBecause }) => [fingerprint, joinedBecause.map(({ kind }) => kind)]);
    expect(Object.fromEntries(reasons)).toEqual({ a: [], b: ['bridge'], c: ['same-entity', 'time', 'chance'] });
    expect(members.get(younger.id)).toEqual([]);
    expect(await model.incident(younger.id)).toMatchObject({ status: 'resolved', mergedInto: older.id });
  });
});

describe('what was learned', () => {
  it('is loaded as it was committed', async () => {
    const { state, store, commit } = await owner(2);
    const turn = new Turn({ state, timers: new TimerQueue(), policy: policy() });
    turn.event(webhookAt('10:00', firing('a', { labels: { pod: 'web-5f6d7c8b9-x2x4z' } })));
    await commit(turn.decision().changes);
    const loaded = EngineState.of((await store.load()).records);
    expect(loaded.learned).toEqual(new Map([...state.learned].sort(([a], [b]) => (a < b ? -1 : 1))));
    expect(loaded.learned.has(learnedKey.series('a'))).toBe(true);
    expect(loaded.learnedEdges).toEqual(state.learnedEdges);
    expect(loaded.learnedEdges.length).toBeGreaterThan(0);
  });
});

describe('what is held back', () => {
  it('is found by the commit, before what ended, until it ends', async () => {
    const { keys, state, commit } = await owner(3);
    const model = createReadModel({ redis, keys, queued: async () => ({ waiting: new Map(), unreadable: 0 }) });
    const outcomes = async () => (await model.suppressions({ after: null, limit: 9 })).map(({ record }) => [record.fingerprint, record.outcome]);
    const learning = new Draft(state);
    for (const fingerprint of ['a', 'b']) learning.learned.set(learnedKey.series(fingerprint), CLEARS);
    await commit(learning.changes());
    const turn = async (...events: readonly EngineEvent[]) => {
      const next = new Turn({ state, timers: new TimerQueue(), policy: policy(holding()) });
      for (const event of events) next.event(event);
      await commit(next.decision().changes);
    };
    await turn(webhookAt('10:00', warning('a')), webhookAt('10:00:20', warning('b')), webhookAt('10:00:20', warning('c')));
    expect(await outcomes()).toEqual([
      ['b', 'held'],
      ['a', 'held'],
    ]);
    expect(await model.holds()).toEqual(new Map([['transient', 2]]));
    await turn(webhookAt('10:01', resolved('b')));
    expect(await outcomes()).toEqual([
      ['a', 'held'],
      ['b', 'untold'],
    ]);
    const [first] = await model.suppressions({ after: null, limit: 1 });
    expect((await model.suppressions({ after: first?.position ?? null, limit: 9 })).map(({ record }) => record.fingerprint)).toEqual(['b']);
    expect(await model.holds()).toEqual(new Map([['transient', 1]]));
  });
});
