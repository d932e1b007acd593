import { describe, expect, it } from 'vitest';
import { rateOf, resolutionOf, withDuration, withOnset } from '../../../src/correlate/chance.ts';
import { CONSTANTS } from '../../../src/correlate/constants.ts';
import type { Baseline } from '../../../src/model/learned.ts';
import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../../../src/model/time.ts';
import { at } from './scenario.ts';

const START = at('00:00');
/** How often a day an alert comes by chance, watched since the start. */
const perDay = (baseline: Baseline | undefined, now: Instant) => rateOf(baseline, START, now, CONSTANTS) * DAY;
/** An alert of which nothing was seen. */
const NEVER: Baseline = { onsets: 0, at: START, step: null, episodes: 0 };
/** What is known of an alert that came on these days. */
const cameOn = (...days: readonly number[]) => days.reduce((before, day) => withOnset(before, START + day * DAY, CONSTANTS), NEVER);

describe('how often an alert comes by chance', () => {
  it('is once in six days where nothing is known: ½ / 3', () => {
    expect(perDay(undefined, START)).toBeCloseTo(1 / 6, 12);
  });

  it.each([
    // Days watched fade with a half-life of 4 days: 4 / ln 2 · (1 − ½^(days / 4)).
    ['after 4 days without it: ½ / (3 + 2.8854)', 4, 0.5 / 5.88539],
    ['after 8 days without it: ½ / (3 + 4.3281)', 8, 0.5 / 7.328085],
    ['after a year without it: ½ / (3 + 5.7708)', 365, 0.5 / 8.77078],
  ])('is less the longer none was seen, %s', (_case, days, expected) => {
    expect(perDay(undefined, START + days * DAY)).toBeCloseTo(expected, 6);
  });

  it('is three times as much once one was seen: 1½ / 3', () => {
    expect(perDay(cameOn(0), START)).toBeCloseTo(0.5, 12);
  });

  it('counts onsets half after 4 days: (½ + 1) / (3 + 2.8854) after two', () => {
    expect(perDay(withOnset(cameOn(0), START, CONSTANTS), START + 4 * DAY)).toBeCloseTo(1.5 / 5.88539, 6);
  });

  it('comes near the truth for what comes every day, and back to nothing when that ends', () => {
    const daily = cameOn(...Array.from({ length: 60 }, (_, day) => day));
    // 1 + ½^¼ + ½^½ … is 6.2852 onsets, in 3 days and 5.7708.
    expect(perDay(daily, START + 59 * DAY)).toBeCloseTo(6.785212 / 8.77057, 4);
    expect(perDay(daily, START + 100 * DAY)).toBeCloseTo(0.5 / 8.77078, 2);
  });

  it('does not fall when a clock goes back', () => {
    expect(perDay(cameOn(1), START)).toBeCloseTo(0.5, 12);
  });
});

describe('an onset', () => {
  it('is the first, or counts one more than what is left of those before', () => {
    expect(cameOn(0)).toEqual({ onsets: 1, at: START, step: null, episodes: 0 });
    expect(cameOn(0, 4)).toEqual({ onsets: 1.5, at: START + 4 * DAY, step: null, episodes: 0 });
    expect(cameOn(0, 4, 8).onsets).toBe(1.75);
  });

  it('keeps what is known of durations', () => {
    expect(withOnset({ onsets: 0, at: START, step: MINUTE, episodes: 7 }, START, CONSTANTS)).toEqual({ onsets: 1, at: START, step: MINUTE, episodes: 7 });
  });
});

describe('how finely a rule resolves time', () => {
  const fired = (...seconds: readonly number[]) =>
    seconds.reduce<Baseline | undefined>((before, length) => withDuration(before, length * SECOND, START), undefined);

  it.each([
    ['the greatest common divisor of how long it fired', [300, 480, 420], 60],
    ['in whole seconds, as clocks differ a little', [119.8, 180.3, 240.4], 60],
    ['one interval where it only ever fired for that', [300, 300, 300], 300],
    ['not less than 15 s', [61, 120, 47], 15],
  ])('is %s', (_case, seconds, step) => {
    expect(fired(...seconds)).toMatchObject({ step: step * SECOND, episodes: seconds.length });
  });

  it('is not told by what was over at once', () => {
    expect(fired(0.4)).toEqual({ onsets: 0, at: START, step: null, episodes: 0 });
    expect(fired(120, 0, 180)).toMatchObject({ step: MINUTE, episodes: 2 });
  });

  it('is not believed before three episodes, nor beyond 5 min', () => {
    expect(resolutionOf(undefined, CONSTANTS)).toBe(0);
    expect(resolutionOf(cameOn(0, 1, 2), CONSTANTS)).toBe(0);
    expect(resolutionOf(fired(120, 180), CONSTANTS)).toBe(0);
    expect(resolutionOf(fired(120, 180, 240), CONSTANTS)).toBe(MINUTE);
    expect(resolutionOf(fired(7200, 3600, 3600), CONSTANTS)).toBe(5 * MINUTE);
  });

  it('notes when it last ended', () => {
    expect(withDuration(fired(120), MINUTE, START + HOUR).at).toBe(START + HOUR);
  });
});
