// Alerts that go on and off: when one begins to flap, how long its flaps last, and when it is calm again.

import type { SeriesBaseline } from '../../model/learned.ts';
import { type Instant, MINUTE, type Milliseconds, SECOND } from '../../model/time.ts';
import { agedTo } from '../baseline/series.ts';
import { survivalOf, timeUntil } from '../baseline/survival.ts';

/** How many lengths have to be known before they are believed. */
const ENOUGH = 3;
const OUTLASTS = 0.05;
const SLACK = { factor: 1.4, plus: 30 * SECOND };
const CALM = { least: 5 * MINUTE, unknown: 15 * MINUTE, most: 60 * MINUTE };
const FLAP = { least: 5 * MINUTE, unknown: 10 * MINUTE, most: 30 * MINUTE };

/** How long a pause of an alert that flaps may last before it is calm. */
export function usualPause(series: SeriesBaseline | undefined, now: Instant): Milliseconds {
  return usual(series === undefined ? [] : agedTo(series, now).pauses, CALM);
}

/** How long an alert that flaps may fire before it is more than a flap. */
export function usualFlap(series: SeriesBaseline | undefined, now: Instant): Milliseconds {
  return usual(series === undefined ? [] : agedTo(series, now).ended, FLAP);
}

function usual(lengths: readonly number[], { least, unknown, most }: typeof CALM): Milliseconds {
  const survival = survivalOf([{ times: { ended: lengths, cut: [] } }]);
  if (survival.weight < ENOUGH - 0.5) return unknown;
  const longest = timeUntil(survival, OUTLASTS) * SLACK.factor + SLACK.plus;
  return Math.round(Math.min(most, Math.max(least, longest)));
}
