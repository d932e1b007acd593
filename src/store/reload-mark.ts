// The mark of the last reload of the configuration, in Redis.

import type { Redis } from 'ioredis';
import type { ShardKeys } from './keys.ts';

/** Leaves the mark that others follow. */
export async function writeReloadMark(redis: Redis, keys: ShardKeys, { id, hash }: { readonly id: string; readonly hash: string }): Promise<void> {
  await redis.hset(keys.reload, { id, hash });
}

/** Reads it; null when nobody has reloaded yet. */
export async function readReloadMark(redis: Redis, keys: ShardKeys): Promise<{ readonly id: string; readonly hash: string } | null> {
  const [id, hash] = await redis.hmget(keys.reload, 'id', 'hash');
  return typeof id === 'string' && typeof hash === 'string' ? { id, hash } : null;
}
