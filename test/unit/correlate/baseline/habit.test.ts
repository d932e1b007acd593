import { describe, expect, it } from 'vitest';
import { type HabitTime, NO_HABIT, usualAt, withBeginning } from '../../../../src/correlate/baseline/habit.ts';
import type { Habit } from '../../../../src/model/learned.ts';

const TODAY = 20_000;
/** A time so many days before today, such as `02:10`. */
const time = (daysAgo: number, clock: string): HabitTime => {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return { day: TODAY - daysAgo, minute: hour * 60 + minute };
};
/** The habit of what began at these times, in their order. */
const began = (...times: readonly HabitTime[]): Habit => times.reduce(withBeginning, NO_HABIT);
const daily = (clock: string, ...daysAgo: readonly number[]) => began(...daysAgo.map((ago) => time(ago, clock)));

describe('what began at a time of the day before', () => {
  it('is nothing of what never began', () => {
    expect(usualAt(NO_HABIT, time(0, '02:00'))).toEqual({ days: 0, of: 0, yesterday: false, weeks: 0, ofWeeks: 0 });
  });

  it('is on how many of the days since the first', () => {
    expect(usualAt(daily('02:10', 5, 3, 2, 1), time(0, '02:00'))).toMatchObject({ days: 4, of: 5, yesterday: true });
  });

  it('does not count the day itself', () => {
    expect(usualAt(daily('02:10', 2, 1, 0), time(0, '02:30'))).toMatchObject({ days: 2, of: 2 });
  });

  it.each([
    ['01:01', true],
    ['01:00', true],
    ['00:59', false],
    ['03:30', true],
    ['03:31', false],
  ])('is near by up to 75 minutes from the middle of its half hour, 02:15: at %s %s', (clock, near) => {
    expect(usualAt(daily('02:10', 2, 1), time(0, clock)).yesterday).toBe(near);
  });

  it('goes on past midnight: what began before it is of the night after', () => {
    const late = daily('23:50', 3, 2, 1);
    expect(usualAt(late, time(0, '23:40'))).toMatchObject({ days: 3, of: 3, yesterday: true });
    // At 00:20 today it is the evening of yesterday; that of two days ago is a day before.
    expect(usualAt(late, time(0, '00:20'))).toMatchObject({ days: 2, of: 2, yesterday: true });
  });

  it('goes on past midnight: what began after it is of the evening before', () => {
    const early = daily('00:10', 3, 2, 1, 0);
    // At 23:40 the last was in the night that began yesterday evening.
    expect(usualAt(early, time(0, '23:40'))).toMatchObject({ days: 4, of: 4, yesterday: true });
    expect(usualAt(early, time(0, '00:20'))).toMatchObject({ days: 3, of: 3, yesterday: true });
  });

  it('counts a day once, in whichever half hours it began', () => {
    expect(usualAt(began(time(1, '02:10'), time(1, '02:40'), time(1, '03:05')), time(0, '02:30'))).toMatchObject({ days: 1, of: 1 });
  });

  it('shows gaps: of ten days every second one', () => {
    expect(usualAt(daily('02:10', 10, 8, 6, 4, 2), time(0, '02:10'))).toMatchObject({ days: 5, of: 10, yesterday: false });
  });

  it('is of the same weekday, in how many of the last weeks', () => {
    expect(usualAt(daily('02:10', 21, 14, 7), time(0, '02:10'))).toMatchObject({ days: 3, of: 21, yesterday: false, weeks: 3, ofWeeks: 3 });
    expect(usualAt(daily('02:10', 21, 7), time(0, '02:10'))).toMatchObject({ weeks: 2, ofWeeks: 3 });
    expect(usualAt(daily('02:10', 20, 13, 6), time(0, '02:10'))).toMatchObject({ weeks: 0, ofWeeks: 0 });
  });

  it('that comes once a month is neither daily nor weekly, and forgotten after 27 days', () => {
    expect(usualAt(daily('02:10', 31, 0), time(0, '02:10'))).toMatchObject({ days: 0 });
    expect(usualAt(daily('02:10', 27), time(0, '02:10'))).toMatchObject({ days: 1, of: 27 });
    expect(usualAt(daily('02:10', 28), time(0, '02:10'))).toMatchObject({ days: 0 });
  });
});

describe('a habit', () => {
  const clocks = ['00:10', '03:10', '06:10', '09:10', '12:10', '15:10', '18:10', '21:10', '22:40'];

  it('knows eight times of the day, those that began last', () => {
    const habit = began(...clocks.map((clock, i) => time(9 - i, clock)));
    expect(habit.slots).toHaveLength(8);
    expect(usualAt(habit, time(8, '00:10')).yesterday).toBe(false);
    expect(usualAt(habit, time(0, '22:40')).yesterday).toBe(true);
  });

  it('gives room to others once a time has not been seen for 28 days', () => {
    const habit = began(time(40, '00:10'), ...clocks.slice(1).map((clock) => time(1, clock)));
    expect(habit.slots).toHaveLength(8);
    expect(habit.slots.map(([slot]) => slot)).not.toContain(0);
  });

  it('is not moved back by a clock that is', () => {
    const habit = withBeginning(daily('02:10', 1), time(3, '12:10'));
    expect(habit.day).toBe(TODAY - 1);
  });

  it('keeps whole numbers below 2^28, whatever it has seen', () => {
    const every = began(...Array.from({ length: 60 }, (_, i) => time(60 - i, '02:10')));
    expect(every.slots).toEqual([[4, 2 ** 28 - 1]]);
    expect(usualAt(every, time(0, '02:10'))).toMatchObject({ days: 27, of: 27, weeks: 3, ofWeeks: 3 });
  });
});
