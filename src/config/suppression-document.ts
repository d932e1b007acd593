// How `suppression` is shown: in the file's own words, defaults filled in.

import type { AlertCondition, HeartbeatRule, Mode } from '../correlate/policy.ts';
import { SEVERITIES, type Severity } from '../model/severity.ts';
import { formatInstant } from '../model/time.ts';
import { writeDuration } from './duration.ts';
import type { RuleSettings } from './suppression-rules.ts';
import type { SuppressionSettings } from './suppression-section.ts';

/** The section as plain JSON with the file's keys; what is undefined in it is left out of the JSON. */
export function suppressionDocument({ transient, flapping, seasonal, storm, heartbeats, rules, pagesPerHour, digestInterval }: SuppressionSettings): unknown {
  const max_hold = Object.fromEntries(SEVERITIES.map((severity) => [severity, writeDuration(transient.maxHold[severity])]));
  return {
    transient: { ...scopeDocument(transient), max_hold },
    flapping: { ...scopeDocument(flapping), start: flapping.start, stop: flapping.stop },
    seasonal: { ...scopeDocument(seasonal), days: seasonal.days, share: seasonal.share, max_hold: writeDuration(seasonal.maxHold) },
    storm: { ...scopeDocument(storm), onsets: storm.onsets },
    heartbeats: heartbeats.map(heartbeatDocument),
    rules: rules.map(ruleDocument),
    digest_interval: writeDuration(digestInterval),
    pages_per_hour: pagesPerHour,
  };
}

function scopeDocument({ mode, severities }: { readonly mode: Mode; readonly severities: ReadonlySet<Severity> }) {
  return { enabled: mode === 'observe' ? mode : mode === 'on', severities: SEVERITIES.filter((severity) => severities.has(severity)) };
}

function heartbeatDocument({ source, within }: HeartbeatRule): unknown {
  return { matchers: [source], within: within === null ? undefined : writeDuration(within) };
}

function ruleDocument(rule: RuleSettings): unknown {
  return {
    name: rule.name,
    matchers: [rule.source],
    action: rule.action,
    for: rule.for === null ? undefined : writeDuration(rule.for),
    active_time_intervals: rule.activeTimeIntervals.length === 0 ? undefined : rule.activeTimeIntervals,
    expires: rule.expires === null ? undefined : formatInstant(rule.expires),
    comment: rule.comment === '' ? undefined : rule.comment,
    when: rule.when === null ? undefined : conditionDocument(rule.when),
    unless: rule.unless === null ? undefined : conditionDocument(rule.unless),
  };
}

function conditionDocument({ source, equal, count, within }: AlertCondition): unknown {
  return { matchers: [source], equal, count, within: writeDuration(within) };
}
