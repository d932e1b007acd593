// Which rule of the configuration decides about an alert, and what that means for it.

import type { HoldCondition, HoldConditions, MatchedRule } from '../../model/alert.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Labels } from '../../model/labels.ts';
import { DAY, formatDuration, formatInstant, type Instant, MINUTE, type Milliseconds } from '../../model/time.ts';
import type { AlertCondition, SuppressionRule } from '../policy.ts';
import type { Verdict } from './outcome.ts';

/** What `hold` waits for, and how long `suppress` and `digest` last, when a rule says nothing: nothing is held for ever. */
const HOLD_FOR: Milliseconds = 10 * MINUTE;
const SUPPRESS_FOR: Milliseconds = DAY;

/** The rules that match an alert, in their order. They are read once, while its labels are at hand; `kept` are these as they may be kept. */
export function matchedRules(rules: readonly SuppressionRule[], labels: Labels, kept: Labels = labels): readonly MatchedRule[] {
  if (rules.length === 0) return NO_RULES;
  return rules.flatMap((rule) =>
    rule.matches(labels) ? [{ name: rule.name, when: conditionFor(rule.when, kept), unless: conditionFor(rule.unless, kept) }] : [],
  );
}

const NO_RULES: readonly MatchedRule[] = [];
const NO_MARKS: readonly string[] = [];

/** The marks that an alert gets: one for each condition of the rules that it fulfils. `kept` are its labels as they may be kept. */
export function marksOf(conditions: readonly AlertCondition[], labels: Labels, kept: Labels = labels): readonly string[] {
  if (conditions.length === 0) return NO_MARKS;
  const marks = conditions.flatMap((condition) => (condition.matches(labels) ? [markOf(condition, kept)] : []));
  return marks.length === 0 ? NO_MARKS : marks;
}

function conditionFor(condition: AlertCondition | null, labels: Labels): HoldCondition | null {
  return condition === null ? null : { mark: markOf(condition, labels), count: condition.count, within: condition.within, source: condition.source };
}

/** A condition and the values of the labels that have to be equal; a label that is missing is an empty one, as in Alertmanager. */
function markOf({ id, equal }: AlertCondition, labels: Labels): string {
  return [id, ...equal.map((name) => labels.get(name) ?? '')].join('\u0000');
}

/** How many alerts carry a mark: those that fire, and those that did within a time. */
export type Counted = (mark: string, within: Milliseconds) => number;

/** Decides by the first rule that is in force and whose conditions hold; null when none is, and statistics decide. */
export function ruleVerdict(
  matched: readonly MatchedRule[],
  rules: readonly SuppressionRule[],
  { counted, canDigest, now }: { readonly counted: Counted; readonly canDigest: boolean; readonly now: Instant },
): Verdict | null {
  for (const { name, when, unless } of matched) {
    const rule = rules.find((each) => each.name === name);
    if (rule === undefined || !isInForce(rule, { when, unless }, counted, now)) continue;
    const evidence = [evidenceOf(rule, when, unless)];
    // Where nothing can carry a digest, nobody would ever hear of it.
    if (rule.action === 'notify' || (rule.action === 'digest' && !canDigest)) return { kind: 'tell', evidence };
    const length = rule.for ?? (rule.action === 'hold' ? HOLD_FOR : SUPPRESS_FOR);
    return {
      kind: 'hold',
      reason: 'rule',
      rule: name,
      until: Math.min(now + length, rule.expires ?? Number.POSITIVE_INFINITY),
      digest: rule.action === 'digest',
      thin: false,
      alone: rule.action !== 'hold',
      conditions: { when, unless },
      evidence,
    };
  }
  return null;
}

/** Whether a rule acts at a time, as its expiry, its time intervals and its conditions say. */
export function isInForce(rule: SuppressionRule, { when, unless }: HoldConditions, counted: Counted, now: Instant): boolean {
  if ((rule.expires !== null && now >= rule.expires) || !rule.isActive(now)) return false;
  return (when === null || holds(when, counted)) && (unless === null || !holds(unless, counted));
}

/** Whether enough alerts carry the mark of a condition. */
function holds({ mark, count, within }: HoldCondition, counted: Counted): boolean {
  return counted(mark, within) >= count;
}

function evidenceOf({ name, action, source, expires }: SuppressionRule, when: HoldCondition | null, unless: HoldCondition | null): Evidence {
  const conditions = [
    when === null ? '' : ` while ${inWords(when)}`,
    unless === null ? '' : ` unless ${inWords(unless)}`,
    expires === null ? '' : ` until ${formatInstant(expires)}`,
  ];
  return { kind: 'rule', summary: `the rule ${JSON.stringify(name)} says ${action} for ${source}${conditions.join('')}` };
}

function inWords({ count, within, source }: HoldCondition): string {
  return `${count === 1 ? 'an alert' : `${count} alerts`} of ${source} fire${count === 1 ? 's' : ''} or did in the last ${formatDuration(within)}`;
}
