// Which part of an AI platform an alert speaks of.

import type { Evidence } from '../model/evidence.ts';
import type { Labels } from '../model/labels.ts';
import type { Domain } from '../model/severity.ts';
import { KIND_HINTS, LABEL_HINTS, metricHint, WORD_HINTS } from './domain-index.ts';
import { LABELS_READ } from './domain-labels.ts';
import { DomainScore } from './domain-score.ts';
import { metricNamesOf } from './metric-names.ts';
import type { DomainRule } from './policy.ts';
import { expressionOf, picksServerErrors } from './rule-expression.ts';
import { TEXT_READ, wordsOf } from './text-words.ts';

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

/** How much a word weighs by where it stands; a word that stands in several places counts once, in the first of them. */
const IN_NAME = 1.5;
const IN_SUMMARY = 0.8;
const IN_METRIC = 0.75;
const IN_LABEL = 0.5;
const IN_DESCRIPTION = 0.35;

/** What a metric after the first of an expression weighs: what is measured usually stands first, what it is joined with after. */
const LATER_METRIC = 0.5;
/** What the word of an entity's kind weighs that only the vocabulary knows. */
const IN_KIND = 0.7;
/** What picking answers with status 5xx weighs for `application`. */
const SERVER_ERRORS = 3;

/**
 * Classifies an alert. The configuration's rules come first, then what the alert was known as. Else each hint adds its weight to its
 * domain: the metrics of its rule's expression, the words of its name, summary, description and telling labels, the kind of its entity
 * and the names of its labels. The largest sum wins, the earlier domain of `DOMAINS` among equals. The evidence names the strongest
 * reasons; its value is the winner's share of all the weight, 0 to 1.
 */
export function domainOf(facts: DomainFacts, rules: readonly DomainRule[]): DomainReading {
  const rule = rules.find((candidate) => candidate.matches(facts.labels));
  if (rule !== undefined) return { domain: rule.domain, evidence: { kind: 'domain-rule', summary: `the configuration says so for ${rule.source}` } };
  if (facts.before !== null) return { domain: facts.before, evidence: { kind: 'domain-known', summary: `it was known as ${facts.before}` } };
  const score = scoreOf(facts);
  const domain = score.winner();
  const summary = domain === 'unknown' ? 'nothing tells its domain' : score.reasons(domain).join('; ');
  return { domain, evidence: { kind: 'domain-words', summary, value: score.share(domain) } };
}

function scoreOf({ labels, annotations, entity, sourceLink }: DomainFacts): DomainScore {
  const score = new DomainScore();
  const read = (text: string | undefined, factor: number, where: string) => {
    if (text === undefined || text === '') return;
    for (const hint of WORD_HINTS.find(wordsOf(text))) score.addOnce(hint, hint.domain, hint.weight * factor, where, hint.phrase);
  };
  read(labels.get('alertname'), IN_NAME, 'its name says');
  const summary = annotations.get('summary') ?? annotations.get('title') ?? annotations.get('message') ?? annotations.get('description');
  read(summary, IN_SUMMARY, 'its summary says');
  readExpression(score, expressionOf(sourceLink).slice(0, TEXT_READ));
  if (entity !== null) readKind(score, entity.slice(0, Math.max(0, entity.indexOf('/'))));
  for (const name of LABELS_READ) read(labels.get(name), IN_LABEL, `its label ${name} says`);
  for (const name of labels.keys()) {
    const hint = LABEL_HINTS.get(name);
    if (hint !== undefined) score.add(hint.domain, hint.weight, 'it has the label', name);
  }
  if (annotations.get('description') !== summary) read(annotations.get('description'), IN_DESCRIPTION, 'its description says');
  return score;
}

function readExpression(score: DomainScore, expression: string): void {
  if (expression === '') return;
  let factor = 1;
  for (const metric of metricNamesOf(expression)) {
    const known = metricHint(metric);
    if (known !== null) score.add(known.domain, known.weight * factor, 'its rule reads', metric);
    for (const hint of WORD_HINTS.find(wordsOf(metric))) score.addOnce(hint, hint.domain, hint.weight * factor * IN_METRIC, 'its rule reads', metric);
    factor = LATER_METRIC;
  }
  if (picksServerErrors(expression)) score.add('application', SERVER_ERRORS, 'its rule reads', 'status 5xx');
}

function readKind(score: DomainScore, kind: string): void {
  for (const word of wordsOf(kind)) {
    const hint = KIND_HINTS.get(word);
    if (hint !== undefined) score.add(hint.domain, hint.weight, 'it is about a thing of kind', kind);
    else for (const { domain, weight } of WORD_HINTS.find([word])) score.add(domain, weight * IN_KIND, 'it is about a thing of kind', kind);
  }
}
