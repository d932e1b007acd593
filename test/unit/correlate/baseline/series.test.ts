import { describe, expect, it } from 'vitest';
import { HALF_LIFE, weightOf } from '../../../../src/correlate/baseline/durations.ts';
import {
  agedTo,
  lifetimesOf,
  NEW_RULE,
  NEW_SERIES,
  usualDelay,
  WAKING,
  withClosed,
  withFinish,
  withOpened,
  withSpan,
  withStart,
} from '../../../../src/correlate/baseline/series.ts';
import { survivalAt, survivalOf } from '../../../../src/correlate/baseline/survival.ts';
import type { RuleLifespan, SeriesBaseline } from '../../../../src/model/learned.ts';
import { DAY, HOUR, MINUTE } from '../../../../src/model/time.ts';
import { at } from '../scenario.ts';

const NOW = at('10:00');
const LOCAL = { day: 20_513, minute: 600 };

describe('the lifespan of an alert', () => {
  it('takes what ended, what was cut and pauses apart', () => {
    const known = (['ended', 'cut', 'pause'] as const).reduce((before, kind, i) => withSpan(before, { length: (i + 1) * MINUTE, kind }, NOW), {
      ...NEW_SERIES,
      agedAt: NOW,
    });
    expect([known.ended, known.cut, known.pauses].map((counts) => counts.lastIndexOf(1))).toEqual([6, 9, 11]);
    expect([known.ended, known.cut, known.pauses].map(weightOf)).toEqual([1, 1, 1]);
  });

  it('fades, but not within the hour', () => {
    const known = { ...NEW_SERIES, ended: [4], agedAt: NOW };
    expect(agedTo(known, NOW + HOUR)).toBe(known);
    expect(agedTo(known, NOW + HALF_LIFE)).toMatchObject({ ended: [2], agedAt: NOW + HALF_LIFE });
  });
});

describe('a start after a day of silence', () => {
  const known: SeriesBaseline = { ...NEW_SERIES, onsets: 3, at: NOW - 3 * DAY, agedAt: NOW - 3 * DAY };
  const awake = withStart(known, NOW, LOCAL, 25 * HOUR);

  it('wakes it, and what it fires in the hour after is summed', () => {
    expect(awake.woke).toEqual({ at: NOW, fired: 0 });
    const first = withFinish(awake, { length: 2 * MINUTE, kind: 'ended' }, NOW + 2 * MINUTE);
    const again = withFinish(withStart(first, NOW + 10 * MINUTE, LOCAL, 8 * MINUTE), { length: 3 * MINUTE, kind: 'ended' }, NOW + 13 * MINUTE);
    expect(again.woke).toEqual({ at: NOW, fired: 5 * MINUTE });
  });

  it('of which the pause is not remembered wakes it by when it came last', () => {
    expect(withStart(known, NOW, LOCAL, null).woke).toEqual({ at: NOW, fired: 0 });
    expect(withStart({ ...known, at: NOW - HOUR }, NOW, LOCAL, null).woke).toEqual(known.woke);
  });

  it('is no longer watched when the hour is over', () => {
    const late = withFinish(awake, { length: MINUTE, kind: 'ended' }, NOW + WAKING + 2 * MINUTE);
    expect(late.woke.fired).toBe(0);
  });

  it('after less than a day does not', () => {
    expect(withStart(known, NOW, LOCAL, 23 * HOUR).woke).toEqual(known.woke);
  });
});

describe('how wild an alert ever was', () => {
  it('is the highest per cent of its changes before this run, and fades', () => {
    let series: SeriesBaseline = { ...NEW_SERIES, at: NOW, agedAt: NOW };
    for (let i = 0; i < 6; i++) {
      const start = NOW + i * 10 * MINUTE;
      series = { ...withStart(series, start, LOCAL, i === 0 ? null : 5 * MINUTE), at: start };
      series = withFinish(series, { length: 5 * MINUTE, kind: 'ended' }, start + 5 * MINUTE);
    }
    const calm = NOW + 10 * DAY;
    const again = { ...withStart(series, calm, LOCAL, 9 * DAY), at: calm };
    expect(series.wildest).toBeGreaterThan(20);
    expect(again.wildest).toBeGreaterThan(25);
  });
});

describe('the lifetimes of a rule', () => {
  it('count what fires now as cut at its mean age', () => {
    const rule = withOpened(withOpened({ ...NEW_RULE, agedAt: NOW }, NOW - 10 * MINUTE, true), NOW - 6 * MINUTE, true);
    expect(rule).toMatchObject({ series: 2, open: 2 });
    expect(weightOf(lifetimesOf(rule, NOW).cut)).toBe(2);
    // Eight minutes, in the bin that ends there.
    expect(lifetimesOf(rule, NOW).cut.lastIndexOf(2)).toBe(15);
  });

  it('go on with one fewer once it ended', () => {
    const rule = withOpened({ ...NEW_RULE, agedAt: NOW }, NOW - 6 * MINUTE, true);
    const closed = withClosed(rule, NOW - 6 * MINUTE, { length: 6 * MINUTE, kind: 'ended' }, NOW);
    expect(closed).toMatchObject({ open: 0, openSince: 0 });
    expect([weightOf(lifetimesOf(closed, NOW).ended), weightOf(lifetimesOf(closed, NOW).cut)]).toEqual([1, 0]);
  });

  it('of one that is not counted as firing do not fall below none', () => {
    expect(withClosed(NEW_RULE, NOW - MINUTE, { length: MINUTE, kind: 'ended' }, NOW)).toMatchObject({ open: 0, openSince: 0 });
  });

  it('count an alert once, however often it starts', () => {
    expect(withOpened(withOpened(NEW_RULE, NOW, true), NOW, false).series).toBe(1);
  });

  it('of what fires for hours say less and less that it clears soon', () => {
    const quick: RuleLifespan = { ...NEW_RULE, ended: [0, 0, 0, 0, 0, 0, 6], agedAt: NOW };
    const stuck = Array.from({ length: 6 }).reduce<RuleLifespan>((rule) => withOpened(rule, NOW - 4 * HOUR, true), quick);
    expect(survivalAt(survivalOf([{ times: lifetimesOf(quick, NOW) }]), 2 * MINUTE)).toBe(0);
    expect(survivalAt(survivalOf([{ times: lifetimesOf(stuck, NOW) }]), 2 * MINUTE)).toBe(0.5);
  });
});

describe('the usual delay of ends', () => {
  it('is not known before ten', () => {
    expect(usualDelay(undefined)).toBe(null);
    expect(usualDelay({ lags: [0, 0, 0, 0, 0, 0, 9.9], agedAt: NOW })).toBe(null);
  });

  it('is that within which nine in ten come', () => {
    const delay = usualDelay({ lags: [0, 0, 0, 0, 0, 0, 18, 0, 0, 1], agedAt: NOW });
    expect(delay).toBeGreaterThan(58_000);
    expect(delay).toBeLessThanOrEqual(MINUTE);
    expect(usualDelay({ lags: [0, 0, 0, 0, 0, 0, 8, 0, 0, 2], agedAt: NOW })).toBeGreaterThan(100_000);
  });
});
