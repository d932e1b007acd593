// What is known of an alert in numbers that people can read: how often it comes, how long it lasts, at which hours.

import type { DomainOnsets, RuleLifespan, SeriesBaseline } from '../../model/learned.ts';
import { DAY, type Instant, type Milliseconds } from '../../model/time.ts';
import { onsetsOver } from '../chance.ts';
import type { Constants } from '../constants.ts';
import { RULE_WEIGHT } from '../hold/survival-hold.ts';
import { type RateBounds, rateBounds } from './count-bound.ts';
import { type HabitTime, usualAt } from './habit.ts';
import { dispersionOf, type HourRate, hourRates, hoursAt, onsetsOf, priorOf } from './onset-hours.ts';
import { agedTo, lifetimesOf } from './series.ts';
import { survivalAt, survivalOf, timeUntil } from './survival.ts';

/** What the numbers are made of. */
export interface SummaryInput {
  readonly series: SeriesBaseline | undefined;
  readonly rule: RuleLifespan | undefined;
  readonly domain: DomainOnsets | undefined;
  /** When the first alert ever came; null before. */
  readonly since: Instant | null;
  /** How long its first message waits at most, or does now. */
  readonly hold: Milliseconds;
  /** On how many days at least, and on what share of them, something has to come at an hour that is usual. */
  readonly usual: { readonly days: number; readonly share: number };
  readonly local: HabitTime;
  readonly now: Instant;
  readonly constants: Constants;
}

/** A time of the day at which an alert usually begins. */
export interface UsualHour {
  /** Minutes since local midnight, the middle of half an hour. */
  readonly minute: number;
  /** On how many of the last so many days it began near that time. */
  readonly days: number;
  readonly of: number;
}

/** The numbers. Rates are per day, their bounds hold with 90 %. */
export interface BaselineSummary {
  readonly onsets: RateBounds;
  /** Of all alerts of its rule together; null when nothing is known of it. */
  readonly ruleOnsets: RateBounds | null;
  readonly ruleHours: readonly HourRate[];
  /** How long it takes to clear: half and nine tenths do within; infinite when more last longer than can be told apart. */
  readonly median: Milliseconds;
  readonly ninetieth: Milliseconds;
  /** Which share clears within the hold. */
  readonly clearedWithinHold: number;
  /** Over how many episodes of its own and of its rule, as they have faded. */
  readonly observations: number;
  readonly usualHours: readonly UsualHour[];
}

/** Sums it up. An alert's rate is shrunk to that of its rule, and a rule's to that of the rules of its domain. */
export function summaryOf(input: SummaryInput): BaselineSummary {
  const { series, rule, hold, now } = input;
  const own = { times: series === undefined ? { ended: [], cut: [] } : agedTo(series, now) };
  const survival = survivalOf(rule === undefined ? [own] : [own, { times: lifetimesOf(rule, now), most: RULE_WEIGHT }]);
  return {
    ...rates(input),
    median: timeUntil(survival, 0.5),
    ninetieth: timeUntil(survival, 0.1),
    clearedWithinHold: 1 - survivalAt(survival, hold),
    observations: survival.weight,
    usualHours: usualHours(input),
  };
}

function rates({ series, rule, domain, since, local, now, constants }: SummaryInput): Pick<BaselineSummary, 'onsets' | 'ruleOnsets' | 'ruleHours'> {
  const { events, exposure } = onsetsOver(series, since ?? now, now, constants);
  const own = { events, exposure: exposure / DAY };
  if (rule === undefined) return { onsets: rateBounds(own), ruleOnsets: null, ruleHours: [] };
  const hours = hoursAt(rule.hours, local);
  const seen = onsetsOf(hours);
  const dispersion = dispersionOf(hours);
  const above = domain === undefined ? null : onsetsOf(hoursAt(domain.hours, local));
  const ruleOnsets = rateBounds(
    seen,
    above === null ? undefined : priorOf(rateBounds({ events: above.events / Math.max(1, domain?.rules ?? 1), exposure: above.exposure })),
    dispersion,
  );
  const each = rateBounds({ events: seen.events / Math.max(1, rule.series), exposure: seen.exposure });
  return { onsets: rateBounds(own, priorOf(each), dispersion), ruleOnsets, ruleHours: hourRates(hours) };
}

function usualHours({ series, usual, local: { day } }: SummaryInput): readonly UsualHour[] {
  const slots = (series?.habit.slots ?? []).map(([slot]) => slot).sort((a, b) => a - b);
  return slots.flatMap((slot) => {
    const minute = slot * 30 + 15;
    const { days, of } = usualAt(series?.habit ?? { day, slots: [] }, { day, minute });
    return days >= usual.days && days >= usual.share * of ? [{ minute, days, of }] : [];
  });
}
