// How long a first message may wait because the alert will most likely have cleared by then.

import type { Evidence } from '../../model/evidence.ts';
import type { RuleLifespan, SeriesBaseline } from '../../model/learned.ts';
import type { Severity } from '../../model/severity.ts';
import { formatDuration, HOUR, type Instant, MINUTE, type Milliseconds, SECOND } from '../../model/time.ts';
import { shareBound } from '../baseline/beta.ts';
import { agedTo, lifetimesOf, WAKING } from '../baseline/series.ts';
import { survivalAt, survivalOf, timeUntil, without } from '../baseline/survival.ts';
import type { TransientPolicy } from '../policy.ts';

/** What the decision looks at; baselines as they were before this start. */
export interface HoldCase {
  readonly severity: Severity;
  readonly series: SeriesBaseline | undefined;
  readonly rule: RuleLifespan | undefined;
  /** Since when it did not fire; null when it never did. */
  readonly silent: Milliseconds | null;
  /** How late ends are delivered; null while that is not known. */
  readonly delay: Milliseconds | null;
  readonly now: Instant;
}

/** A first message that waits. */
export interface WaitingHold {
  readonly until: Instant;
  /** Whether what it rests on is thin, so that people are to be told afterwards in a digest. */
  readonly thin: boolean;
  readonly evidence: readonly Evidence[];
}

/** How many episodes those of its rule count as beside an alert's own. */
export const RULE_WEIGHT = 8;
/** Numbers of this decision that are no setting. */
const CRITICAL = { episodes: 5, bound: 0.4, beyondDelay: MINUTE, most: 6 * MINUTE };
/** Ends come with the sender's flushes: beyond the longest hold, a fifth of how late they do is waited for one that is due. */
const OTHERS = { episodes: 3, bound: 1 / 3, beyond: 1 / 5, ruleEpisodes: 5, ruleSeries: 3, ruleMost: 6 * MINUTE };
/** What has been silent for a day has changed somehow: in the hour after, what it rests on is thin. */
const LONG_SILENCE: Milliseconds = 24 * HOUR;
/** Of those that clear, all but this share have by the time that one is told of; then some slack for how ends are delivered. */
const OUTLASTS = 0.03;
const SLACK = { factor: 1.4, plus: 30 * SECOND };
const STRONG_EPISODES = 10;

/**
 * Decides it: until when, or null when the message goes out now. The lower 95 % bound of the share that clears within
 * the longest wait allowed has to reach a threshold. A critical alert is judged by its very own episodes alone.
 */
export function survivalHold({ severity, series, rule, silent, delay, now }: HoldCase, policy: TransientPolicy): WaitingHold | null {
  const critical = severity === 'critical';
  const own = series === undefined ? { ended: [], cut: [] } : agedTo(series, now);
  const ownOnly = survivalOf([{ times: own }]);
  const enough = ownOnly.weight >= (critical ? CRITICAL.episodes : OTHERS.episodes) - 0.5;
  if (!enough && (critical || !ruleIsKnown(rule))) return null;
  const survival = critical || rule === undefined ? ownOnly : survivalOf([{ times: own }, { times: without(lifetimesOf(rule, now), own), most: RULE_WEIGHT }]);
  const cap = longest({ severity, enough, delay }, policy);
  if (cap <= 0) return null;
  const goesOn = survivalAt(survival, cap);
  const bound = shareBound(0.05, (1 - goesOn) * survival.weight, goesOn * survival.weight);
  const threshold = critical ? CRITICAL.bound : OTHERS.bound;
  if (bound < threshold) return null;
  const wait = Math.min(cap, timeUntil(survival, OUTLASTS) * SLACK.factor + SLACK.plus);
  return {
    until: now + Math.round(wait),
    thin: critical || ownOnly.weight < STRONG_EPISODES || firedSinceWaking(series, silent, now) !== null,
    evidence: [evidenceOf({ bound, threshold, cap, wait, weight: survival.weight, own: ownOnly.weight, goesOn })],
  };
}

function ruleIsKnown(rule: RuleLifespan | undefined): boolean {
  if (rule === undefined) return false;
  return rule.series >= OTHERS.ruleSeries && survivalOf([{ times: rule }]).weight >= OTHERS.ruleEpisodes;
}

interface Limits {
  readonly severity: Severity;
  /** Whether enough episodes of its own are known. */
  readonly enough: boolean;
  readonly delay: Milliseconds | null;
}

function longest({ severity, enough, delay }: Limits, { maxHold }: TransientPolicy): Milliseconds {
  let cap = maxHold[severity];
  if (severity === 'critical') cap = Math.min(cap, (delay ?? 0) + CRITICAL.beyondDelay, CRITICAL.most);
  else if (enough) cap += OTHERS.beyond * Math.min(delay ?? 0, cap);
  else cap = Math.min(cap, OTHERS.ruleMost);
  return cap;
}

/** How long an alert has fired since it began after a day of silence, in the hour in which that is watched; null later. */
function firedSinceWaking(series: SeriesBaseline | undefined, silent: Milliseconds | null, now: Instant): Milliseconds | null {
  if (series === undefined || silent === null || silent >= LONG_SILENCE) return 0;
  return now - series.woke.at < WAKING ? series.woke.fired : null;
}

function evidenceOf(f: {
  readonly bound: number;
  readonly threshold: number;
  readonly cap: Milliseconds;
  readonly wait: Milliseconds;
  readonly weight: number;
  readonly own: number;
  readonly goesOn: number;
}): Evidence {
  const share = Math.round((1 - f.goesOn) * 100);
  const whose = f.own >= f.weight - 0.5 ? 'its own' : `its own and its rule's`;
  return {
    kind: 'clears-by-itself',
    summary: `${share} % of ${whose} episodes cleared within ${formatDuration(f.cap)}; it is told of if it lasts ${formatDuration(f.wait)}`,
    value: Math.round(f.bound * 100) / 100,
    threshold: Math.round(f.threshold * 100) / 100,
    observations: Math.round(f.weight),
  };
}
