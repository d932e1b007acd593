// The pace that several processes keep together, on a real Redis.

import type { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Wish } from '../../../src/notify/pacing.ts';
import { createTurns, type Turns } from '../../../src/notify/turns.ts';
import { failFastConnection, whenReady } from '../../../src/store/redis-connection.ts';
import { createSharedPace } from '../../../src/store/redis-shared-pace.ts';
import { type RedisProcess, startRedis } from '../service/redis-process.ts';
import { until } from '../service/until.ts';

const TOKEN = 'xoxb-secret';
let server: RedisProcess;
let redis: Redis;

beforeAll(async () => {
  server = await startRedis();
  redis = failFastConnection(server.url, 400);
  redis.on('error', () => undefined);
  await whenReady(redis, 5000);
});
afterAll(async () => {
  redis.disconnect();
  await server.remove();
});
beforeEach(() => redis.flushall());

/** The turns of one process. */
function processOf(): Turns {
  return createTurns({
    now: () => performance.now(),
    later(wait, callback) {
      const timer = setTimeout(callback, wait);
      return () => clearTimeout(timer);
    },
    shared: createSharedPace(redis, 'pace:'),
  });
}
const wish = (given: Partial<Wish>): Wish => ({ channel: 'a', post: 'no', edit: false, rank: 0, order: 1, ...given });

/** When each of these was let go, in milliseconds from the beginning, sorted; each by a process of its own in turn. */
async function times(wishes: readonly Wish[], processes = [processOf(), processOf()]): Promise<readonly number[]> {
  const begun = performance.now();
  const all = wishes.map(async (each, i) => {
    const turns = processes[i % processes.length];
    let granted = await turns?.take(TOKEN, each);
    while (granted?.kind === 'look-again') granted = await turns?.take(TOKEN, each);
    expect(granted?.kind).toBe('go');
    turns?.done(TOKEN);
    return performance.now() - begun;
  });
  return (await Promise.all(all)).sort((a, b) => a - b);
}

describe('two processes together', () => {
  it('post once a second in a channel, and in another meanwhile', async () => {
    const [first = 0, second = 0, third = 0, fourth = 0] = await times([
      ...[1, 2, 3].map((order) => wish({ post: 'needed', order })),
      wish({ post: 'needed', channel: 'b', order: 4 }),
    ]);
    expect(second).toBeLessThan(900);
    expect(third - first).toBeGreaterThan(950);
    expect(fourth - third).toBeGreaterThan(950);
  });

  it('edit three times in a row, then 45 times a minute', async () => {
    const ranked = [1, 2, 3, 4].map((order) => wish({ edit: true, rank: 1, order }));
    const [, , third = 0, fourth = 0] = await times(ranked);
    expect(third).toBeLessThan(900);
    expect(fourth).toBeGreaterThan(1200);
  });

  it('count an edit that goes with something critical, which waits for none', async () => {
    await times([1, 2, 3].map((order) => wish({ edit: true, rank: 1, order })));
    expect((await times([wish({ edit: true, rank: 0 })]))[0]).toBeLessThan(900);
    // The three and the critical one: two of them have to be over.
    expect((await times([wish({ edit: true, rank: 1 })]))[0]).toBeGreaterThan(2300);
  });

  it('leave a thread for later where the other has just posted', async () => {
    const [one, other] = [processOf(), processOf()];
    await one.take(TOKEN, wish({ post: 'needed' }));
    expect(await other.take(TOKEN, wish({ post: 'if-free', edit: true }))).toMatchObject({ kind: 'go', post: false });
    expect(await other.take(TOKEN, wish({ post: 'if-free', edit: true, channel: 'b', order: 2 }))).toMatchObject({ kind: 'go', post: true });
  });

  it('leave an app alone when it asked one of them for that', async () => {
    const [one, other] = [processOf(), processOf()];
    one.pause(TOKEN, 800);
    one.pause(TOKEN, 10);
    await redis.ping();
    expect((await times([wish({ post: 'needed' })], [other]))[0]).toBeGreaterThan(700);
    expect((await createSharedPace(redis, 'pace:').reserve({ ...LIMITS, app: 'other app' })).paused).toBe(0);
  });
});

const LIMITS = { app: TOKEN, channel: 'a', post: 'needed', edit: false, waits: true, betweenPosts: 1000, betweenEdits: 1333, editsInARow: 3 } as const;

it('holds no token in Redis, and nothing for long', async () => {
  await createSharedPace(redis, 'pace:').reserve({ ...LIMITS, edit: true });
  const keys = await redis.keys('*');
  expect(keys).toHaveLength(2);
  for (const key of keys) {
    expect(key).toMatch(/^pace:(post|edits):[\w-]{43}$/);
    expect(await redis.pttl(key)).toBeGreaterThan(0);
  }
});

it('is not asked for again and again where Redis hangs', async () => {
  await redis.call('CLIENT', 'PAUSE', '2500');
  // One command takes 0.4 s to be given up on.
  const alone = await times(
    ['a', 'b', 'c', 'd', 'e'].map((channel, order) => wish({ post: 'needed', channel, order })),
    [processOf()],
  );
  expect(alone[4]).toBeLessThan(1200);
  await until('Redis to answer again', async () => (await redis.ping()) === 'PONG');
});

it('is each process’s own while Redis is away, and shared again when it is back', async () => {
  const processes = [processOf(), processOf()];
  await server.kill();
  const alone = await times(
    [1, 2, 3, 4].map((order) => wish({ post: 'needed', order })),
    processes,
  );
  expect(alone[1]).toBeLessThan(900);
  expect((alone[2] ?? 0) - (alone[1] ?? 0)).toBeGreaterThan(0);
  expect(alone[3]).toBeGreaterThan(950);
  await server.start();
  await whenReady(redis, 5000);
  expect((await createSharedPace(redis, 'pace:').reserve(LIMITS)).post).toBe(true);
  const [first] = await times([wish({ post: 'needed' })], [processOf()]);
  expect(first).toBeGreaterThan(500);
}, 30_000);
