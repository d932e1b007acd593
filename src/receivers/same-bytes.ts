// Compares what a sender must know.

import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares in constant time, whatever the lengths: it is the hashes that are compared. */
export function sameBytes(given: Buffer, expected: Buffer): boolean {
  return timingSafeEqual(createHash('sha256').update(given).digest(), createHash('sha256').update(expected).digest());
}
