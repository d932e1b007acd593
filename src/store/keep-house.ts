// What is done from time to time so that Redis does not grow for ever.

import type { Redis } from 'ioredis';
import { HOUR, type Instant, type Milliseconds, SECOND } from '../model/time.ts';
import { deleteResolvedBefore, SHORTEST_RETENTION } from './housekeeping.ts';
import type { ShardKeys } from './keys.ts';
import { cutRecording } from './recording.ts';

/** How often the recording is cut: it may grow by megabytes a second. */
const CUT_EVERY: Milliseconds = 10 * SECOND;

/** How long things are kept, and how many bytes of raw webhooks. */
export interface Retention {
  readonly incidents: Milliseconds;
  readonly webhooks: Milliseconds;
  readonly webhooksSize: number;
}

/** What keeping house needs. */
export interface HouseOptions {
  readonly redis: Redis;
  readonly keys: ShardKeys;
  /** Whether this process owns the shard: one process keeps house. */
  readonly owns: () => boolean;
  /** Whether Redis is too full for any process to own the shard; making room is then for everyone. */
  readonly full: () => boolean;
  readonly retention: () => Retention;
  readonly now: () => Instant;
  /** Hears of what could not be done; it is tried again at the next time. */
  readonly failed: (what: string) => (error: unknown) => void;
}

/** Deletes old incidents every hour and cuts the recording every ten seconds, until it is stopped. */
export function keepHouse({ redis, keys, owns, full, retention, now, failed }: HouseOptions): { stop(): void } {
  const deleting = setInterval(() => {
    const before = now() - Math.max(retention().incidents, SHORTEST_RETENTION);
    if (owns()) void deleteResolvedBefore(redis, keys, before).catch(failed('old incidents were not deleted'));
  }, HOUR);
  const cutting = setInterval(() => {
    const { webhooks, webhooksSize } = retention();
    if (owns() || full()) void cutRecording(redis, keys, { since: now() - webhooks, bytes: webhooksSize }).catch(failed('the recording was not cut'));
  }, CUT_EVERY);
  return {
    stop() {
      clearInterval(deleting);
      clearInterval(cutting);
    },
  };
}
