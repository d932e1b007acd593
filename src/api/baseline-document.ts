// How what is known of an alert from its past is written as JSON.

import type { RateBounds } from '../correlate/baseline/count-bound.ts';
import type { BaselineSummary } from '../correlate/baseline/summary.ts';
import type { components } from '../generated/openapi.d.ts';
import { type Milliseconds, SECOND } from '../model/time.ts';

/** The JSON of a baseline, as `openapi/winnow.yaml` describes it. */
export type BaselineDocument = components['schemas']['Baseline'];

/** Writes it; `hold` is how long the first message of the alert waits. */
export function baselineDocument(summary: BaselineSummary, hold: Milliseconds): BaselineDocument {
  const { onsets, ruleOnsets, ruleHours, median, ninetieth, clearedWithinHold, observations, usualHours } = summary;
  return {
    onsetsPerDay: rate(onsets),
    ruleOnsetsPerDay: ruleOnsets === null ? null : rate(ruleOnsets),
    ruleHours: ruleHours.map(({ weekend, hour, ...bounds }) => ({ days: weekend ? 'weekends' : 'workdays', hour, ...rate(bounds) })),
    timeToClear: {
      medianSeconds: seconds(median),
      p90Seconds: seconds(ninetieth),
      holdSeconds: Math.round(hold / SECOND),
      clearedWithinHold: rounded(clearedWithinHold),
      observations: rounded(observations),
    },
    usualHours: usualHours.map(({ minute, days, of }) => ({ at: clock(minute), days, of })),
  };
}

function rate({ rate: mean, lower, upper }: RateBounds): { rate: number; lower: number; upper: number | null } {
  return { rate: rounded(mean), lower: rounded(lower), upper: Number.isFinite(upper) ? rounded(upper) : null };
}

function seconds(length: Milliseconds): number | null {
  return Number.isFinite(length) ? Math.round(length / SECOND) : null;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function clock(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
