// Whether people are told of an alert that fires: at once, later, or not, and why.

import type { Flapping } from '../../model/alert.ts';
import type { Evidence, SuppressionReason } from '../../model/evidence.ts';
import type { RuleLifespan, SeriesBaseline } from '../../model/learned.ts';
import type { Severity } from '../../model/severity.ts';
import { formatDuration, type Instant, type Milliseconds, SECOND } from '../../model/time.ts';
import { changePercent, withChange } from '../baseline/change-flags.ts';
import type { HabitTime } from '../baseline/habit.ts';
import { wildestAt } from '../baseline/series.ts';
import type { SuppressionPolicy } from '../policy.ts';
import { usualFlap } from './flapping.ts';
import { seasonalHold } from './seasonal-hold.ts';
import { survivalHold } from './survival-hold.ts';

/** What is decided about an alert that fires. */
export type Verdict =
  | { readonly kind: 'tell'; readonly evidence: readonly Evidence[] }
  | {
      readonly kind: 'hold';
      readonly reason: SuppressionReason;
      readonly until: Instant;
      readonly digest: boolean;
      readonly thin: boolean;
      /** It is one more swing of what people know to flap. */
      readonly swing: boolean;
      readonly evidence: readonly Evidence[];
    };

/** What the decision looks at. Baselines are as they were before this start. */
export interface OnsetCase {
  readonly severity: Severity;
  /** Whether people were told of its incident, or are about to be. */
  readonly audible: boolean;
  /** Whether the alert was in the incident before. */
  readonly returns: boolean;
  /** How many other entities of the incident have an alert that fires. */
  readonly others: number;
  readonly series: SeriesBaseline | undefined;
  readonly rule: RuleLifespan | undefined;
  /** How long it did not fire; null when it never did before, as far as is remembered. */
  readonly silent: Milliseconds | null;
  /** How late ends are delivered; null while that is not known. */
  readonly delay: Milliseconds | null;
  readonly flapping: Flapping | null;
  readonly local: HabitTime;
  readonly now: Instant;
}

/** So many entities that begin together are no coincidence. */
const TOGETHER = 3;
const TELL: Verdict = { kind: 'tell', evidence: [] };

/** Decides it. */
export function verdictOf(c: OnsetCase, policy: SuppressionPolicy): Verdict {
  if (c.audible) return c.returns && c.flapping !== null && acts(policy.flapping, c.severity) ? swing(c) : TELL;
  if (c.others >= TOGETHER - 1) return TELL;
  const usual = c.series !== undefined && changePercent(withChange(c.series.flags, c.now), c.now) <= wildestAt(c.series, c.now) + 0.1;
  if (acts(policy.seasonal, c.severity)) {
    const seasonal = seasonalHold(c, policy.seasonal);
    if (seasonal !== null) return { kind: 'hold', reason: 'seasonal', digest: true, thin: false, swing: false, ...seasonal };
  }
  if (!acts(policy.transient, c.severity) || (c.severity === 'critical' && !usual)) return TELL;
  const hold = survivalHold(c, policy.transient);
  if (hold === null) return TELL;
  return {
    kind: 'hold',
    reason: 'transient',
    until: hold.until,
    digest: hold.thin,
    thin: hold.thin,
    swing: false,
    evidence: hold.evidence,
  };
}

function swing({ flapping, series, now }: OnsetCase): Verdict {
  const longest = usualFlap(series, now);
  const lasts = formatDuration(now - (flapping?.since ?? now));
  const summary = `has been going on and off for ${lasts}, of which people were told; it is told of again if it lasts ${formatDuration(longest)}`;
  return {
    kind: 'hold',
    reason: 'flapping',
    until: now + longest,
    digest: false,
    thin: false,
    swing: true,
    evidence: [{ kind: 'flapping', summary, value: Math.round(longest / SECOND) }],
  };
}

function acts({ mode, severities }: { readonly mode: string; readonly severities: ReadonlySet<Severity> }, severity: Severity): boolean {
  return mode === 'on' && severities.has(severity);
}
