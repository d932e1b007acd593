// Which part of an AI platform an alert speaks of.

import type { Evidence } from '../model/evidence.ts';
import type { Labels } from '../model/labels.ts';
import { DOMAINS, type Domain } from '../model/severity.ts';
import { DOMAIN_WORDS, KIND_DOMAINS } from './domain-table.ts';
import type { DomainRule } from './policy.ts';

/** A domain and what spoke for it. */
export interface DomainReading {
  readonly domain: Domain;
  readonly evidence: Evidence;
}

/** What the classification looks at. */
export interface DomainFacts {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly entity: string | null;
  /** The alert's source link, whose query holds the rule's expression; empty when there is none. */
  readonly sourceLink: string;
  /** What this very alert was classified as while it is remembered; null for one that is new. */
  readonly before: Domain | null;
}

/**
 * Classifies an alert. The configuration's rules come first, then what the alert was known as; else the weights of the kind of its
 * entity and of the words in its rule's name (twice), expression and summary add up, and the
 * largest sum wins, the earlier domain of `DOMAINS` among equals.
 */
export function domainOf(facts: DomainFacts, rules: readonly DomainRule[]): DomainReading {
  const rule = rules.find((candidate) => candidate.matches(facts.labels));
  if (rule !== undefined) return { domain: rule.domain, evidence: { kind: 'domain-rule', summary: `the configuration says so for ${rule.source}` } };
  if (facts.before !== null) return { domain: facts.before, evidence: { kind: 'domain-known', summary: `it was known as ${facts.before}` } };
  const scores = new Map<Domain, number>();
  const add = (domain: Domain, weight: number) => scores.set(domain, (scores.get(domain) ?? 0) + weight);
  const kind = facts.entity === null ? '' : facts.entity.slice(0, facts.entity.indexOf('/')).toLowerCase();
  for (const { pattern, domain, weight } of KIND_DOMAINS) if (pattern.test(kind)) add(domain, weight);
  const name = wordsOf(facts.labels.get('alertname') ?? '');
  const rest = wordsOf(`${facts.annotations.get('summary') ?? facts.annotations.get('title') ?? ''} ${expressionOf(facts.sourceLink)}`.slice(0, 1000));
  for (const { pattern, domain, weight } of DOMAIN_WORDS) {
    if (pattern.test(name)) add(domain, 2 * weight);
    else if (pattern.test(rest)) add(domain, weight);
  }
  let best: Domain = 'unknown';
  for (const domain of DOMAINS) if ((scores.get(domain) ?? 0) > (scores.get(best) ?? 0)) best = domain;
  const value = scores.get(best) ?? 0;
  return {
    domain: best,
    evidence: { kind: 'domain-words', summary: best === 'unknown' ? 'nothing tells its domain' : `its words and the kind of its entity say ${best}`, value },
  };
}

/** Splits `NodeDiskFull_p99` and prose alike into lower-case words joined by single spaces. */
export function wordsOf(text: string): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase();
}

function expressionOf(link: string): string {
  const match = /[?&]g0\.expr=([^&]*)/.exec(link);
  if (match?.[1] === undefined) return '';
  try {
    return decodeURIComponent(match[1].replaceAll('+', ' '));
  } catch {
    return '';
  }
}
