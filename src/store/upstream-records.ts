// Which of the alerts that fire here each upstream Alertmanager has had, in Redis: a set by its URL.

import type { Redis } from 'ioredis';
import type { ShardKeys } from './keys.ts';

/** Keeps them. */
export function createUpstreamRecords({ redis, keys }: { readonly redis: Redis; readonly keys: ShardKeys }) {
  return {
    async read(url: string): Promise<ReadonlySet<string>> {
      return new Set(await redis.smembers(keys.upstream(url)));
    },
    async change(url: string, added: readonly string[], removed: readonly string[]): Promise<void> {
      const key = keys.upstream(url);
      if (added.length > 0) await redis.sadd(key, ...added);
      if (removed.length > 0) await redis.srem(key, ...removed);
    },
  };
}
