// What the engine remembers, and how a decision reads and changes it.

import type { AlertDocument, AlertState, MemberState } from '../model/alert.ts';
import type { AuditEntry } from '../model/audit.ts';
import type { Bulletin } from '../model/bulletin.ts';
import type { Change } from '../model/change.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Evidence, Suppression, TimelineEntry } from '../model/evidence.ts';
import type { Incident } from '../model/incident.ts';
import { compareText } from '../model/labels.ts';
import type { LearnedRecord } from '../model/learned.ts';
import { type CompiledSilence, compileSilence, type Silence } from '../model/silence.ts';
import type { Instant, Milliseconds } from '../model/time.ts';
import { type Edge, Topology } from '../model/topology.ts';
import { EntityNames } from './entity-names.ts';
import { EMPTY_TOTALS, type Totals } from './ledger.ts';
import { PartIndex } from './part-index.ts';
import type { Policy } from './policy.ts';
import { veiledEdges } from './veil.ts';

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
  readonly member: MemberState;
  readonly joinedBecause: readonly Evidence[] | null;
}

/** An alert's record goes from one incident to another, before members are written. */
export interface MemberMove {
  readonly from: string;
  readonly to: string;
  readonly fingerprint: string;
  /** Whether it has a record there already, whose reason stays. */
  readonly played: boolean;
  /** Why it is there when it had no reason of its own, as one that opened its incident has. */
  readonly because: readonly Evidence[];
}

/** What decisions changed: records by key, as they now are. A null takes a record out of memory. */
export interface Changes {
  readonly clock: Instant;
  readonly totals: Totals;
  readonly longestRedelivery: Milliseconds;
  readonly alerts: ReadonlyMap<string, AlertState | null>;
  readonly incidents: ReadonlyMap<string, Incident>;
  readonly deliveries: ReadonlyMap<string, Delivery>;
  readonly bulletins: ReadonlyMap<string, Bulletin | null>;
  /** Incidents that leave memory with their deliveries, as they last were; the store keeps them. */
  readonly released: ReadonlySet<string>;
  readonly changes: ReadonlyMap<string, Change | null>;
  readonly learned: ReadonlyMap<string, LearnedRecord | null>;
  readonly silences: ReadonlyMap<string, Silence | null>;
  /** Null when they are as they were. */
  readonly putEdges: readonly Edge[] | null;
  /** What follows is written and not read again by any decision. */
  readonly documents: ReadonlyMap<string, AlertDocument | null>;
  readonly members: ReadonlyMap<string, MemberChange>;
  readonly moves: readonly MemberMove[];
  readonly timeline: readonly { readonly incidentId: string; readonly entry: TimelineEntry }[];
  readonly suppressions: readonly Suppression[];
  readonly failures: readonly FailedAlert[];
  readonly audit: readonly AuditEntry[];
}

/** The records that the state is loaded from. */
export interface StateRecords {
  readonly clock: Instant;
  readonly totals: Totals;
  readonly longestRedelivery: Milliseconds;
  readonly alerts: Iterable<AlertState>;
  readonly incidents: Iterable<Incident>;
  readonly deliveries: Iterable<Delivery>;
  readonly bulletins: Iterable<Bulletin>;
  readonly changes: Iterable<Change>;
  readonly learned: Iterable<readonly [string, LearnedRecord]>;
  readonly silences: Iterable<Silence>;
  readonly putEdges: readonly Edge[];
}

/** A dependency graph and how it spells its entities. */
export interface Graph {
  readonly topology: Topology;
  readonly names: EntityNames;
}

