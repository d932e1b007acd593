// At which hours something begins, on working days and at weekends, and what may come at each: counts that fade, in bounded room.

import type { OnsetHours } from '../../model/learned.ts';
import { DAY } from '../../model/time.ts';
import { type Counted, type Prior, type RateBounds, rateBounds } from './count-bound.ts';
import { fade } from './durations.ts';
import type { HabitTime } from './habit.ts';

/** What comes at an hour of such days, per day. */
export interface HourRate extends RateBounds {
  readonly weekend: boolean;
  /** 0 to 23. */
  readonly hour: number;
}

const HOURS = 24;
/** An hour is spoken of after so many days of its kind, and what it is shrunk to counts as many. */
const ENOUGH_DAYS = 3;
const PRIOR_DAYS = 3;
/** How far days are counted one by one; what is older has faded. */
const MOST_DAYS = 120;

/** No onset yet. */
export const NO_ONSETS: OnsetHours = { counts: [], days: [0, 0], day: 0, today: 0, squares: 0 };

/** The hours with one more onset. */
export function withOnsetAt(before: OnsetHours, time: HabitTime): OnsetHours {
  const known = hoursAt(before, time);
  const counts = known.counts.slice();
  const cell = (isWeekend(time.day) ? HOURS : 0) + Math.floor(time.minute / 60);
  while (counts.length <= cell) counts.push(0);
  counts[cell] = short((counts[cell] ?? 0) + 1);
  return { counts, days: known.days, day: known.day, today: known.today + 1, squares: known.squares };
}

/** The hours as they stand on a day: the days since have been watched, whether anything began or not. */
export function hoursAt(before: OnsetHours, { day }: Pick<HabitTime, 'day'>): OnsetHours {
  const passed = day - before.day;
  if (before.day === 0) return { ...before, day, days: isWeekend(day) ? [0, 1] : [1, 0] };
  if (passed <= 0) return before;
  const share = fade(passed * DAY);
  let [work, rest] = [before.days[0] * share, before.days[1] * share];
  for (let back = Math.min(passed, MOST_DAYS) - 1; back >= 0; back--) {
    const left = fade(back * DAY);
    if (isWeekend(day - back)) rest += left;
    else work += left;
  }
  return {
    counts: before.counts.map((count) => short(count * share)),
    days: [short(work), short(rest)],
    day,
    today: 0,
    squares: short((before.squares + before.today ** 2) * share),
  };
}

/** Onsets and the days that they were watched for, as both have faded. */
export function onsetsOf({ counts, days }: OnsetHours): Counted {
  return { events: sum(counts), exposure: days[0] + days[1] };
}

/**
 * How many times as much the counts of days vary as those of single events would: their variance over their mean, at
 * least 1. Days that are watched in part count as whole.
 */
export function dispersionOf(hours: OnsetHours): number {
  const { events, exposure } = onsetsOf(hours);
  if (events === 0 || exposure < ENOUGH_DAYS) return 1;
  const mean = events / exposure;
  return Math.max(1, ((hours.squares + hours.today ** 2) / exposure - mean ** 2) / mean);
}

/** What is to be expected before much is known: the rate of what it belongs to, as if seen for so many days. */
export function priorOf({ rate }: RateBounds): Prior {
  return { events: rate * PRIOR_DAYS, exposure: PRIOR_DAYS };
}

/** The onsets of the hours at which any came, per day, where enough days of their kind were watched; shrunk to an equal share of the whole. */
export function hourRates(hours: OnsetHours): readonly HourRate[] {
  const all = onsetsOf(hours);
  const dispersion = dispersionOf(hours);
  const prior = { events: (all.events / Math.max(all.exposure, 1) / HOURS) * PRIOR_DAYS, exposure: PRIOR_DAYS };
  return hours.counts.flatMap((events, cell) => {
    const weekend = cell >= HOURS;
    const exposure = hours.days[weekend ? 1 : 0];
    return events === 0 || exposure < ENOUGH_DAYS - 0.5 ? [] : [{ weekend, hour: cell % HOURS, ...rateBounds({ events, exposure }, prior, dispersion) }];
  });
}

/** The first of January 1970, day 0, was a Thursday. */
function isWeekend(day: number): boolean {
  const weekday = (day + 4) % 7;
  return weekday === 0 || weekday === 6;
}

/** To as many digits as keep a record small; whole counts stay exact. */
function short(count: number): number {
  return count < 100 ? Math.round(count * 100) / 100 : Math.round(count);
}

function sum(counts: readonly number[]): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}
