// What the engine remembers, and how a decision reads and changes it.

import type { AlertDocument, AlertState, Member } from '../model/alert.ts';
import type { Change } from '../model/change.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Evidence, Suppression, TimelineEntry } from '../model/evidence.ts';
import type { Incident } from '../model/incident.ts';
import type { Instant, Milliseconds } from '../model/time.ts';
import { type Edge, Topology } from '../model/topology.ts';
import { EMPTY_TOTALS, type Totals } from './ledger.ts';
import type { Policy } from './policy.ts';

/** An alert that ended in the ledger's account `failed` before it could become one. */
export interface FailedAlert {
  readonly at: Instant;
  readonly pointer: string;
  readonly detail: string;
  readonly raw: string;
}

/** A member of an incident as it now is; `joinedBecause` is given once, when it joins. */
export interface MemberChange {
  readonly incidentId: string;
  readonly member: Omit<Member, 'joinedBecause'>;
  readonly joinedBecause: readonly Evidence[] | null;
}

/** What decisions changed: records by key, as they now are. A null takes a record out of memory. */
export interface Changes {
  readonly clock: Instant;
  readonly totals: Totals;
  readonly longestRedelivery: Milliseconds;
  readonly alerts: ReadonlyMap<string, AlertState | null>;
  readonly incidents: ReadonlyMap<string, Incident>;
  readonly deliveries: ReadonlyMap<string, Delivery>;
  /** Incidents that leave memory with their deliveries, as they last were; the store keeps them. */
  readonly released: ReadonlySet<string>;
  readonly changes: ReadonlyMap<string, Change | null>;
  /** Null when they are as they were. */
  readonly putEdges: readonly Edge[] | null;
  /** What follows is written and not read again by any decision. */
  readonly documents: ReadonlyMap<string, AlertDocument | null>;
  readonly members: ReadonlyMap<string, MemberChange>;
  readonly timeline: readonly { readonly incidentId: string; readonly entry: TimelineEntry }[];
  readonly suppressions: readonly Suppression[];
  readonly failures: readonly FailedAlert[];
}

/** The records that the state is loaded from. */
export interface StateRecords {
  readonly clock: Instant;
  readonly totals: Totals;
  readonly longestRedelivery: Milliseconds;
  readonly alerts: Iterable<AlertState>;
  readonly incidents: Iterable<Incident>;
  readonly deliveries: Iterable<Delivery>;
  readonly changes: Iterable<Change>;
  readonly putEdges: readonly Edge[];
}

/** A shard's state in memory. Only `apply` changes it, and only with what has been committed. */
export class EngineState {
  clock: Instant = 0;
  totals: Totals = EMPTY_TOTALS;
  /** The longest time between two webhooks that spoke of one firing alert. */
  longestRedelivery: Milliseconds = 0;
  putEdges: readonly Edge[] = [];
  readonly alerts = new Map<string, AlertState>();
  readonly incidents = new Map<string, Incident>();
  readonly deliveries = new Map<string, Delivery>();
  readonly changes = new Map<string, Change>();
  readonly #incidentsByEntity = new Map<string, Set<string>>();
  readonly #alertsByIncident = new Map<string, Set<string>>();
  #graph: { readonly policy: Policy; readonly edges: readonly Edge[]; readonly topology: Topology } | null = null;

  /** Makes the state of stored records. */
  static of(records: StateRecords): EngineState {
    const state = new EngineState();
    state.clock = records.clock;
    state.totals = records.totals;
    state.longestRedelivery = records.longestRedelivery;
    state.putEdges = records.putEdges;
    for (const alert of records.alerts) state.#setAlert(alert.fingerprint, alert);
    for (const incident of records.incidents) state.#setIncident(incident.id, incident);
    for (const delivery of records.deliveries) state.deliveries.set(delivery.id, delivery);
    for (const change of records.changes) state.changes.set(change.id, change);
    return state;
  }

  /** The incidents in memory that an entity takes part in. */
  incidentsOn(entity: string): ReadonlySet<string> {
    return this.#incidentsByEntity.get(entity) ?? NONE;
  }

  /** The alerts whose present incident this is. */
  alertsIn(incidentId: string): ReadonlySet<string> {
    return this.#alertsByIncident.get(incidentId) ?? NONE;
  }

  /** The dependency graph in force: what the configuration declares, then what was put. */
  topology(policy: Policy, putEdges: readonly Edge[] = this.putEdges): Topology {
    if (this.#graph === null || this.#graph.policy !== policy || this.#graph.edges !== putEdges) {
      this.#graph = { policy, edges: putEdges, topology: new Topology([...policy.dependencies, ...putEdges]) };
    }
    return this.#graph.topology;
  }

  /** Takes over what has been committed. */
  apply(changes: Changes): void {
    this.clock = changes.clock;
    this.totals = changes.totals;
    this.longestRedelivery = changes.longestRedelivery;
    if (changes.putEdges !== null) this.putEdges = changes.putEdges;
    for (const [fingerprint, alert] of changes.alerts) this.#setAlert(fingerprint, alert);
    for (const [id, incident] of changes.incidents) this.#setIncident(id, incident);
    for (const [id, delivery] of changes.deliveries) this.deliveries.set(id, delivery);
    for (const id of changes.released) this.#release(id);
    for (const [id, change] of changes.changes) {
      if (change === null) this.changes.delete(id);
      else this.changes.set(id, change);
    }
  }

  #setAlert(fingerprint: string, alert: AlertState | null): void {
    const before = this.alerts.get(fingerprint)?.membership?.incidentId;
    const after = alert?.membership?.incidentId;
    if (before !== after) {
      if (before !== undefined) removeFrom(this.#alertsByIncident, before, fingerprint);
      if (after !== undefined) addTo(this.#alertsByIncident, after, fingerprint);
    }
    if (alert === null) this.alerts.delete(fingerprint);
    else this.alerts.set(fingerprint, alert);
  }

  #setIncident(id: string, incident: Incident): void {
    const before = this.incidents.get(id);
    if (before?.parts !== incident.parts) {
      for (const part of incident.parts) if (part.entity !== null) addTo(this.#incidentsByEntity, part.entity, id);
    }
    this.incidents.set(id, incident);
  }

  #release(id: string): void {
    const incident = this.incidents.get(id);
    if (incident === undefined) return;
    for (const part of incident.parts) if (part.entity !== null) removeFrom(this.#incidentsByEntity, part.entity, id);
    for (const deliveryId of incident.deliveryIds) this.deliveries.delete(deliveryId);
    this.incidents.delete(id);
  }
}

const NONE: ReadonlySet<string> = new Set();

function addTo(index: Map<string, Set<string>>, key: string, value: string): void {
  const set = index.get(key);
  if (set === undefined) index.set(key, new Set([value]));
  else set.add(value);
}

function removeFrom(index: Map<string, Set<string>>, key: string, value: string): void {
  const set = index.get(key);
  if (set?.delete(value) === true && set.size === 0) index.delete(key);
}
