// Remembers for a while which requests were made, for all processes of a service.

import type { Redis } from 'ioredis';
import { MINUTE } from '../model/time.ts';

/** Longer than a signature is believed, early and late. */
const REMEMBERED = 11 * MINUTE;

/** Makes the function that answers whether an id is asked about for the first time. It rejects when Redis cannot be reached. */
export function createFirstTime(redis: Redis, prefix: string): (id: string) => Promise<boolean> {
  return async (id) => (await redis.set(`${prefix}${id}`, '1', 'PX', REMEMBERED, 'NX')) === 'OK';
}
