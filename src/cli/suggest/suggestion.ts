// What a candidate would have changed, by a replay with it, and which of them are worth suggesting.

import type { Policy, SuppressionRule } from '../../correlate/policy.ts';
import { compileMatcher, formatMatcher, type Matcher, matchesAll } from '../../model/matcher.ts';
import { compare } from '../diff/compare.ts';
import type { Outcome } from '../diff/outcome.ts';
import type { Candidate } from './candidates.ts';

/** What one rule or all of them change. */
export interface Effect {
  readonly messagesFewer: number;
  readonly pagesFewer: number;
  /** How many incidents are no longer told of by a message of their own, and how many of these people had acted on. */
  readonly untold: number;
  readonly lost: number;
}

/** A rule worth adding. */
export interface Suggestion {
  readonly candidate: Candidate;
  readonly effect: Effect;
}

/** The effect of going from one run to another. */
export function effectOf(before: Outcome, after: Outcome): Effect {
  const { noLongerTold, lost } = compare(before, after);
  return {
    messagesFewer: before.messages - after.messages,
    pagesFewer: before.pages - after.pages,
    untold: noLongerTold.length,
    lost: lost.length,
  };
}

/** Those that save messages and lose nothing that people acted on, best first: a page counts as ten messages. */
export function worthwhile(tried: readonly Suggestion[], most: number): readonly Suggestion[] {
  const gain = ({ effect }: Suggestion) => effect.messagesFewer + PAGE * effect.pagesFewer;
  return tried
    .filter(({ effect }) => effect.lost === 0 && effect.pagesFewer >= 0 && effect.messagesFewer > 0)
    .sort((a, b) => gain(b) - gain(a))
    .slice(0, most);
}

const PAGE = 10;

/** The matchers of a candidate. */
export function matchersOf({ facts }: Candidate): readonly Matcher[] {
  return [compileMatcher({ name: 'alertname', operator: '=', value: facts.rule })];
}

/** The name of a candidate's rule. */
export function nameOf({ action, facts }: Candidate): string {
  return `${action} ${facts.rule}`;
}

/** A policy with the rules of candidates after those that it has. */
export function policyWith(policy: Policy, added: readonly Candidate[]): Policy {
  const rules = [...policy.suppression.rules, ...added.map(ruleOf)];
  return { ...policy, suppression: { ...policy.suppression, rules } };
}

function ruleOf(candidate: Candidate): SuppressionRule {
  const matchers = matchersOf(candidate);
  return {
    name: nameOf(candidate),
    matches: (labels) => matchesAll(matchers, labels),
    source: matchers.map(formatMatcher).join(', '),
    action: candidate.action,
    for: candidate.for,
    isActive: () => true,
    expires: null,
    comment: '',
    when: null,
    unless: null,
  };
}
