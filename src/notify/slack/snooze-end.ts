// Decides when a snooze or a silence that was asked for in Slack ends.

import type { LocalTimeOf } from '../../model/local-time.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../../model/time.ts';
import type { QuietLength } from './interaction.ts';

/** When the morning begins, in minutes from midnight. */
const MORNING = 9 * 60;
const MINUTES_OF_DAY = DAY / MINUTE;

/** The end of one that begins now: after some hours, or at the next 9:00 by the local clock. */
export function snoozeEnd(length: QuietLength, now: Instant, localTime: LocalTimeOf): Instant {
  if (length === '1h') return now + HOUR;
  if (length === '4h') return now + 4 * HOUR;
  const minute = Math.floor(now / MINUTE) * MINUTE;
  const toGo = (MORNING - localTime(minute).minuteOfDay + MINUTES_OF_DAY) % MINUTES_OF_DAY || MINUTES_OF_DAY;
  const guess = minute + toGo * MINUTE;
  // In a night in which the clocks change, it is off by what they were changed by.
  return guess + (MORNING - localTime(guess).minuteOfDay) * MINUTE;
}
