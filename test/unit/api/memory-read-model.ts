// A read model over records in memory, as the tests write them.

import type { Listed, ListRange, ReadModel } from '../../../src/api/read-model.ts';
import { EMPTY_TOTALS, type Totals } from '../../../src/correlate/ledger.ts';
import type { FailedAlert } from '../../../src/correlate/state.ts';
import type { AlertDocument, AlertState, Member } from '../../../src/model/alert.ts';
import type { AuditEntry } from '../../../src/model/audit.ts';
import type { Bulletin } from '../../../src/model/bulletin.ts';
import type { Change } from '../../../src/model/change.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import type { Suppression, SuppressionReason, TimelineEntry } from '../../../src/model/evidence.ts';
import type { Incident } from '../../../src/model/incident.ts';
import type { IncidentEvent } from '../../../src/model/incident-event.ts';
import { compareText } from '../../../src/model/labels.ts';
import type { LabelEdge, LearnedEdgeRecord, LearnedRecord } from '../../../src/model/learned.ts';
import type { Severity } from '../../../src/model/severity.ts';
import type { Silence } from '../../../src/model/silence.ts';
import { presentHold } from '../../../src/model/suppression-document.ts';
import type { Edge } from '../../../src/model/topology.ts';

/** The records; a test may change them while it runs. */
export interface Records {
  incidents: Incident[];
  members: Record<string, Member[]>;
  documents: AlertDocument[];
  timeline: Record<string, TimelineEntry[]>;
  alerts: AlertState[];
  suppressions: Suppression[];
  totals: Totals;
  changes: Change[];
  silences: Silence[];
  learned: Record<string, LearnedRecord>;
  putEdges: Edge[];
  learnedEdges: (LabelEdge | LearnedEdgeRecord)[];
  deliveries: (Delivery | Bulletin)[];
  failures: FailedAlert[];
  audit: AuditEntry[];
  events: Listed<readonly IncidentEvent[]>[];
}

/** No records but those given. */
export function records(given: Partial<Records> = {}): Records {
  return {
    incidents: [],
    members: {},
    documents: [],
    timeline: {},
    alerts: [],
    suppressions: [],
    totals: EMPTY_TOTALS,
    changes: [],
    silences: [],
    learned: {},
    putEdges: [],
    learnedEdges: [],
    deliveries: [],
    failures: [],
    audit: [],
    events: [],
    ...given,
  };
}

/** Answers from the records as they are when asked. */
export function memoryReadModel(kept: Records): ReadModel {
  return {
    incident: async (id) => kept.incidents.find((incident) => incident.id === id) ?? null,
    incidents: async (range) => part(kept.incidents, (incident) => incident.id, range, -1),
    openIncidents: async () => {
      const counts = new Map<Severity, number>();
      for (const { status, severity } of kept.incidents) if (status !== 'resolved') counts.set(severity, (counts.get(severity) ?? 0) + 1);
      return counts;
    },
    members: async (ids) => new Map(ids.flatMap((id) => (kept.members[id] === undefined ? [] : [[id, kept.members[id]] as const]))),
    documents: async (fingerprints) =>
      new Map(kept.documents.filter(({ fingerprint }) => fingerprints.includes(fingerprint)).map((document) => [document.fingerprint, document])),
    timeline: async (id) => kept.timeline[id] ?? [],
    alert: async (fingerprint) => kept.alerts.find((alert) => alert.fingerprint === fingerprint) ?? null,
    alertsNamed: async (fingerprints) =>
      new Map(kept.alerts.filter(({ fingerprint }) => fingerprints.includes(fingerprint)).map((alert) => [alert.fingerprint, alert])),
    learned: async (keys) => new Map(keys.flatMap((key) => (kept.learned[key] === undefined ? [] : [[key, kept.learned[key]] as const]))),
    alerts: async (range) => part(kept.alerts, (alert) => alert.fingerprint, range, 1),
    holds: async () => {
      const counts = new Map<SuppressionReason, number>();
      for (const { hold } of kept.alerts) if (hold !== null) counts.set(hold.reason, (counts.get(hold.reason) ?? 0) + 1);
      return counts;
    },
    suppressions: async (range) => {
      const held = kept.alerts.flatMap((alert) => presentHold(alert) ?? []);
      // What lasts comes first: its positions are the highest.
      const position = ({ since, fingerprint, outcome }: Suppression) => `${outcome === 'held' ? 'now' : 'ended'} ${since} ${fingerprint}`;
      return part([...held, ...kept.suppressions], position, range, -1);
    },
    ledger: async () => kept.totals,
    change: async (id) => kept.changes.find((change) => change.id === id) ?? null,
    changes: async (range) => part(kept.changes, ({ at, id }) => `${at} ${id}`, range, -1),
    silence: async (id) => kept.silences.find((silence) => silence.id === id) ?? null,
    silences: async () => kept.silences,
    putEdges: async () => kept.putEdges,
    learnedEdges: async () => kept.learnedEdges,
    delivery: async (id) => kept.deliveries.find((delivery) => delivery.id === id) ?? null,
    deliveries: async (range) => part(kept.deliveries, (delivery) => delivery.id, range, -1),
    failures: async (range) => part(kept.failures, ({ at, pointer }) => `${at} ${pointer}`, range, -1),
    audit: async (range) => part(kept.audit, ({ at, action }) => `${at} ${action}`, range, -1),
    events: async (after, limit) => kept.events.filter(({ position }) => position > after).slice(0, limit),
    eventRange: async () => {
      const [first, last] = [kept.events[0], kept.events.at(-1)];
      return first === undefined || last === undefined ? null : { oldest: first.position, newest: last.position };
    },
  };
}

function part<T>(all: readonly T[], positionOf: (record: T) => string, { after, limit }: ListRange, direction: 1 | -1): readonly Listed<T>[] {
  return all
    .map((record) => ({ position: positionOf(record), record }))
    .sort((a, b) => direction * compareText(a.position, b.position))
    .filter(({ position }) => after === null || direction * compareText(position, after) > 0)
    .slice(0, limit);
}
