import { describe, expect, it } from 'vitest';
import { dispersionOf, hourRates, hoursAt, NO_ONSETS, onsetsOf, priorOf, withOnsetAt } from '../../../../src/correlate/baseline/onset-hours.ts';
import type { OnsetHours } from '../../../../src/model/learned.ts';
import { DAY } from '../../../../src/model/time.ts';

/** A Monday. */
const MONDAY = Date.UTC(2026, 2, 2) / DAY;

/** Onsets at hours of days since that Monday. */
function seen(...onsets: readonly (readonly [day: number, hour: number])[]): OnsetHours {
  return onsets.reduce((hours, [day, hour]) => withOnsetAt(hours, { day: MONDAY + day, minute: hour * 60 + 5 }), NO_ONSETS);
}

const daily = (days: number, hour: number) => seen(...Array.from({ length: days }, (_, day) => [day, hour] as const));

describe('the hours at which something begins', () => {
  it('are counted apart on working days and at weekends', () => {
    const { counts, days } = seen([0, 2], [0, 2], [5, 2]);
    expect([counts[2], counts[24 + 2], days[0], days[1]]).toEqual([1.56, 1, 4.32, 1]);
  });

  it('fade by half in two weeks, with the days for which they were watched', () => {
    const { events, exposure } = onsetsOf(hoursAt(seen([0, 2]), { day: MONDAY + 14 }));
    expect(events).toBe(0.5);
    // 1/2 + … + 1, each day a fourteenth root of a half less than the next.
    expect(exposure).toBeCloseTo(
      Array.from({ length: 15 }, (_, back) => 2 ** (-back / 14)).reduce((a, b) => a + b),
      1,
    );
  });

  it('stand still on the same day, and when a clock goes back', () => {
    const hours = seen([1, 2]);
    expect(hoursAt(hours, { day: MONDAY + 1 })).toBe(hours);
    expect(withOnsetAt(hours, { day: MONDAY, minute: 0 }).days).toEqual([1, 0]);
  });

  it('count on exactly where much comes', () => {
    let hours = NO_ONSETS;
    for (let i = 0; i < 12_345; i++) hours = withOnsetAt(hours, { day: MONDAY, minute: 0 });
    expect(hours.counts).toEqual([12_345]);
  });

  it('take at most 400 bytes, whatever comes', () => {
    let hours = NO_ONSETS;
    for (let day = 0; day < 60; day++)
      for (let hour = 0; hour < 24; hour++)
        for (let i = 0; i < 1 + ((day * 7 + hour * 5) % 40); i++) hours = withOnsetAt(hours, { day: MONDAY + day, minute: hour * 60 });
    expect(hours.counts).toHaveLength(48);
    expect(JSON.stringify(hours).length).toBeLessThanOrEqual(400);
  });
});

describe('how much counts of days vary', () => {
  it('is as much as single events do when they come evenly', () => {
    expect(dispersionOf(daily(14, 2))).toBe(1);
  });

  it('is more when they come in bursts: variance over mean', () => {
    const burst = [...Array.from({ length: 10 }, () => [0, 2] as const), [9, 2] as const];
    const { events, exposure } = onsetsOf(seen(...burst));
    const mean = events / exposure;
    expect(dispersionOf(seen(...burst))).toBeCloseTo(((100 * 2 ** (-9 / 14) + 1) / exposure - mean ** 2) / mean, 1);
  });

  it('is not said of fewer than three days', () => {
    expect(dispersionOf(seen([0, 2], [0, 3], [0, 4], [1, 2]))).toBe(1);
  });
});

describe('what is to be expected at an hour', () => {
  it('is not said before three days of its kind', () => {
    expect(hourRates(daily(2, 2))).toEqual([]);
    expect(hourRates(seen([0, 2], [1, 2], [2, 2], [5, 2])).map(({ weekend }) => weekend)).toEqual([false]);
  });

  it('is near one a day, within bounds, where it comes every working day, and about an equal share where it came once', () => {
    const [night, noon] = hourRates(seen([0, 2], [1, 2], [2, 2], [3, 2], [4, 2], [4, 12]));
    expect(night).toMatchObject({ weekend: false, hour: 2 });
    expect(night?.rate).toBeCloseTo((4.54 + (5.54 / 4.54 / 24) * 3) / (4.54 + 3), 1);
    expect(night?.lower).toBeLessThan(night?.rate ?? 0);
    expect(night?.upper).toBeGreaterThan(night?.rate ?? 0);
    expect(noon?.rate).toBeLessThan((night?.rate ?? 0) / 3);
  });

  it('is shrunk to as many days of what it belongs to', () => {
    expect(priorOf({ rate: 2, lower: 1, upper: 3 })).toEqual({ events: 6, exposure: 3 });
  });
});
