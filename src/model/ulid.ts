// Identifiers that sort by time and are the same in the service and in a replay.

import { Fnv64 } from './labels.ts';
import type { Instant } from './time.ts';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * A ULID (26 characters of Crockford's base 32, github.com/ulid/spec) whose 48 bits of time are
 * `at` and whose 80 other bits are a hash of `seed`: the same input gives the same id.
 */
export function ulidOf(at: Instant, seed: string): string {
  let time = at;
  let head = '';
  for (let i = 0; i < 10; i++) {
    head = CROCKFORD.charAt(time % 32) + head;
    time = Math.floor(time / 32);
  }
  const hash = new Fnv64().text(seed);
  const bits = hash.hex() + hash.byte(0xff).hex().slice(0, 4);
  let tail = '';
  for (let i = 0; i < bits.length; i += 5) {
    const digits = Number.parseInt(bits.slice(i, i + 5), 16);
    for (let shift = 15; shift >= 0; shift -= 5) tail += CROCKFORD.charAt((digits >> shift) & 31);
  }
  return head + tail;
}
