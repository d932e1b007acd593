// Documents as the API answers them, for tests of the web page.

import type { Delivery, Incident, IncidentAlert, RootCause, Suppression, TimelineEntry } from '../../../web/api.ts';

/** Noon of the tests' day, in milliseconds since 1970. */
export const NOON = Date.parse('2026-03-01T12:00:00Z');

/** An alert of an incident that fires since 11:48. */
export function alert(given: Partial<IncidentAlert> = {}): IncidentAlert {
  return {
    fingerprint: '791cec13fcba0368',
    status: 'firing',
    labels: { alertname: 'DiskFailing', node: 'gpu-7', severity: 'critical' },
    annotations: { summary: 'Disk of gpu-7 is failing' },
    links: {},
    startsAt: '2026-03-01T11:48:00Z',
    endsAt: null,
    entity: 'node/gpu-7',
    domain: 'infra',
    lastStartsAt: '2026-03-01T11:48:00Z',
    source: 'alertmanager',
    occurrences: 1,
    flapping: false,
    held: false,
    joinedBecause: [],
    ...given,
  };
}

/** A likely cause. */
export function cause(given: Partial<RootCause> = {}): RootCause {
  return {
    rank: 1,
    score: 0.71,
    entity: 'node/gpu-7',
    fingerprint: '791cec13fcba0368',
    changeId: null,
    evidence: [{ kind: 'precedence', summary: 'first to fire, 40 s before the next', value: 40 }],
    ...given,
  };
}

/** An open incident of one alert. */
export function incident(given: Partial<Incident> = {}): Incident {
  return {
    id: '01KJMSEG0058H9CPQHM6CY8Q3T',
    status: 'open',
    severity: 'critical',
    title: 'DiskFailing on node/gpu-7',
    startsAt: '2026-03-01T11:48:00Z',
    updatedAt: '2026-03-01T11:50:00Z',
    resolvedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    snoozedUntil: null,
    snoozedBy: null,
    mergedInto: null,
    domains: ['infra'],
    alertCount: 1,
    receivers: ['ml-oncall'],
    alerts: [alert()],
    rootCauses: [cause()],
    ...given,
  };
}

/** A decision. */
export function entry(given: Partial<TimelineEntry> = {}): TimelineEntry {
  return { at: '2026-03-01T11:48:00Z', kind: 'opened', summary: 'DiskFailing on node/gpu-7 opened it', evidence: [], fingerprint: null, by: null, ...given };
}

/** What is told to a channel. */
export function delivery(given: Partial<Delivery> = {}): Delivery {
  return {
    id: '01KJMSEG0058H9CPQHM6CY8Q3T~slack/#ml-alerts/3f2a9c1b',
    incidentId: '01KJMSEG0058H9CPQHM6CY8Q3T',
    destination: 'slack/#ml-alerts/3f2a9c1b',
    integration: 'slack',
    receivers: ['ml-oncall'],
    status: 'sent',
    createdAt: '2026-03-01T11:48:00Z',
    sentAt: '2026-03-01T11:48:10Z',
    due: null,
    lastError: null,
    ...given,
  };
}

/** Something that is held back. */
export function suppression(given: Partial<Suppression> = {}): Suppression {
  return {
    fingerprint: '791cec13fcba0368',
    startsAt: '2026-03-01T11:58:00Z',
    labels: { alertname: 'DiskFailing', node: 'gpu-7' },
    incidentId: '01KJMSEG0058H9CPQHM6CY8Q3T',
    reason: 'transient',
    rule: null,
    since: '2026-03-01T11:58:00Z',
    until: '2026-03-01T12:04:00Z',
    outcome: 'held',
    evidence: [{ kind: 'clears-by-itself', summary: '97 % of its own episodes cleared within 6 min', value: 0.86, threshold: 0.33, observations: 31 }],
    ...given,
  };
}

/** What is left to read when the tags are taken out; it says nothing about safety. */
export function textOf({ markup }: { readonly markup: string }): string {
  return markup
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, ' ')
    .trim();
}
