// What clock and calendar show at an instant. Which time zone that is in is known to whoever hands the function in.

import type { Instant } from './time.ts';

/** A point in time as it is written in a time zone. */
export interface LocalTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** The day of the month, from 1. */
  readonly day: number;
  /** 0 to 6, Sunday being 0. */
  readonly weekday: number;
  /** What the clock shows, in minutes from midnight: 0 to 1439, on a day of 23 or 25 hours too. */
  readonly minuteOfDay: number;
  /** 28 to 31. */
  readonly daysInMonth: number;
}

/** Tells the local time of an instant in one time zone. */
export type LocalTimeOf = (at: Instant) => LocalTime;
