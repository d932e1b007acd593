// What is answered of one alert beside its state: why it is held back, how it flaps, what is known of it, what became of it.

import { changePercent } from '../correlate/baseline/change-flags.ts';
import { summaryOf } from '../correlate/baseline/summary.ts';
import { habitTimeOf } from '../correlate/observe.ts';
import type { Policy } from '../correlate/policy.ts';
import type { AlertState } from '../model/alert.ts';
import type { AlertStateDocument } from '../model/alert-document.ts';
import type { Labels } from '../model/labels.ts';
import { type DomainOnsets, type LearnedCounts, learnedKey, type RuleLifespan, type SeriesBaseline } from '../model/learned.ts';
import { presentHold, suppressionDocument } from '../model/suppression-document.ts';
import { formatInstant, type Instant } from '../model/time.ts';
import { timelineDocument } from '../model/timeline-document.ts';
import { baselineDocument } from './baseline-document.ts';
import { findPage } from './page.ts';
import type { ReadModel } from './read-model.ts';

/** How many of its suppressions are given. */
const MOST_SUPPRESSIONS = 20;

/** The part of an alert's JSON that only the answer about a single one has. */
export type AlertDetail = Required<Pick<AlertStateDocument, 'history' | 'hold' | 'flaps' | 'baseline' | 'suppressions' | 'memberships'>>;

/** Gathers it. Rejects with `ServiceUnavailable` when the records cannot be read now. */
export async function alertDetail(readModel: ReadModel, alert: AlertState, labels: Labels, policy: Policy, now: Instant): Promise<AlertDetail> {
  const { fingerprint, membership, past, flapping } = alert;
  const [timeline, lately, learned] = await Promise.all([
    membership === null ? [] : readModel.timeline(membership.incidentId),
    findPage({
      read: (range) => readModel.suppressions(range),
      after: null,
      limit: MOST_SUPPRESSIONS,
      wanted: async (records) => new Set(records.filter((record) => record.fingerprint === fingerprint && record.outcome !== 'held')),
    }),
    learnedOf(readModel, alert),
  ]);
  const { series } = learned;
  const hold = presentHold(alert);
  const longest = hold === null ? policy.suppression.transient.maxHold[alert.severity] : hold.until - hold.since;
  const summary = summaryOf({
    ...learned,
    hold: longest,
    usual: policy.suppression.seasonal,
    local: habitTimeOf(policy.localTime, now),
    now,
    constants: policy.constants,
  });
  return {
    history: timelineDocument(timeline.filter((entry) => entry.fingerprint === fingerprint)),
    hold: hold === null ? null : suppressionDocument(hold, labels),
    flaps:
      flapping === null
        ? null
        : {
            since: formatInstant(flapping.since),
            swings: flapping.swings,
            changePercent: series === undefined ? 0 : changePercent(series.flags, now),
            usualPercent: series?.wildest ?? 0,
          },
    baseline: baselineDocument(summary, longest),
    suppressions: lately.records.map((suppression) => suppressionDocument(suppression, labels)),
    memberships: [...past, ...(membership === null ? [] : [membership])]
      .map(({ incidentId, startsAt, occurrences }) => ({ incidentId, startsAt: startsAt.text, occurrences }))
      .reverse(),
  };
}

async function learnedOf(readModel: ReadModel, { fingerprint, rule, domain }: AlertState) {
  const keys = [learnedKey.series(fingerprint), learnedKey.ruleLifespan(rule), learnedKey.domain(domain), learnedKey.counts] as const;
  const found = await readModel.learned(keys);
  // A key tells the kind of its record.
  return {
    series: found.get(keys[0]) as SeriesBaseline | undefined,
    rule: found.get(keys[1]) as RuleLifespan | undefined,
    domain: found.get(keys[2]) as DomainOnsets | undefined,
    since: (found.get(keys[3]) as LearnedCounts | undefined)?.since ?? null,
  };
}
