// Whether people are told of an alert that fires: at once, later, or not, and why.

import type { Flapping, Hold, MatchedRule } from '../../model/alert.ts';
import type { Evidence, SuppressionReason } from '../../model/evidence.ts';
import type { RuleLifespan, SeriesBaseline } from '../../model/learned.ts';
import type { Severity } from '../../model/severity.ts';
import { formatDuration, type Instant, MINUTE, type Milliseconds, SECOND } from '../../model/time.ts';
import { changePercent, withChange } from '../baseline/change-flags.ts';
import type { HabitTime } from '../baseline/habit.ts';
import type { Mode, SuppressionPolicy } from '../policy.ts';
import { usualFlap, usualPause } from './flapping.ts';
import type { HoldVerdict, Verdict } from './outcome.ts';
import { type Counted, ruleVerdict } from './rule.ts';
import { seasonalHold } from './seasonal-hold.ts';
import { survivalHold } from './survival-hold.ts';

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
  /** The rules of the configuration that match it, and how many alerts carry a mark. */
  readonly rules: readonly MatchedRule[];
  readonly counted: Counted;
  /** Why it is a storm now; null when it is none. */
  readonly storm: Evidence | null;
  /** Whether any destination of it can carry a digest. */
  readonly canDigest: boolean;
  readonly local: HabitTime;
  readonly now: Instant;
}

/** So many entities that begin together are no coincidence. */
const TOGETHER = 3;
const TELL: Verdict = { kind: 'tell', evidence: [] };
/** While a storm goes on, what it holds back is looked at again after so long. */
const STORM_FOR: Milliseconds = 30 * MINUTE;

/** Decides it: the configuration's rules first, then each mechanism in its turn. */
export function verdictOf(c: OnsetCase, policy: SuppressionPolicy): Verdict {
  const ruled = ruleVerdict(c.rules, policy.rules, c);
  if (ruled !== null) return ruled;
  if (c.audible) return c.returns && c.flapping !== null && !isCalm(c, policy) ? under(policy.flapping, c.severity, swing(c)) : TELL;
  // What is gathered or named later has to have a place where that is read.
  if (c.storm !== null && c.canDigest) {
    const verdict = under(policy.storm, c.severity, held('storm', { until: c.now + STORM_FOR, digest: false, thin: false, evidence: [c.storm] }));
    if (verdict !== TELL) return verdict;
  }
  if (c.others >= TOGETHER - 1) return TELL;
  const seasonal = seasonalHold(c, policy.seasonal);
  if (seasonal !== null && c.canDigest) {
    const verdict = under(policy.seasonal, c.severity, held('seasonal', { digest: true, thin: false, ...seasonal }));
    if (verdict !== TELL) return verdict;
  }
  if (c.severity === 'critical' && !isUsual(c)) return TELL;
  const hold = survivalHold(c, policy.transient);
  if (hold === null || (hold.thin && !c.canDigest)) return TELL;
  return under(policy.transient, c.severity, held('transient', { digest: hold.thin, ...hold }));
}

/** Whether an alert that flapped was calm for longer than its pauses are, and hardly changes any more. */
function isCalm({ series, silent, now }: OnsetCase, { flapping }: SuppressionPolicy): boolean {
  if (series === undefined || silent === null) return false;
  return silent > usualPause(series, now) && changePercent(withChange(series.flags, now), now) < flapping.stop;
}

/** Whether an alert does not fire more often than it ever did. */
function isUsual({ series, now }: OnsetCase): boolean {
  return series !== undefined && changePercent(withChange(series.flags, now), now) <= series.wildest;
}

function held(reason: SuppressionReason, hold: Pick<Hold, 'until' | 'digest' | 'thin' | 'evidence'>): HoldVerdict {
  return { kind: 'hold', reason, rule: null, alone: false, conditions: null, ...hold };
}

function swing({ flapping, series, severity, now }: OnsetCase): HoldVerdict {
  const longest = usualFlap(series, severity, now);
  const lasts = formatDuration(now - (flapping?.since ?? now));
  const summary = `has been going on and off for ${lasts}, of which people were told; it is told of again if it lasts ${formatDuration(longest)}`;
  const evidence = [{ kind: 'flapping', summary, value: Math.round(longest / SECOND) }];
  return { ...held('flapping', { until: now + longest, digest: false, thin: false, evidence }), alone: true };
}

/** What a mechanism decides, as far as it may act on the severity. */
function under({ mode, severities }: { readonly mode: Mode; readonly severities: ReadonlySet<Severity> }, severity: Severity, verdict: HoldVerdict): Verdict {
  if (mode === 'off' || !severities.has(severity)) return TELL;
  return mode === 'on' ? verdict : { kind: 'tell', evidence: [], observed: verdict };
}
