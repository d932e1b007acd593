// Starts and ends are noted in what is learned, and read against it: how often such an alert comes, how long it lasts, what it carries.

import type { AlertSource, AlertState } from '../model/alert.ts';
import type { Evidence } from '../model/evidence.ts';
import { type Baseline, type DeliveryLags, type DomainOnsets, learnedKey, type RuleLifespan, type SeriesBaseline, type StormRecord } from '../model/learned.ts';
import type { LocalTimeOf } from '../model/local-time.ts';
import { DAY, HOUR, type Instant } from '../model/time.ts';
import type { Arrival } from './arrival.ts';
import { faded, withLength } from './baseline/durations.ts';
import type { HabitTime } from './baseline/habit.ts';
import { NO_ONSETS, withOnsetAt } from './baseline/onset-hours.ts';
import { NEW_RULE, NEW_SERIES, type Span, withClosed, withFinish, withOpened, withStart } from './baseline/series.ts';
import { rateOf, resolutionOf, withDuration, withOnset } from './chance.ts';
import { type Constants, TIDY_EVERY } from './constants.ts';
import type { Draft } from './draft.ts';
import type { Firing } from './firing.ts';
import { NO_STORM, stormAt, stormEvidence, withStormOnset } from './hold/storm.ts';
import { carriedLabels } from './label-values.ts';
import { learnOnset } from './learn-association.ts';
import type { Policy, StormPolicy } from './policy.ts';
import { isSlow } from './tempo.ts';

/** What is known of an alert that begins, this start not counted. */
export interface Observed {
  readonly arrival: Arrival;
  readonly series: SeriesBaseline | undefined;
  readonly rule: RuleLifespan | undefined;
  readonly lags: DeliveryLags | undefined;
  /** Why so much begins now that it is a storm; null when it is none. */
  readonly storm: Evidence | null;
}

/** Notes that an alert fires; answers what was known before. */
export function observeOnset(
  draft: Draft,
  firing: Firing,
  known: AlertState | undefined,
  now: Instant,
  { constants: c, localTime, suppression }: Policy,
): Observed {
  const { fingerprint, rule, entity, domain, startsAt } = firing;
  const seriesKey = learnedKey.series(fingerprint);
  const series = draft.learned.get<SeriesBaseline>(seriesKey);
  const lifespan = draft.learned.get<RuleLifespan>(learnedKey.ruleLifespan(rule));
  if (draft.learned.countAlert(series === undefined, now)) draft.timers.push({ due: now + TIDY_EVERY, kind: 'tidy', id: '' });
  const labels = carriedLabels(draft, firing.compared, series === undefined, now);
  noteStart(draft, firing, known, habitTimeOf(localTime, now), now, c);
  const rate = rateOf(series, draft.learned.counts.since, now, c);
  const at = Math.min(now, startsAt.ms);
  const storm = known?.status === 'firing' ? null : noteStorm(draft, localTime, now, suppression.storm);
  if (known?.status !== 'firing') learnOnset(draft, { rule, entity, at, rate }, c.noisyRate);
  const ended = known === undefined || known.endsAt === null ? null : known;
  const arrival = {
    entity,
    rule,
    domain,
    slow: isSlow(rule, domain),
    at,
    resolution: resolutionOf(draft.learned.get<Baseline>(learnedKey.rule(rule)), c),
    rate,
    labels,
    endedAt: ended?.endsAt?.ms ?? null,
    lasted: ended === null ? 0 : Math.max(0, (ended.endsAt?.ms ?? 0) - ended.startsAt.ms),
  };
  return { arrival, series, rule: lifespan, lags: draft.learned.get<DeliveryLags>(learnedKey.lags(firing.source)), storm };
}

/** The local time that habits are learned in. */
export function habitTimeOf(localTime: LocalTimeOf, now: Instant): HabitTime {
  const { year, month, day, minuteOfDay } = localTime(now);
  return { day: Math.floor(Date.UTC(year, month - 1, day) / DAY), minute: minuteOfDay };
}

