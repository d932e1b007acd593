// Which incidents of two runs are about the same: those that share alerts, by fingerprint and start.

import { compareText } from '../../model/labels.ts';
import { type AlertSpan, type IncidentOutcome, listOf, type Outcome } from './outcome.ts';

/** An incident of the other run, and the fingerprints of the alerts that both have. */
export interface Match {
  readonly incident: IncidentOutcome;
  readonly shared: readonly string[];
}

/** By id, the incidents of the other run that share alerts, most of them first. */
export type Matches = ReadonlyMap<string, readonly Match[]>;

/**
 * Matches the incidents of one run with those of another. An alert is the same when it began in the one between its first and
 * last start in the other: an alert that fires again may stay in one incident here and open a new one there.
 */
export function matchIncidents(ours: Outcome, theirs: Outcome): Matches {
  const spans = new Map<string, { readonly incident: IncidentOutcome; readonly span: AlertSpan }[]>();
  for (const incident of theirs.incidents.values()) for (const span of incident.alerts) listOf(spans, span.fingerprint).push({ incident, span });
  const matches = new Map<string, readonly Match[]>();
  for (const { id, alerts } of ours.incidents.values()) {
    const shared = new Map<string, { readonly incident: IncidentOutcome; readonly shared: string[] }>();
    for (const { fingerprint, from, to } of alerts) {
      for (const { incident, span } of spans.get(fingerprint) ?? []) {
        if (span.from > to || from > span.to) continue;
        const match = shared.get(incident.id) ?? { incident, shared: [] };
        match.shared.push(fingerprint);
        shared.set(incident.id, match);
      }
    }
    matches.set(
      id,
      [...shared.values()].sort((a, b) => b.shared.length - a.shared.length || compareText(a.incident.id, b.incident.id)),
    );
  }
  return matches;
}
