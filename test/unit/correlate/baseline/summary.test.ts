import { describe, expect, it } from 'vitest';
import { withLength } from '../../../../src/correlate/baseline/durations.ts';
import { withOnsetAt } from '../../../../src/correlate/baseline/onset-hours.ts';
import { NEW_RULE, NEW_SERIES } from '../../../../src/correlate/baseline/series.ts';
import { type SummaryInput, summaryOf } from '../../../../src/correlate/baseline/summary.ts';
import { CONSTANTS } from '../../../../src/correlate/constants.ts';
import type { OnsetHours } from '../../../../src/model/learned.ts';
import { DAY, HOUR, MINUTE } from '../../../../src/model/time.ts';

/** Wednesday 25 March 2026, 02:20. */
const NOW = Date.UTC(2026, 2, 25, 2, 20);
const TODAY = Math.floor(NOW / DAY);

function summary(given: Partial<SummaryInput> = {}) {
  return summaryOf({
    series: undefined,
    rule: undefined,
    domain: undefined,
    since: NOW - 24 * DAY,
    hold: 6 * MINUTE,
    usual: { days: 3, share: 0.75 },
    local: { day: TODAY, minute: 140 },
    now: NOW,
    constants: CONSTANTS,
    ...given,
  });
}

const lengths = (...minutes: readonly number[]) => minutes.reduce<readonly number[]>((all, each) => withLength(all, each * MINUTE), []);
const daily = (times: number): OnsetHours => {
  let { hours } = NEW_RULE;
  for (let back = 19; back >= 0; back--) for (let i = 0; i < times; i++) hours = withOnsetAt(hours, { day: TODAY - back, minute: 130 });
  return hours;
};

describe('an alert of which nothing is known', () => {
  it('has no time to clear and no hours, and a rate that could be anything small', () => {
    const { onsets, ruleOnsets, median, ninetieth, clearedWithinHold, observations, usualHours } = summary();
    expect({ ruleOnsets, median, ninetieth, clearedWithinHold, observations, usualHours }).toEqual({
      ruleOnsets: null,
      median: Number.POSITIVE_INFINITY,
      ninetieth: Number.POSITIVE_INFINITY,
      clearedWithinHold: 0,
      observations: 0,
      usualHours: [],
    });
    // Half an onset in 4 d / ln 2 of watching that have not faded: chi-square of one degree of freedom, .05 and .95.
    const watched = (4 / Math.LN2) * (1 - 2 ** -6);
    expect(onsets.rate).toBeCloseTo(0.5 / watched, 9);
    expect([onsets.lower * watched * 2, onsets.upper * watched * 2].map((x) => x.toFixed(4))).toEqual(['0.0039', '3.8415']);
  });

  it('is expected to come as often as the other alerts of its rule', () => {
    const rule = { ...NEW_RULE, series: 4, hours: daily(8) };
    const { onsets } = summary({ rule, since: null });
    expect(onsets.rate).toBeCloseTo(2, 1);
    expect(onsets.lower).toBeLessThan(2);
  });
});

describe('the rate of a rule', () => {
  it('that was watched for long is its own, one that was not is near those of its domain', () => {
    const domain = { rules: 2, hours: daily(8) };
    expect(summary({ rule: { ...NEW_RULE, series: 1, hours: daily(1) }, domain }).ruleOnsets?.rate).toBeCloseTo((12.9 + 3 * 4) / (12.9 + 3), 0);
    const fresh = withOnsetAt(NEW_RULE.hours, { day: TODAY, minute: 0 });
    expect(summary({ rule: { ...NEW_RULE, series: 1, hours: fresh }, domain }).ruleOnsets?.rate).toBeGreaterThan(3);
  });

  it('has the hour at which it comes', () => {
    const { ruleHours } = summary({ rule: { ...NEW_RULE, series: 1, hours: daily(1) } });
    expect(ruleHours.map(({ weekend, hour }) => [weekend, hour])).toEqual([
      [false, 2],
      [true, 2],
    ]);
    expect(ruleHours[0]?.rate).toBeGreaterThan(0.7);
  });
});

describe('the time to clear', () => {
  it('is that of its own episodes and of its rule, which count as eight at most', () => {
    const series = { ...NEW_SERIES, at: NOW, agedAt: NOW, ended: lengths(1, 2, 2, 3) };
    const rule = { ...NEW_RULE, agedAt: NOW, ended: Array.from({ length: 40 }).reduce<readonly number[]>((all) => withLength(all, HOUR), []) };
    const own = summary({ series });
    expect(own).toMatchObject({ observations: 4, clearedWithinHold: 1 });
    expect(own.median).toBeGreaterThan(MINUTE);
    expect(own.ninetieth).toBeLessThan(4 * MINUTE);
    const both = summary({ series, rule });
    expect(both.observations).toBe(12);
    expect(both.clearedWithinHold).toBeCloseTo(1 / 3, 6);
    expect(both.median).toBeGreaterThan(40 * MINUTE);
  });
});

describe('the usual hours', () => {
  const habit = (mask: number) => ({ ...NEW_SERIES, habit: { day: TODAY, slots: [[4, mask] as const] } });

  it('are those at which it began on most days', () => {
    expect(summary({ series: habit(0b11111110) }).usualHours).toEqual([{ minute: 135, days: 7, of: 7 }]);
  });

  it('are none where it began on few of them', () => {
    expect(summary({ series: habit(0b100000110) }).usualHours).toEqual([]);
  });
});
