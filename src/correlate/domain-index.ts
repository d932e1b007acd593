// The tables that tell domains, made ready for looking things up in them; built once.

import type { Domain } from '../model/severity.ts';
import { KIND_WORDS, LABEL_NAMES, type NamesOfDomain } from './domain-labels.ts';
import { METRIC_PREFIXES } from './domain-metrics.ts';
import { DOMAIN_WORDS } from './domain-words.ts';
import { PhraseIndex } from './phrase-index.ts';
import { stemOf } from './text-words.ts';

/** What one name or phrase says. */
export interface DomainHint {
  readonly domain: Domain;
  /** In nats. */
  readonly weight: number;
}

/** What a phrase says, and the phrase as the table spells it. */
export interface PhraseHint extends DomainHint {
  readonly phrase: string;
}

/** The vocabulary as an index of phrases. */
export const WORD_HINTS: PhraseIndex<PhraseHint> = new PhraseIndex();
for (const { domain, weight, phrases } of DOMAIN_WORDS) {
  for (const written of phrases.split(',')) {
    const phrase = written.trim();
    if (phrase !== '') WORD_HINTS.add(phrase, { domain, weight, phrase });
  }
}

/** What the stemmed words of an entity's kind say. */
export const KIND_HINTS: ReadonlyMap<string, DomainHint> = hintsOf(KIND_WORDS, (name) => stemOf(name));

/** What it says that an alert carries a label, by its exact name. */
export const LABEL_HINTS: ReadonlyMap<string, DomainHint> = hintsOf(LABEL_NAMES, (name) => name);

const METRIC_HINTS = hintsOf(
  METRIC_PREFIXES.map(({ domain, weight, prefixes }) => ({ domain, weight, names: prefixes })),
  (name) => name,
);

/**
 * What the longest known beginning of a metric's name says, or null. Of a recording rule, named `level:metric:operations`, each part
 * is tried and the first that is known counts.
 */
export function metricHint(metric: string): DomainHint | null {
  const name = metric.toLowerCase();
  const whole = prefixHint(name.replaceAll(':', '_'));
  if (whole !== null || !name.includes(':')) return whole;
  for (const part of name.split(':')) {
    const hint = prefixHint(part);
    if (hint !== null) return hint;
  }
  return null;
}

function prefixHint(name: string): DomainHint | null {
  for (let end = name.length; end > 0; end = name.lastIndexOf('_', end - 1)) {
    const hint = METRIC_HINTS.get(name.slice(0, end));
    if (hint !== undefined) return hint;
  }
  return null;
}

function hintsOf(table: readonly NamesOfDomain[], key: (name: string) => string): Map<string, DomainHint> {
  const hints = new Map<string, DomainHint>();
  for (const { domain, weight, names } of table) {
    for (const name of names.split(/\s+/)) if (name !== '' && !hints.has(key(name))) hints.set(key(name), { domain, weight });
  }
  return hints;
}
