// `suppression.rules`: what becomes of alerts that match, and the conditions over other alerts.

import type { AlertCondition, SuppressionRule } from '../correlate/policy.ts';
import { compareText } from '../model/labels.ts';
import { formatMatcher, formatMatchers, matchesAll } from '../model/matcher.ts';
import { formatInstant, type Instant, MINUTE, type Milliseconds } from '../model/time.ts';
import { isActive } from '../route/time-interval.ts';
import { contentHash } from './content-hash.ts';
import { readNeededMatchers } from './matcher-setting.ts';
import { atKey, type Fields, fault, readList, readMap, readText, type Setting, warn } from './setting.ts';
import { given, readChoice, readDuration, readInstant, readInteger, readName, readNames, readPositiveDuration } from './setting-value.ts';
import { readIntervalNames, type TimeIntervalSettings } from './time-intervals-section.ts';

/** A rule with the names of the time intervals that it is active in; none for one that always is. */
export interface RuleSettings extends SuppressionRule {
  readonly activeTimeIntervals: readonly string[];
}

const ACTIONS = ['suppress', 'hold', 'digest', 'notify'] as const;
const KEYS = ['name', 'matchers', 'action', 'for', 'active_time_intervals', 'expires', 'comment', 'when', 'unless'];
const DEFAULT_WITHIN: Milliseconds = 15 * MINUTE;

/** Reads the list of rules in its order; `intervals` are the time intervals that they may name. */
export function readRules(setting: Setting, intervals: TimeIntervalSettings): readonly RuleSettings[] {
  const names = new Set<string>();
  return readList(setting).flatMap((item) => readRule(item, names, intervals) ?? []);
}

/**
 * The conditions of all rules, each once: two that differ in `count` or `within` alone have the same
 * id, since they ask for the same alerts.
 */
export function conditionsOf(rules: readonly SuppressionRule[]): readonly AlertCondition[] {
  const conditions = rules.flatMap(({ when, unless }) => [when, unless].filter((condition) => condition !== null));
  return [...new Map(conditions.map((condition) => [condition.id, condition])).values()];
}

function readRule(item: Setting, names: Set<string>, intervals: TimeIntervalSettings): RuleSettings | null {
  const fields = readMap(item, { known: KEYS });
  if (fields === null) return null;
  const name = readRuleName(item, fields, names);
  const matchers = readNeededMatchers(item, fields);
  if (!fields.has('action')) fault(item, `has no action; one of ${ACTIONS.join(', ')} is needed`);
  const action = given(fields.get('action'), readChoice(ACTIONS));
  const length = fields.get('for');
  if (length !== undefined && action === 'notify') warn(atKey(length), 'has no effect with the action notify, which holds nothing');
  const activeTimeIntervals = given(fields.get('active_time_intervals'), (list) => readIntervalNames(list, intervals)) ?? [];
  const active = activeTimeIntervals.map((interval) => intervals.get(interval) ?? []);
  const rule = {
    matches: (labels: ReadonlyMap<string, string>) => matchesAll(matchers, labels),
    source: formatMatchers(matchers),
    for: given(length, readPositiveDuration),
    activeTimeIntervals,
    isActive: (at: Instant) => active.length === 0 || active.some((ranges) => isActive(ranges, at)),
    expires: given(fields.get('expires'), readExpiry),
    comment: given(fields.get('comment'), readText) ?? '',
    when: given(fields.get('when'), readCondition),
    unless: given(fields.get('unless'), readCondition),
  };
  return name === null || action === null ? null : { name, action, ...rule };
}

function readRuleName(item: Setting, fields: Fields, names: Set<string>): string | null {
  const setting = fields.get('name');
  if (setting === undefined) fault(item, 'has no name; one is needed, by which evidence and records call it');
  const name = given(setting, readName);
  if (name === null || setting === undefined) return name;
  if (names.has(name)) fault(setting, `${JSON.stringify(name)} is the name of an earlier rule as well; each needs its own`);
  names.add(name);
  return name;
}

function readExpiry(setting: Setting): Instant | null {
  const expires = readInstant(setting);
  if (expires !== null && expires <= setting.source.now)
    warn(setting, `is over since ${formatInstant(expires)}, so the rule has no effect any more; it can be taken out`);
  return expires;
}

function readCondition(setting: Setting): AlertCondition | null {
  const fields = readMap(setting, { known: ['matchers', 'equal', 'count', 'within'] });
  if (fields === null) return null;
  const matchers = readNeededMatchers(setting, fields);
  // In one order, so that the same condition has the same id however it is written.
  const equal = [...new Set(given(fields.get('equal'), readNames))].sort(compareText);
  return {
    id: contentHash(...matchers.map(formatMatcher).sort(compareText), '', ...equal),
    matches: (labels) => matchesAll(matchers, labels),
    equal,
    count: given(fields.get('count'), readInteger(1, 1_000_000)) ?? 1,
    within: given(fields.get('within'), readDuration) ?? DEFAULT_WITHIN,
    source: formatMatchers(matchers),
  };
}
