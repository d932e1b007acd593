// How an alert can end without having recovered.

import type { Labels } from './labels.ts';

/** Why an alert that ended is not known to have recovered: nothing more was heard of it, or what Grafana gives as the reason of its state. */
export type Unrecovered = 'silence' | 'no-data' | 'error' | 'missing-series' | 'rule-paused' | 'rule-deleted' | 'rule-updated';

/** Grafana's annotation on alerts whose state no value of their query gave. */
const ANNOTATION = 'grafana_state_reason';

const REASONS: ReadonlyMap<string, Unrecovered> = new Map([
  ['NoData', 'no-data'],
  ['Error', 'error'],
  ['MissingSeries', 'missing-series'],
  ['Paused', 'rule-paused'],
  ['RuleDeleted', 'rule-deleted'],
  ['Updated', 'rule-updated'],
]);

const IN_WORDS: Readonly<Record<Unrecovered, string>> = {
  silence: 'not heard of since',
  'no-data': 'no data came',
  error: 'its rule could not be evaluated',
  'missing-series': 'its series went missing',
  'rule-paused': 'its rule was paused',
  'rule-deleted': 'its rule was deleted',
  'rule-updated': 'its rule was changed',
};

/** Why a "resolved" of Grafana is no recovery, by the annotations it came with; null when it is one. */
export function unrecoveredBy(annotations: Labels): Unrecovered | null {
  const reason = annotations.get(ANNOTATION);
  return reason === undefined ? null : (REASONS.get(reason) ?? null);
}

/** The reason in words, to stand behind a colon. */
export function unrecoveredInWords(reason: Unrecovered): string {
  return IN_WORDS[reason];
}
