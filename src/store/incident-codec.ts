// How incidents stand in Redis: as objects, their parts as the values of their fields.

import { type EntityPart, type Incident, NOT_MUTED } from '../model/incident.ts';
import type { Domain, Severity, Symptom } from '../model/severity.ts';
import type { Instant, Milliseconds } from '../model/time.ts';
import { decodeFields, encodeFields } from './record-codec.ts';

type PartFields = readonly [
  entity: string | null,
  domain: Domain,
  severity: Severity,
  firstAt: Instant,
  /** After the first onset. */
  lastAfter: Milliseconds,
  fingerprint: string,
  rule: string,
  alerts: number,
  firing: number,
  endedAt: Instant | null,
  rate: number,
  slow: 0 | 1,
  symptom: Symptom,
  resolution: Milliseconds,
  labels: readonly number[],
  others: 0 | 1,
];

type IncidentFields = readonly [incident: Omit<Incident, 'parts'>, parts: readonly PartFields[]];

/** Writes an incident. */
export function encodeIncident({ parts, ...incident }: Incident): string {
  return encodeFields([incident, parts.map(fieldsOf)] satisfies IncidentFields);
}

/** Reads an incident. */
export function decodeIncident(text: string): Incident {
  return decodeFields(
    text,
    ([incident, parts]: IncidentFields) => ({ ...defaultsOf(incident), ...incident, parts: parts.map(partOf) }),
    (stored: Incident) => ({ ...defaultsOf(stored), ...stored }),
  );
}

/** What older records lack: of before there were holds, when everything was told, and of before people could snooze, split and correct. */
function defaultsOf({
  openedAt,
}: Pick<Incident, 'openedAt'>): Pick<
  Incident,
  'held' | 'hush' | 'audibleAt' | 'calmAt' | 'shownVersion' | 'minorVersion' | 'snoozedUntil' | 'snoozedBy' | 'feedback' | 'apartFrom' | 'mutedUpstream'
> {
  return {
    held: 0,
    hush: null,
    audibleAt: openedAt,
    calmAt: null,
    shownVersion: 0,
    minorVersion: 0,
    snoozedUntil: null,
    snoozedBy: null,
    feedback: [],
    apartFrom: [],
    mutedUpstream: NOT_MUTED,
  };
}

function fieldsOf(part: EntityPart): PartFields {
  const { entity, domain, severity, firstAt, lastAt, fingerprint, rule, alerts, firing, endedAt, rate, slow, symptom, resolution, labels, others } = part;
  return [
    entity,
    domain,
    severity,
    firstAt,
    lastAt - firstAt,
    fingerprint,
    rule,
    alerts,
    firing,
    endedAt,
    rate,
    slow ? 1 : 0,
    symptom,
    resolution,
    labels,
    others === true ? 1 : 0,
  ];
}

function partOf(fields: PartFields): EntityPart {
  const [entity, domain, severity, firstAt, lastAfter, fingerprint, rule, alerts, firing, endedAt, rate, slow, symptom, resolution, labels, others] = fields;
  const part = {
    entity,
    domain,
    severity,
    firstAt,
    lastAt: firstAt + lastAfter,
    fingerprint,
    rule,
    alerts,
    firing,
    endedAt,
    rate,
    slow: slow === 1,
    symptom,
    resolution,
    labels,
  };
  return others === 1 ? { ...part, others: true } : part;
}
