// What the API needs of whatever keeps the records. Every method rejects with `ServiceUnavailable`
// when they cannot be read now.

import type { Totals } from '../correlate/ledger.ts';
import type { FailedAlert } from '../correlate/state.ts';
import type { AlertDocument, AlertState, Member } from '../model/alert.ts';
import type { AuditEntry } from '../model/audit.ts';
import type { Bulletin } from '../model/bulletin.ts';
import type { Change } from '../model/change.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Suppression, SuppressionReason, TimelineEntry } from '../model/evidence.ts';
import type { Incident } from '../model/incident.ts';
import type { IncidentEvent } from '../model/incident-event.ts';
import type { LabelEdge, LearnedEdgeRecord, LearnedRecord } from '../model/learned.ts';
import type { Severity } from '../model/severity.ts';
import type { Silence } from '../model/silence.ts';
import type { Edge } from '../model/topology.ts';

/** A record of a list, and where in the list it stands. */
export interface Listed<T> {
  /** A text that stays this record's own while others come and go, at most 1,000 characters. */
  readonly position: string;
  readonly record: T;
}

/** Which part of a list is wanted. */
export interface ListRange {
  /** The position that the part begins behind, whether its record is still there or not; null for the list's beginning. */
  readonly after: string | null;
  /** At most so many records; fewer mean that the list ends with them. */
  readonly limit: number;
}

/** The records as committed. */
export interface ReadModel {
  /** The incident, or null when there is none. */
  incident(id: string): Promise<Incident | null>;
  /** Incidents by id, the newest first; their ids are their positions. */
  incidents(range: ListRange): Promise<readonly Listed<Incident>[]>;
  /** How many incidents are not resolved, by severity; one that is left out counts as 0. */
  openIncidents(): Promise<ReadonlyMap<Severity, number>>;
  /** The alerts of each of the incidents, in any order; an incident without any may be left out. */
  members(incidentIds: readonly string[]): Promise<ReadonlyMap<string, readonly Member[]>>;
  /** What the alerts with these fingerprints say; one that is not known is left out. */
  documents(fingerprints: readonly string[]): Promise<ReadonlyMap<string, AlertDocument>>;
  /** The decisions about an incident, oldest first. */
  timeline(incidentId: string): Promise<readonly TimelineEntry[]>;
  /** The alert with the fingerprint, or null when there is none. */
  alert(fingerprint: string): Promise<AlertState | null>;
  /** Those of the alerts with these fingerprints that are remembered. */
  alertsNamed(fingerprints: readonly string[]): Promise<ReadonlyMap<string, AlertState>>;
  /** What is learned under these keys (`learnedKey`); what nothing is known of is left out. */
  learned(keys: readonly string[]): Promise<ReadonlyMap<string, LearnedRecord>>;
  /** Alerts by fingerprint; their fingerprints are their positions. */
  alerts(range: ListRange): Promise<readonly Listed<AlertState>[]>;
  /** How many alerts are held back, by reason; one that is left out counts as 0. */
  holds(): Promise<ReadonlyMap<SuppressionReason, number>>;
  /** What is held back now, then the suppressions that ended lately; of both, those that began or ended last first. */
  suppressions(range: ListRange): Promise<readonly Listed<Suppression>[]>;
  /** The accounts of the ledger, all from the same commit. */
  ledger(): Promise<Totals>;
  /** The change with the id, or null when there is none. */
  change(id: string): Promise<Change | null>;
  /** Changes, the latest `at` first. */
  changes(range: ListRange): Promise<readonly Listed<Change>[]>;
  /** The silence with the id, or null when there is none. */
  silence(id: string): Promise<Silence | null>;
  /** All silences that are kept, in no order. */
  silences(): Promise<readonly Silence[]>;
  /** The edges that were last put by REST. */
  putEdges(): Promise<readonly Edge[]>;
  /** The edges that labels prove and those that were learned, in no order. */
  learnedEdges(): Promise<readonly (LabelEdge | LearnedEdgeRecord)[]>;
  /** The delivery or bulletin with the id, or null when there is none. */
  delivery(id: string): Promise<Delivery | Bulletin | null>;
  /** Bulletins, then deliveries, those of the newest incident first; their ids, which fall, are their positions. */
  deliveries(range: ListRange): Promise<readonly Listed<Delivery | Bulletin>[]>;
  /** Alerts that could not be understood, the latest first. */
  failures(range: ListRange): Promise<readonly Listed<FailedAlert>[]>;
  /** What people and tokens changed, the latest first. */
  audit(range: ListRange): Promise<readonly Listed<AuditEntry>[]>;
  /** What was committed behind a position, oldest first. */
  events(after: string, limit: number): Promise<readonly Listed<readonly IncidentEvent[]>[]>;
  /** The positions of the oldest and the newest events that are kept; null when there are none. */
  eventRange(): Promise<{ readonly oldest: string; readonly newest: string } | null>;
}
