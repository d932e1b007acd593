// An onset is noted in what is learned, and read against it: how often such an alert comes, and what it carries.

import type { AlertState } from '../model/alert.ts';
import { type Baseline, learnedKey } from '../model/learned.ts';
import type { Instant } from '../model/time.ts';
import type { Arrival } from './arrival.ts';
import { rateOf, resolutionOf, withDuration, withOnset } from './chance.ts';
import type { Constants } from './constants.ts';
import type { Draft } from './draft.ts';
import type { Firing } from './firing.ts';
import { carriedLabels } from './label-values.ts';
import { learnOnset } from './learn-association.ts';
import { isSlow } from './tempo.ts';

/** Notes that an alert fires; answers what is known of it as it looks for its incident, this onset not counted. */
export function observeOnset(draft: Draft, firing: Firing, known: AlertState | undefined, now: Instant, c: Constants): Arrival {
  const { fingerprint, rule, entity, domain, startsAt } = firing;
  const seriesKey = learnedKey.series(fingerprint);
  const series = draft.learned<Baseline>(seriesKey);
  draft.countAlert(series === undefined, now);
  const labels = carriedLabels(draft, firing.compared, series === undefined, now);
  draft.setLearned(seriesKey, withOnset(series, now, c));
  const rate = rateOf(series, draft.counts.since, now, c);
  const at = Math.min(now, startsAt.ms);
  if (known?.status !== 'firing') learnOnset(draft, { rule, entity, at, rate }, c.noisyRate);
  const ended = known === undefined || known.endsAt === null ? null : known;
  return {
    entity,
    rule,
    domain,
    slow: isSlow(rule, domain),
    at,
    resolution: resolutionOf(draft.learned<Baseline>(learnedKey.rule(rule)), c),
    rate,
    labels,
    endedAt: ended?.endsAt?.ms ?? null,
    lasted: ended === null ? 0 : Math.max(0, (ended.endsAt?.ms ?? 0) - ended.startsAt.ms),
  };
}

/** Notes how long an episode of a rule lasted. */
export function observeEnd(draft: Draft, rule: string, lasted: number, now: Instant): void {
  const key = learnedKey.rule(rule);
  draft.setLearned(key, withDuration(draft.learned<Baseline>(key), Math.max(0, lasted), now));
}
