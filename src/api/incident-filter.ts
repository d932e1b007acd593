// Which incidents a client asks for.

import type { Incident, IncidentStatus } from '../model/incident.ts';
import type { Labels } from '../model/labels.ts';
import { type Matcher, matchesAll } from '../model/matcher.ts';
import type { Domain, Severity } from '../model/severity.ts';
import type { Instant } from '../model/time.ts';

/** Conditions that an incident has to fulfil all of; null and an empty list ask for nothing. */
export interface IncidentFilter {
  readonly status: readonly IncidentStatus[];
  readonly severity: readonly Severity[];
  /** The incident reaches into one of these. */
  readonly domain: readonly Domain[];
  /** One of the incident's alerts fulfils all of these. */
  readonly matchers: readonly Matcher[];
  /** `startsAt` is at or after this. */
  readonly since: Instant | null;
  /** `startsAt` is before this. */
  readonly until: Instant | null;
}

/** Whether the incident fulfils the filter, as far as that shows without its alerts. */
export function fulfils(filter: IncidentFilter, incident: Incident): boolean {
  return (
    isOneOf(filter.status, incident.status) &&
    isOneOf(filter.severity, incident.severity) &&
    (filter.domain.length === 0 || incident.domains.some((domain) => filter.domain.includes(domain))) &&
    (filter.since === null || incident.startsAt >= filter.since) &&
    (filter.until === null || incident.startsAt < filter.until)
  );
}

/** Whether one of the alerts of an incident, given by their labels, fulfils all matchers. */
export function someAlertMatches(filter: IncidentFilter, alerts: readonly Labels[]): boolean {
  return filter.matchers.length === 0 || alerts.some((labels) => matchesAll(filter.matchers, labels));
}

/** Whether neither this incident nor any that opened before it can fulfil the filter: none starts after it opened. */
export function liesBefore(filter: IncidentFilter, incident: Incident): boolean {
  return filter.since !== null && incident.openedAt < filter.since;
}

function isOneOf<T>(allowed: readonly T[], value: T): boolean {
  return allowed.length === 0 || allowed.includes(value);
}
