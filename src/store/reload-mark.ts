// The mark of the last reload of the configuration, in Redis.

import type { Redis } from 'ioredis';
import type { ShardKeys } from './keys.ts';

/** A reload, and the hash of the configuration that came of it. */
export interface ReloadMark {
  readonly id: string;
  readonly hash: string;
}

/** Leaves the mark that others follow. */
export async function writeReloadMark(redis: Redis, keys: ShardKeys, { id, hash }: ReloadMark): Promise<void> {
  await redis.hset(keys.reload, { id, hash });
}

/** Reads it; null when nobody has reloaded yet. */
export async function readReloadMark(redis: Redis, keys: ShardKeys): Promise<ReloadMark | null> {
  const [id, hash] = await redis.hmget(keys.reload, 'id', 'hash');
  return typeof id === 'string' && typeof hash === 'string' ? { id, hash } : null;
}
