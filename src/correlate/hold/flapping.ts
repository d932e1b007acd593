// Alerts that go on and off: when one begins to flap, how long its flaps last, and when it is calm again.

import { type AlertState, alertWith } from '../../model/alert.ts';
import type { SeriesBaseline } from '../../model/learned.ts';
import type { Severity } from '../../model/severity.ts';
import { HOUR, type Instant, MINUTE, type Milliseconds, SECOND } from '../../model/time.ts';
import { shareBound } from '../baseline/beta.ts';
import { agedTo } from '../baseline/series.ts';
import { survivalAt, survivalOf, timeUntil } from '../baseline/survival.ts';
import type { Draft } from '../draft.ts';

/** How many lengths have to be known before they are believed. */
const ENOUGH = 3;
const OUTLASTS = 0.05;
const SLACK = { factor: 1.4, plus: 30 * SECOND };
const CALM = { least: 5 * MINUTE, unknown: 15 * MINUTE, most: 2 * HOUR };
/** An alert comes back by habit when at least this share of its pauses is shorter than the longest, by the lower 95 % bound, and so many are known. */
const HABIT = { pauses: 10, bound: 0.5 };
/** The longest is half a minute more than two intervals of five minutes, at the end of which ends are often delivered. */
const FLAP = { least: 5 * MINUTE, unknown: 10.5 * MINUTE, most: 10.5 * MINUTE };
const CRITICAL_FLAP = { least: 5 * MINUTE, unknown: 6 * MINUTE, most: 6 * MINUTE };

/** How long a pause of an alert that flaps may last before it is calm. */
export function usualPause(series: SeriesBaseline | undefined, now: Instant): Milliseconds {
  return usual(series === undefined ? [] : agedTo(series, now).pauses, CALM);
}

/** Whether an alert that ended will most likely be back within hours, as its own pauses say. */
export function comesBack(series: SeriesBaseline | undefined, now: Instant): boolean {
  if (series === undefined) return false;
  const survival = survivalOf([{ times: { ended: agedTo(series, now).pauses, cut: [] } }]);
  if (survival.weight < HABIT.pauses - 0.5) return false;
  const longer = survivalAt(survival, CALM.most);
  return shareBound(0.05, (1 - longer) * survival.weight, longer * survival.weight) >= HABIT.bound;
}

/** Ends the flapping of an alert, with a record of what was counted. */
export function endFlapping(draft: Draft, alert: AlertState, now: Instant): void {
  const { flapping, membership, fingerprint } = alert;
  if (flapping === null) return;
  draft.setAlert(alertWith(alert, { flapping: null }));
  if (flapping.swings === 0) return;
  draft.suppress({
    fingerprint,
    startsAt: (membership?.startsAt ?? alert.startsAt).text,
    incidentId: membership?.incidentId ?? null,
    reason: 'flapping',
    rule: null,
    since: flapping.since,
    until: now,
    outcome: 'untold',
    evidence: [{ kind: 'swings', summary: `began ${flapping.swings} more times and ended again, which was counted and not told`, value: flapping.swings }],
  });
}

/** Ends the flapping of every alert of an incident that is over. */
export function endAllFlapping(draft: Draft, incidentId: string, now: Instant): void {
  for (const alert of draft.alertsIn(incidentId)) endFlapping(draft, alert, now);
}

/** How long an alert that flaps may fire before it is more than a flap. */
export function usualFlap(series: SeriesBaseline | undefined, severity: Severity, now: Instant): Milliseconds {
  return usual(series === undefined ? [] : agedTo(series, now).ended, severity === 'critical' ? CRITICAL_FLAP : FLAP);
}

function usual(lengths: readonly number[], { least, unknown, most }: typeof CALM): Milliseconds {
  const survival = survivalOf([{ times: { ended: lengths, cut: [] } }]);
  if (survival.weight < ENOUGH - 0.5) return unknown;
  const longest = timeUntil(survival, OUTLASTS) * SLACK.factor + SLACK.plus;
  return Math.round(Math.min(most, Math.max(least, longest)));
}