/** A shard's state in memory. Only `apply` changes it, and only with what has been committed. */
export class EngineState {
  clock: Instant = 0;
  totals: Totals = EMPTY_TOTALS;
  /** The longest time between two webhooks that spoke of one firing alert. */
  longestRedelivery: Milliseconds = 0;
  putEdges: readonly Edge[] = [];
  readonly learned = new Map<string, LearnedRecord>();
  /** The dependencies that labels proved lately and those that were learned, by their ends. */
  learnedEdges: readonly Edge[] = [];
  readonly alerts = new Map<string, AlertState>();
  readonly incidents = new Map<string, Incident>();
  readonly deliveries = new Map<string, Delivery>();
  readonly bulletins = new Map<string, Bulletin>();
  readonly changes = new Map<string, Change>();
  readonly silences = new Map<string, CompiledSilence>();
  /** The incidents in memory by the entities and labels of their parts. */
  readonly index = new PartIndex();
  readonly #alertsByIncident = new Map<string, Set<string>>();
  readonly #alertsByMark = new Map<string, Set<string>>();
  readonly #heldByMark = new Map<string, Set<string>>();
  #base: { readonly policy: Policy; readonly edges: readonly Edge[]; readonly topology: Topology; readonly names: EntityNames } | null = null;
  #graph: (Graph & { readonly learnedEdges: readonly Edge[] }) | null = null;

  /** Makes the state of stored records. */
  static of(records: StateRecords): EngineState {
    const state = new EngineState();
    state.clock = records.clock;
    state.totals = records.totals;
    state.longestRedelivery = records.longestRedelivery;
    state.putEdges = records.putEdges;
    for (const [key, record] of records.learned) state.learned.set(key, record);
    state.learnedEdges = learnedEdgesOf(state.learned);
    for (const alert of records.alerts) state.#setAlert(alert.fingerprint, alert);
    for (const incident of records.incidents) state.#setIncident(incident.id, incident);
    for (const delivery of records.deliveries) state.deliveries.set(delivery.id, delivery);
    for (const bulletin of records.bulletins) state.bulletins.set(bulletin.id, bulletin);
    for (const change of records.changes) state.changes.set(change.id, change);
    for (const silence of records.silences) state.silences.set(silence.id, compileSilence(silence));
    return state;
  }

  /** The alerts whose present incident this is. */
  alertsIn(incidentId: string): ReadonlySet<string> {
    return this.#alertsByIncident.get(incidentId) ?? NONE;
  }

  /** The alerts that carry a mark, and those that are held back depending on one. */
  alertsWith(mark: string): ReadonlySet<string> {
    return this.#alertsByMark.get(mark) ?? NONE;
  }

  heldOn(mark: string): ReadonlySet<string> {
    return this.#heldByMark.get(mark) ?? NONE;
  }

  /** The dependency graph in force: what the configuration declares, what was put, then what labels prove. */
  graph(policy: Policy, putEdges: readonly Edge[] = this.putEdges, learnedEdges: readonly Edge[] = this.learnedEdges): Graph {
    if (this.#base === null || this.#base.policy !== policy || this.#base.edges !== putEdges) {
      const all = [...policy.dependencies, ...putEdges];
      const names = new EntityNames({ declared: all.flatMap(({ from, to }) => [from, to]), configured: policy.entityKinds, aliases: policy.aliases });
      this.#base = { policy, edges: putEdges, topology: new Topology(veiledEdges(all, policy.redaction)), names };
      this.#graph = null;
    }
    if (this.#graph === null || this.#graph.learnedEdges !== learnedEdges) {
      const { topology, names } = this.#base;
      this.#graph = { learnedEdges, names, topology: learnedEdges.length === 0 ? topology : new Topology(learnedEdges, topology) };
    }
    return this.#graph;
  }

