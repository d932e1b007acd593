// Whether something begins at its usual time: the same hour on most days, or on the same weekday.

import type { Habit } from '../../model/learned.ts';

/** A local time as habits need it. */
export interface HabitTime {
  /** Days since 1970 in the local calendar. */
  readonly day: number;
  /** Minutes since local midnight. */
  readonly minute: number;
}

/** What the days before say of a time of the day. */
export interface Usual {
  /** On how many of the days before it began near that time, and since the first of them how many days there were. */
  readonly days: number;
  readonly of: number;
  readonly yesterday: boolean;
  /** The same of the same weekday, in the last weeks. */
  readonly weeks: number;
  readonly ofWeeks: number;
}

const SLOT = 30;
const SLOTS = 48;
const DAYS = 28;
const ALL = 2 ** DAYS - 1;
/** What begins at more times of the day than this has no habit; the latest times are kept. */
const MOST_SLOTS = 8;
/** How far from its usual time something still begins at it. */
const NEAR = 75;

/** No day yet. */
export const NO_HABIT: Habit = { day: 0, slots: [] };

/** A habit with one more beginning. */
export function withBeginning(habit: Habit, { day, minute }: HabitTime): Habit {
  const slot = Math.floor(minute / SLOT);
  const aged = agedTo(habit, day);
  const known = aged.find(([s]) => s === slot)?.[1] ?? 0;
  const others = aged.filter(([s]) => s !== slot);
  const slots: (readonly [number, number])[] = [[slot, known | 1], ...others];
  return { day: Math.max(habit.day, day), slots: slots.sort((a, b) => lowest(a[1]) - lowest(b[1]) || a[0] - b[0]).slice(0, MOST_SLOTS) };
}

/** What the days before a time say of it; the day itself does not count. */
export function usualAt(habit: Habit, { day, minute }: HabitTime): Usual {
  let seen = 0;
  for (const [slot, mask] of agedTo(habit, day)) {
    // The middle of the slot stands for what began in it; past midnight it is of the day before or after.
    const distance = slot * SLOT + SLOT / 2 - minute;
    if (Math.abs(distance) <= NEAR) seen |= mask;
    else if (Math.abs(distance - SLOTS * SLOT) <= NEAR) seen |= mask >> 1;
    else if (Math.abs(distance + SLOTS * SLOT) <= NEAR) seen |= (mask << 1) & ALL;
  }
  const before = seen >> 1;
  let [days, of, weeks, ofWeeks] = [0, 0, 0, 0];
  for (let back = 0; back < DAYS - 1; back++) {
    if (((before >> back) & 1) === 0) continue;
    days += 1;
    of = back + 1;
    if (back % 7 !== 6) continue;
    weeks += 1;
    ofWeeks = (back + 1) / 7;
  }
  return { days, of, yesterday: (before & 1) === 1, weeks, ofWeeks };
}

function agedTo(habit: Habit, day: number): readonly (readonly [number, number])[] {
  const passed = Math.max(0, day - habit.day);
  if (passed === 0) return habit.slots;
  return habit.slots.flatMap(([slot, mask]) => {
    const aged = passed >= DAYS ? 0 : (mask << passed) & ALL;
    return aged === 0 ? [] : [[slot, aged] as const];
  });
}

function lowest(mask: number): number {
  return mask === 0 ? DAYS : 31 - Math.clz32(mask & -mask);
}
