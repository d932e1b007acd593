// An overlay over the state: decisions read and write here, and nothing is changed until it is applied.

import type { AlertDocument, AlertState, Member } from '../model/alert.ts';
import type { Change } from '../model/change.ts';
import type { Delivery, NotificationKind } from '../model/delivery.ts';
import type { Evidence, Suppression, TimelineEntry } from '../model/evidence.ts';
import type { Incident } from '../model/incident.ts';
import type { Instant, Milliseconds } from '../model/time.ts';
import type { Edge, Topology } from '../model/topology.ts';
import type { Timer } from './event.ts';
import { Ledger } from './ledger.ts';
import type { Policy } from './policy.ts';
import type { Changes, EngineState, FailedAlert, MemberChange } from './state.ts';

/** A message to hand to a sender once the decision is committed. */
export interface DeliverEffect {
  readonly deliveryId: string;
  readonly seq: number;
  readonly kind: NotificationKind;
  readonly at: Instant;
}

/** What one event did to an incident, for the steps that come after all of its alerts. */
export interface Touch {
  /** Whether the incident got a new version by it. */
  versioned: boolean;
  /** Whether its causes are to be ranked anew. */
  spread: boolean;
}

/** The overlay that one turn of decisions works on. */
export class Draft {
  clock: Instant;
  longestRedelivery: Milliseconds;
  readonly ledger: Ledger;
  readonly effects: DeliverEffect[] = [];
  /** Timers asked for and not yet taken by the shell. */
  readonly timers: Timer[] = [];
  /** The incidents that the present event touched. */
  readonly touched = new Map<string, Touch>();
  readonly #state: EngineState;
  readonly #alerts = new Map<string, AlertState | null>();
  readonly #incidents = new Map<string, Incident>();
  readonly #deliveries = new Map<string, Delivery>();
  readonly #released = new Set<string>();
  readonly #changes = new Map<string, Change | null>();
  readonly #documents = new Map<string, AlertDocument | null>();
  readonly #members = new Map<string, MemberChange>();
  readonly #timeline: { incidentId: string; entry: TimelineEntry }[] = [];
  readonly #suppressions: Suppression[] = [];
  readonly #failures: FailedAlert[] = [];
  readonly #onEntity = new Map<string, Set<string>>();
  #putEdges: readonly Edge[] | null = null;

  constructor(state: EngineState) {
    this.#state = state;
    this.clock = state.clock;
    this.longestRedelivery = state.longestRedelivery;
    this.ledger = new Ledger(state.totals);
  }

  alert(fingerprint: string): AlertState | undefined {
    const changed = this.#alerts.get(fingerprint);
    return changed === undefined ? this.#state.alerts.get(fingerprint) : (changed ?? undefined);
  }

  setAlert(alert: AlertState): void {
    this.#alerts.set(alert.fingerprint, alert);
  }

  /** Forgets an alert; what it says is forgotten too, unless an incident shows it. */
  forgetAlert(alert: AlertState): void {
    this.#alerts.set(alert.fingerprint, null);
    if (alert.membership === null) this.#documents.set(alert.fingerprint, null);
  }

  incident(id: string): Incident | undefined {
    return this.#released.has(id) ? undefined : (this.#incidents.get(id) ?? this.#state.incidents.get(id));
  }

  setIncident(incident: Incident): void {
    const before = this.incident(incident.id);
    this.#incidents.set(incident.id, incident);
    if (before?.parts === incident.parts) return;
    for (const part of incident.parts) {
      if (part.entity === null) continue;
      const known = this.#onEntity.get(part.entity);
      if (known === undefined) this.#onEntity.set(part.entity, new Set([incident.id]));
      else known.add(incident.id);
    }
  }

  /** Takes an incident and its deliveries out of memory; the store keeps them. */
  letGo(incident: Incident): void {
    this.#released.add(incident.id);
  }