function noteStart(draft: Draft, { fingerprint, rule, domain }: Firing, known: AlertState | undefined, local: HabitTime, now: Instant, c: Constants): void {
  const seriesKey = learnedKey.series(fingerprint);
  const before = draft.learned.get<SeriesBaseline>(seriesKey);
  const ruleKey = learnedKey.ruleLifespan(rule);
  const knownRule = draft.learned.get<RuleLifespan>(ruleKey);
  const lifespan = knownRule ?? NEW_RULE;
  const series = before ?? NEW_SERIES;
  // A start anew of what fires already shows an end that was never delivered.
  const missed = known?.status === 'firing' ? ({ length: now - known.changedAt, kind: 'ended' } as const) : null;
  const pause = known?.status === 'resolved' ? now - known.changedAt : null;
  const rested = missed === null ? series : withFinish(series, missed, now);
  draft.learned.set(seriesKey, withOnset(withStart(rested, now, local, pause), now, c));
  const closed = missed === null || known === undefined ? lifespan : withClosed(lifespan, known.changedAt, missed, now);
  draft.learned.set(ruleKey, { ...withOpened(closed, now, before === undefined), hours: withOnsetAt(closed.hours, local) });
  const domainKey = learnedKey.domain(domain);
  const { hours, rules } = draft.learned.get<DomainOnsets>(domainKey) ?? { hours: NO_ONSETS, rules: 0 };
  draft.learned.set(domainKey, { hours: withOnsetAt(hours, local), rules: rules + (knownRule === undefined ? 1 : 0) } satisfies DomainOnsets);
}

function noteStorm(draft: Draft, localTime: LocalTimeOf, now: Instant, policy: StormPolicy): Evidence | null {
  const { weekday, minuteOfDay } = localTime(now);
  const hourOfWeek = weekday * 24 + Math.floor(minuteOfDay / 60);
  const record = withStormOnset(draft.learned.get<StormRecord>(learnedKey.storm) ?? NO_STORM, hourOfWeek, now, policy);
  draft.learned.set(learnedKey.storm, record);
  return stormAt(record, now) ? stormEvidence(record, hourOfWeek, policy) : null;
}

/** Notes that an alert ended, or was not heard of any more. `recovered` says that it cleared by itself. */
export function observeEnd(draft: Draft, known: AlertState, ended: { readonly at: Instant; readonly recovered: boolean }, now: Instant): void {
  const span: Span = { length: now - known.changedAt, kind: ended.recovered ? 'ended' : 'cut' };
  const seriesKey = learnedKey.series(known.fingerprint);
  const series = draft.learned.get<SeriesBaseline>(seriesKey);
  if (series !== undefined) draft.learned.set(seriesKey, withFinish(series, span, now));
  const lifespanKey = learnedKey.ruleLifespan(known.rule);
  const lifespan = draft.learned.get<RuleLifespan>(lifespanKey);
  if (lifespan !== undefined) draft.learned.set(lifespanKey, withClosed(lifespan, known.changedAt, span, now));
  if (!ended.recovered) return;
  const ruleKey = learnedKey.rule(known.rule);
  draft.learned.set(ruleKey, withDuration(draft.learned.get<Baseline>(ruleKey), Math.max(0, ended.at - known.startsAt.ms), now));
  noteLag(draft, known.source, now - ended.at, now);
}

/** How late an end came; what came an hour late says nothing of how the sender delivers. */
function noteLag(draft: Draft, source: AlertSource, lag: number, now: Instant): void {
  if (lag < 0 || lag > HOUR) return;
  const key = learnedKey.lags(source);
  const { lags, agedAt } = draft.learned.get<DeliveryLags>(key) ?? { lags: [], agedAt: now };
  const due = now - agedAt > HOUR;
  draft.learned.set(key, { lags: withLength(due ? faded(lags, agedAt, now) : lags, lag), agedAt: due ? now : agedAt });
}
