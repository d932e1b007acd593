// How an incident is written as JSON, for the API and for `winnow replay` alike.

import type { components } from '../generated/openapi.d.ts';
import type { AlertDocument, AlertState, Member } from './alert.ts';
import type { Incident } from './incident.ts';
import { compareText, labelsToObject } from './labels.ts';
import { compareTimestamps, formatInstant, type Instant } from './time.ts';

/** The JSON of an incident, as `openapi/winnow.yaml` describes it. */
export type IncidentDocument = components['schemas']['Incident'];

/** The JSON of an alert as its incident keeps it. */
export type IncidentAlertDocument = components['schemas']['IncidentAlert'];

/** An alert of an incident with what it says. */
export interface DocumentedMember {
  readonly member: Member;
  readonly document: AlertDocument;
  /** The alert as it now is; left out when that is not known, or it plays its part in another incident. */
  readonly alert?: AlertState | null;
}

/** What the JSON of an incident is made of. */
export interface IncidentParts {
  readonly incident: Incident;
  /** In any order. */
  readonly alerts: readonly DocumentedMember[];
  /** How many alerts to write, the earliest; by default all. */
  readonly cap?: number;
}

/** Orders the alerts of an incident: by their first start there, then by fingerprint. For `sort`. */
export function compareMembers(a: Member, b: Member): number {
  return compareTimestamps(a.startsAt, b.startsAt) || compareText(a.fingerprint, b.fingerprint);
}

/** Writes an incident as JSON: times in UTC, alerts by first start. */
export function incidentDocument({ incident, alerts, cap = Number.POSITIVE_INFINITY }: IncidentParts): IncidentDocument {
  const shown = [...alerts].sort((a, b) => compareMembers(a.member, b.member)).slice(0, cap);
  return {
    id: incident.id,
    status: incident.status,
    severity: incident.severity,
    title: incident.title,
    startsAt: formatInstant(incident.startsAt),
    updatedAt: formatInstant(incident.updatedAt),
    resolvedAt: formatOptional(incident.resolvedAt),
    acknowledgedAt: formatOptional(incident.acknowledgedAt),
    acknowledgedBy: incident.acknowledgedBy,
    snoozedUntil: incident.status === 'resolved' ? null : formatOptional(incident.snoozedUntil),
    snoozedBy: incident.status === 'resolved' ? null : incident.snoozedBy,
    mergedInto: incident.mergedInto,
    domains: [...incident.domains],
    alertCount: incident.alertCount,
    receivers: [...incident.receivers],
    alerts: shown.map(alertOfIncident),
    rootCauses: incident.rootCauses.map(({ rank, score, entity, fingerprint, changeId, evidence }) => ({
      rank,
      score,
      entity,
      fingerprint,
      changeId,
      evidence: [...evidence],
    })),
  };
}

function alertOfIncident({ member, document, alert }: DocumentedMember): IncidentAlertDocument {
  return {
    fingerprint: member.fingerprint,
    status: member.status,
    labels: labelsToObject(document.labels),
    annotations: labelsToObject(document.annotations),
    links: { ...document.links },
    startsAt: member.startsAt.text,
    endsAt: member.endsAt?.text ?? null,
    entity: member.entity,
    domain: member.domain,
    lastStartsAt: member.lastStartsAt.text,
    source: document.source,
    occurrences: member.occurrences,
    flapping: (alert?.flapping ?? null) !== null,
    held: (alert?.hold ?? null) !== null,
    joinedBecause: [...member.joinedBecause],
  };
}

/** Writes an instant as RFC 3339 in UTC, and null as null. */
export function formatOptional(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant);
}
