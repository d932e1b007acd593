// How often an alert changes its mind lately, resampled in time: a webhook reports transitions only, flap detection counts checks.

import { type Instant, MINUTE, type Milliseconds } from '../../model/time.ts';

/** The length of one check, and how many of them are looked back on. */
export const CHECK: Milliseconds = 5 * MINUTE;
const CHECKS = 20;
const ALL = 2 ** CHECKS - 1;

/** Whether the alert had changed at each of the last checks. */
export interface ChangeFlags {
  /** One bit a check, the latest lowest. */
  readonly bits: number;
  /** The number of the latest check since 1970. */
  readonly check: number;
}

/** No change yet. */
export const NO_CHANGES: ChangeFlags = { bits: 0, check: 0 };

/** The flags as they stand at a time: checks since without a change. */
export function flagsAt({ bits, check }: ChangeFlags, now: Instant): ChangeFlags {
  const latest = Math.floor(now / CHECK);
  const passed = latest - check;
  if (passed <= 0) return { bits, check };
  return { bits: passed >= CHECKS ? 0 : (bits << passed) & ALL, check: latest };
}

/** The flags after a change. */
export function withChange(flags: ChangeFlags, now: Instant): ChangeFlags {
  const { bits, check } = flagsAt(flags, now);
  return { bits: bits | 1, check };
}

/**
 * How much it changes, in per cent, as Icinga 2 reckons it (lib/icinga/checkable-flapping.cpp): later changes weigh
 * more, 0.8 for the oldest check up to 1.18 for the latest of twenty.
 */
export function changePercent(flags: ChangeFlags, now: Instant): number {
  const { bits } = flagsAt(flags, now);
  let sum = 0;
  for (let i = 0; i < CHECKS; i++) if ((bits >> (CHECKS - 1 - i)) & 1) sum += 0.8 + 0.02 * i;
  return Math.round((1000 * sum) / CHECKS) / 10;
}
