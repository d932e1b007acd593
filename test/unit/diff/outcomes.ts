// Outcomes of runs for the tests, from literals.

import type { IncidentOutcome, Outcome } from '../../../src/cli/diff/outcome.ts';
import type { Notification } from '../../../src/cli/replay/archive.ts';
import type { Suppression } from '../../../src/model/evidence.ts';

/** An instant on 2026-03-01. */
export function at(time: string): number {
  return Date.parse(`2026-03-01T${time}:00Z`);
}

/** What a test says of an incident. */
export interface Said extends Partial<Omit<IncidentOutcome, 'alerts' | 'pages' | 'triggers'>> {
  /** Fingerprints, each with its first and last start: `a 10:00` or `a 10:00 10:30`. */
  readonly alerts: readonly string[];
  /** When a page was sent to `oncall`. */
  readonly paged?: string;
  /** When a message was sent to the receiver `chat`. */
  readonly told?: string;
}

/** An incident that opened when its first alert began. */
export function incident(id: string, { alerts, paged, told, ...given }: Said): IncidentOutcome {
  const spans = alerts.map((text) => {
    const [fingerprint = '', from = '', to = from] = text.split(' ');
    return { fingerprint, from: at(from), to: at(to), occurrences: 1, joinedBecause: [] };
  });
  const pages = paged === undefined ? [] : [message(id, paged, 'oncall', 'pagerduty')];
  const others = told === undefined ? [] : [message(id, told, 'chat', 'slack')];
  return {
    id,
    title: `${id} is down`,
    severity: 'critical',
    openedAt: Math.min(...spans.map(({ from }) => from)),
    receivers: ['chat', 'oncall'],
    alerts: spans,
    triggers: [...pages, ...others].sort((x, y) => x.at - y.at),
    pages,
    digested: false,
    acted: false,
    untold: [],
    ...given,
  };
}

function message(id: string, time: string, receiver: string, integration: string): Notification {
  return { at: at(time), incidentId: id, incidentIds: [id], receiver, integration, kind: 'trigger', severity: 'critical' };
}

/** A run of these incidents. */
export function outcome(...incidents: readonly IncidentOutcome[]): Outcome {
  return {
    incidents: new Map(incidents.map((each) => [each.id, each])),
    messages: incidents.reduce((sum, { triggers }) => sum + triggers.length, 0),
    pages: incidents.reduce((sum, { pages }) => sum + pages.length, 0),
    elsewhere: [],
  };
}

/** A decision not to tell of an alert of an incident. */
export function untold(fingerprint: string, reason: Suppression['reason'], rule: string | null = null): Suppression {
  const evidence = [{ kind: reason, summary: 'clears by itself' }];
  return { fingerprint, startsAt: '', incidentId: null, reason, rule, since: 0, until: 0, outcome: 'untold', evidence };
}
