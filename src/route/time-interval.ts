// When a time interval is active, as Alertmanager's timeinterval package decides it. Reading one is for config/.

import type { LocalTime, LocalTimeOf } from '../model/local-time.ts';
import type { Instant } from '../model/time.ts';

/** Whole numbers from the first to the last, both included. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** A part of a day in minutes from midnight, 0 to 1440; the end is not part of it. */
export interface TimeRange {
  readonly startMinute: number;
  readonly endMinute: number;
}

/** Each field that is not null has to hold the time in one of its ranges; an empty list holds none. */
export interface TimeInterval {
  readonly times: readonly TimeRange[] | null;
  /** 0 to 6, Sunday being 0. */
  readonly weekdays: readonly Range[] | null;
  /** 1 to 31, or -1 to -31 counted from the end of the month, its last day being -1. */
  readonly daysOfMonth: readonly Range[] | null;
  /** 1 to 12. */
  readonly months: readonly Range[] | null;
  readonly years: readonly Range[] | null;
  /** The local time of its location. */
  readonly localTime: LocalTimeOf;
}

/** Whether an instant is in one of the intervals. */
export function isActive(intervals: readonly TimeInterval[], at: Instant): boolean {
  return intervals.some((interval) => contains(interval, interval.localTime(at)));
}

function contains({ times, weekdays, daysOfMonth, months, years }: TimeInterval, local: LocalTime): boolean {
  return (
    (times === null || times.some(({ startMinute, endMinute }) => startMinute <= local.minuteOfDay && local.minuteOfDay < endMinute)) &&
    holds(weekdays, local.weekday) &&
    (daysOfMonth === null || daysOfMonth.some((days) => holdsDay(days, local))) &&
    holds(months, local.month) &&
    holds(years, local.year)
  );
}

function holds(ranges: readonly Range[] | null, value: number): boolean {
  return ranges === null || ranges.some(({ first, last }) => first <= value && value <= last);
}

/** What a range has beyond either end of the month needs no cutting off: no day is there. */
function holdsDay({ first, last }: Range, { day, daysInMonth }: LocalTime): boolean {
  const fromStart = (end: number) => (end < 0 ? daysInMonth + 1 + end : end);
  return fromStart(first) <= day && day <= fromStart(last);
}
