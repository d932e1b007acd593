import { describe, expect, it } from 'vitest';
import { withLength } from '../../../../src/correlate/baseline/durations.ts';
import { NEW_RULE, NEW_SERIES } from '../../../../src/correlate/baseline/series.ts';
import { type HoldCase, survivalHold } from '../../../../src/correlate/hold/survival-hold.ts';
import type { TransientPolicy } from '../../../../src/correlate/policy.ts';
import type { RuleLifespan, SeriesBaseline } from '../../../../src/model/learned.ts';
import { HOUR, MINUTE, SECOND } from '../../../../src/model/time.ts';
import { at } from '../scenario.ts';

const NOW = at('10:00');
const POLICY: TransientPolicy = {
  mode: 'on',
  severities: new Set(['critical', 'warning', 'info']),
  maxHold: { critical: 6 * MINUTE, warning: 9.5 * MINUTE, info: HOUR },
};

/** Episodes of a length each. */
function lengths(...all: readonly (readonly [count: number, length: number])[]): readonly number[] {
  let ended: readonly number[] = [];
  for (const [count, length] of all) for (let i = 0; i < count; i++) ended = withLength(ended, length);
  return ended;
}

function series(ended: readonly number[]): SeriesBaseline {
  return { ...NEW_SERIES, ended, at: NOW, agedAt: NOW };
}

function rule(ended: readonly number[], alerts: number): RuleLifespan {
  return { ...NEW_RULE, ended, series: alerts, agedAt: NOW };
}

function hold(given: Partial<HoldCase>) {
  return survivalHold({ severity: 'warning', series: undefined, rule: undefined, silent: HOUR, delay: null, now: NOW, ...given }, POLICY);
}

describe('the longest wait', () => {
  /** Most of its episodes last a minute, some longer than any wait. */
  const mostly = series(lengths([30, MINUTE], [10, 3 * HOUR]));
  const wait = (given: Partial<HoldCase>) => (hold({ series: mostly, ...given })?.until ?? NOW) - NOW;

  it('of a warning is the configured one and a fifth of how late ends come', () => {
    expect(wait({})).toBe(9.5 * MINUTE);
    expect(wait({ delay: 2 * MINUTE })).toBe(9.5 * MINUTE + 24 * SECOND);
    expect(wait({ delay: 5 * MINUTE })).toBe(10.5 * MINUTE);
  });

  it('of a critical alert is how late ends come and a minute, six minutes at most', () => {
    expect(wait({ severity: 'critical' })).toBe(MINUTE);
    expect(wait({ severity: 'critical', delay: 2 * MINUTE })).toBe(3 * MINUTE);
    expect(wait({ severity: 'critical', delay: HOUR })).toBe(6 * MINUTE);
  });
});

describe('the history of the rule', () => {
  it('counts those of its other alerts only, not once more those of its own', () => {
    const own = lengths([4, MINUTE]);
    expect(hold({ series: series(own), rule: rule(own, 1) })?.evidence[0]?.observations).toBe(4);
    expect(hold({ series: series(own), rule: rule(lengths([7, MINUTE]), 3) })?.evidence[0]?.observations).toBe(7);
    expect(hold({ series: series(own), rule: rule(lengths([40, MINUTE]), 9) })?.evidence[0]?.observations).toBe(12);
  });
});