  /** Takes over what has been committed. */
  apply(changes: Changes): void {
    this.clock = changes.clock;
    this.totals = changes.totals;
    this.longestRedelivery = changes.longestRedelivery;
    let edges = false;
    for (const [key, record] of changes.learned) {
      // Of an edge that labels prove only the time changes; one that was learned may be surer now.
      edges ||= isEdgeKey(key) && (record === null || key.startsWith('g ') || !this.learned.has(key));
      if (record === null) this.learned.delete(key);
      else this.learned.set(key, record);
    }
    if (edges) this.learnedEdges = learnedEdgesOf(this.learned);
    if (changes.putEdges !== null) this.putEdges = changes.putEdges;
    for (const [fingerprint, alert] of changes.alerts) this.#setAlert(fingerprint, alert);
    for (const [id, incident] of changes.incidents) this.#setIncident(id, incident);
    for (const [id, delivery] of changes.deliveries) this.deliveries.set(id, delivery);
    for (const [id, bulletin] of changes.bulletins) {
      if (bulletin === null) this.bulletins.delete(id);
      else this.bulletins.set(id, bulletin);
    }
    for (const id of changes.released) this.#release(id);
    for (const [id, change] of changes.changes) {
      if (change === null) this.changes.delete(id);
      else this.changes.set(id, change);
    }
    for (const [id, silence] of changes.silences) {
      if (silence === null) this.silences.delete(id);
      else this.silences.set(id, compileSilence(silence));
    }
  }

  #setAlert(fingerprint: string, alert: AlertState | null): void {
    const before = this.alerts.get(fingerprint)?.membership?.incidentId;
    const after = alert?.membership?.incidentId;
    if (before !== after) {
      if (before !== undefined) removeFrom(this.#alertsByIncident, before, fingerprint);
      if (after !== undefined) addTo(this.#alertsByIncident, after, fingerprint);
    }
    this.#indexMarks(fingerprint, this.alerts.get(fingerprint), alert);
    if (alert === null) this.alerts.delete(fingerprint);
    else this.alerts.set(fingerprint, alert);
  }

  #indexMarks(fingerprint: string, before: AlertState | undefined, after: AlertState | null): void {
    if (before?.marks !== after?.marks) {
      for (const mark of before?.marks ?? []) removeFrom(this.#alertsByMark, mark, fingerprint);
      for (const mark of after?.marks ?? []) addTo(this.#alertsByMark, mark, fingerprint);
    }
    if (before?.hold?.conditions === after?.hold?.conditions) return;
    for (const mark of watchedMarks(before)) removeFrom(this.#heldByMark, mark, fingerprint);
    for (const mark of watchedMarks(after)) addTo(this.#heldByMark, mark, fingerprint);
  }

  #setIncident(id: string, incident: Incident): void {
    this.index.update(id, this.incidents.get(id)?.parts ?? [], incident.parts);
    this.incidents.set(id, incident);
  }

  #release(id: string): void {
    const incident = this.incidents.get(id);
    if (incident === undefined) return;
    this.index.remove(id, incident.parts);
    for (const deliveryId of incident.deliveryIds) this.deliveries.delete(deliveryId);
    this.incidents.delete(id);
  }
}

/** The marks that a hold of an alert depends on. */
export function watchedMarks(alert: AlertState | null | undefined): readonly string[] {
  const conditions = alert?.hold?.conditions ?? null;
  if (conditions === null) return [];
  return [conditions.when, conditions.unless].flatMap((condition) => condition?.mark ?? []);
}

const NONE: ReadonlySet<string> = new Set();

function isEdgeKey(key: string): boolean {
  return key.startsWith('e ') || key.startsWith('g ');
}

function learnedEdgesOf(learned: ReadonlyMap<string, LearnedRecord>): readonly Edge[] {
  const edges: Edge[] = [];
  for (const [key, record] of learned) {
    if (isEdgeKey(key) && 'from' in record) edges.push(record);
  }
  return sortedEdges(edges);
}

/** Edges by their ends, so that no decision rests on the order in which they were seen. Sorts in place. */
export function sortedEdges(edges: Edge[]): readonly Edge[] {
  return edges.sort((a, b) => compareText(a.from, b.from) || compareText(a.to, b.to));
}

function addTo<K>(index: Map<K, Set<string>>, key: K, value: string): void {
  const set = index.get(key);
  if (set === undefined) index.set(key, new Set([value]));
  else set.add(value);
}

function removeFrom<K>(index: Map<K, Set<string>>, key: K, value: string): void {
  const set = index.get(key);
  if (set?.delete(value) === true && set.size === 0) index.delete(key);
}
