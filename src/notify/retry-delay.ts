// When a message is tried again, and when it is given up on.

import { HOUR, MINUTE, type Milliseconds, SECOND } from '../model/time.ts';

/** The wait after the first failed attempt; it doubles with each further one. */
const FIRST: Milliseconds = SECOND;
const LONGEST: Milliseconds = MINUTE;
/** A `Retry-After` beyond this is cut to it. */
const LONGEST_ASKED: Milliseconds = 10 * MINUTE;
/** How long after its first attempt a message is still tried. */
const PATIENCE: Milliseconds = HOUR;

/** What is known of the attempts so far. */
export interface Attempts {
  /** At least 1. */
  readonly made: number;
  readonly elapsed: Milliseconds;
  /** What the other side asked for, null when it did not. */
  readonly asked: Milliseconds | null;
}

/** How long to wait before the next attempt; null when the message is to be given up on. */
export function retryDelay({ made, elapsed, asked }: Attempts): Milliseconds | null {
  if (elapsed >= PATIENCE) return null;
  const own = Math.min(LONGEST, FIRST * 2 ** Math.min(made - 1, 10));
  return asked === null ? own : Math.min(LONGEST_ASKED, Math.max(own, asked));
}