  /** The incidents in memory that an entity takes part in; each once. */
  *incidentsOn(entity: string): Generator<Incident> {
    const stored = this.#state.incidentsOn(entity);
    for (const id of stored) {
      const incident = this.incident(id);
      if (incident !== undefined) yield incident;
    }
    for (const id of this.#onEntity.get(entity) ?? []) {
      if (stored.has(id)) continue;
      const incident = this.incident(id);
      if (incident !== undefined) yield incident;
    }
  }

  /** The alerts whose present incident this is, sorted by fingerprint. */
  alertsIn(incidentId: string): AlertState[] {
    const found = new Map<string, AlertState>();
    for (const fingerprint of this.#state.alertsIn(incidentId)) {
      const alert = this.alert(fingerprint);
      if (alert?.membership?.incidentId === incidentId) found.set(fingerprint, alert);
    }
    for (const [fingerprint, alert] of this.#alerts) {
      if (alert?.membership?.incidentId === incidentId) found.set(fingerprint, alert);
    }
    return [...found.values()].sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
  }

  /** Has what is owed about an incident reckoned anew after the present event, without a new version of it. */
  reconsider(incidentId: string): void {
    if (!this.touched.has(incidentId)) this.touched.set(incidentId, { versioned: false, spread: false });
  }

  delivery(id: string): Delivery | undefined {
    return this.#deliveries.get(id) ?? this.#state.deliveries.get(id);
  }

  setDelivery(delivery: Delivery): void {
    this.#deliveries.set(delivery.id, delivery);
  }

  /** The deliveries of an incident, in the order in which its destinations came. */
  deliveriesOf(incident: Incident): Delivery[] {
    const found: Delivery[] = [];
    for (const id of incident.deliveryIds) {
      const delivery = this.delivery(id);
      if (delivery !== undefined) found.push(delivery);
    }
    return found;
  }

  setChange(change: Change): void {
    this.#changes.set(change.id, change);
  }

  forgetChange(id: string): void {
    this.#changes.set(id, null);
  }

  /** The recent changes in memory, in no order. */
  *recentChanges(): Generator<Change> {
    for (const [id, change] of this.#state.changes) if (!this.#changes.has(id)) yield change;
    for (const change of this.#changes.values()) if (change !== null) yield change;
  }

  setEdges(edges: readonly Edge[]): void {
    this.#putEdges = edges;
  }

  topology(policy: Policy): Topology {
    return this.#state.topology(policy, this.#putEdges ?? this.#state.putEdges);
  }

  setDocument(document: AlertDocument): void {
    this.#documents.set(document.fingerprint, document);
  }

  /** Writes a member; `joinedBecause` is null unless it joins just now. */
  setMember(incidentId: string, member: Omit<Member, 'joinedBecause'>, joinedBecause: readonly Evidence[] | null): void {
    const key = `${incidentId}/${member.fingerprint}`;
    const reasons = joinedBecause ?? this.#members.get(key)?.joinedBecause ?? null;
    this.#members.set(key, { incidentId, member, joinedBecause: reasons });
  }

  record(incidentId: string, entry: TimelineEntry): void {
    this.#timeline.push({ incidentId, entry });
  }

  suppress(suppression: Suppression): void {
    this.#suppressions.push(suppression);
  }

  fail(failure: FailedAlert): void {
    this.#failures.push(failure);
  }

  /** What the turn changed so far. */
  changes(): Changes {
    return {
      clock: this.clock,
      totals: this.ledger.totals(),
      longestRedelivery: this.longestRedelivery,
      alerts: this.#alerts,
      incidents: this.#incidents,
      deliveries: this.#deliveries,
      released: this.#released,
      changes: this.#changes,
      putEdges: this.#putEdges,
      documents: this.#documents,
      members: this.#members,
      timeline: this.#timeline,
      suppressions: this.#suppressions,
      failures: this.#failures,
    };
  }
}
