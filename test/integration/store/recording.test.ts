// The recording of a shard on a real Redis: read from a time on, cut by age and by size.

import type { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { shardTag } from '../../../src/queue/shard-queues.ts';
import { shardKeys } from '../../../src/store/keys.ts';
import { cutRecording, packLines, RECORDED_BYTES, readRecording } from '../../../src/store/recording.ts';
import { failFastConnection, whenReady } from '../../../src/store/redis-connection.ts';
import { type RedisProcess, startRedis } from '../service/redis-process.ts';

const keys = shardKeys(shardTag(0));
const ALL = Number.MAX_SAFE_INTEGER;
/** More batches than are read or deleted at once. */
const BATCHES = 1200;

let server: RedisProcess;
let redis: Redis;
let bytes = 0;

beforeAll(async () => {
  server = await startRedis();
  redis = failFastConnection(server.url, 5000);
  await whenReady(redis, 5000);
});
afterAll(async () => {
  redis.disconnect();
  await server.remove();
});

/** One batch at each millisecond from 1 on. */
beforeEach(async () => {
  await redis.flushall();
  bytes = 0;
  const writes = redis.pipeline();
  for (let at = 1; at <= BATCHES; at++) {
    const packed = packLines([`line ${at}`]);
    bytes += packed.length;
    writes.xadd(keys.recording, `${at}-0`, 'lines', packed);
  }
  writes.hset(keys.meta, RECORDED_BYTES, bytes);
  await writes.exec();
});

async function lines(since = 0): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const batch of readRecording(redis, keys, since)) found.push(...batch);
  return found;
}

async function recordedBytes(): Promise<number> {
  return Number(await redis.hget(keys.meta, RECORDED_BYTES));
}

it('is read in order, from a time on', async () => {
  const all = await lines();
  expect(all).toHaveLength(BATCHES);
  expect([all[0], all.at(-1)]).toEqual(['line 1', `line ${BATCHES}`]);
  expect(await lines(BATCHES - 1)).toEqual([`line ${BATCHES - 1}`, `line ${BATCHES}`]);
});

it('is cut by age, to the millisecond', async () => {
  expect(await cutRecording(redis, keys, { since: 1101, bytes: ALL })).toBe(1100);
  expect((await lines())[0]).toBe('line 1101');
  expect(await cutRecording(redis, keys, { since: 1101, bytes: ALL })).toBe(0);
});

it('is cut by size, the oldest first, and counts what is left', async () => {
  const most = Math.floor(bytes / 2);
  await cutRecording(redis, keys, { since: 0, bytes: most });
  const left = await lines();
  expect(left.at(-1)).toBe(`line ${BATCHES}`);
  expect(await recordedBytes()).toBe(left.reduce((sum, line) => sum + packLines([line]).length, 0));
  expect(await recordedBytes()).toBeLessThanOrEqual(most);
  expect(await recordedBytes()).toBeGreaterThan(most - 100);
});

it('is all cut when nothing is to be kept', async () => {
  await cutRecording(redis, keys, { since: ALL, bytes: ALL });
  expect(await lines()).toEqual([]);
  expect(await recordedBytes()).toBe(0);
});

it('takes a quarter of the memory of Redis at most', async () => {
  const used = Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1]);
  await redis.config('SET', 'maxmemory', used * 2);
  expect(await cutRecording(redis, keys, { since: 0, bytes: ALL })).toBe(0);
  await redis.hset(keys.meta, RECORDED_BYTES, used);
  expect(await cutRecording(redis, keys, { since: 0, bytes: ALL })).toBeGreaterThan(0);
  await redis.config('SET', 'maxmemory', 0);
});
