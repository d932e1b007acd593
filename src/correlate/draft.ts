// An overlay over the state: decisions read and write here, and nothing is changed until it is applied.

import type { AlertDocument, AlertState, MemberState } from '../model/alert.ts';
import type { AuditEntry } from '../model/audit.ts';
import type { Bulletin } from '../model/bulletin.ts';
import type { Change } from '../model/change.ts';
import type { Delivery, NotificationKind } from '../model/delivery.ts';
import type { Evidence, Suppression, TimelineEntry } from '../model/evidence.ts';
import type { EntityPart, Incident } from '../model/incident.ts';
import { type CompiledSilence, compileSilence, type Silence } from '../model/silence.ts';
import type { Instant, Milliseconds } from '../model/time.ts';
import type { Edge, Topology } from '../model/topology.ts';
import type { EntityNames } from './entity-names.ts';
import type { Timer } from './event.ts';
import { LearnedDraft } from './learned-draft.ts';
import { Ledger } from './ledger.ts';
import { PartIndex } from './part-index.ts';
import type { Policy } from './policy.ts';
import { type Changes, type EngineState, type FailedAlert, type Graph, type MemberChange, type MemberMove, watchedMarks } from './state.ts';

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

const NO_INCIDENTS: readonly Incident[] = [];
const NO_SILENCES: readonly CompiledSilence[] = [];

/** The overlay that one turn of decisions works on. */
export class Draft {
  clock: Instant;
  longestRedelivery: Milliseconds;
  readonly ledger: Ledger;
  readonly learned: LearnedDraft;
  readonly effects: DeliverEffect[] = [];
  /** Timers asked for and not yet taken by the shell. */
  readonly timers: Timer[] = [];
  /** The incidents that the present event touched. */
  readonly touched = new Map<string, Touch>();
  readonly #state: EngineState;
  readonly #alerts = new Map<string, AlertState | null>();
  readonly #incidents = new Map<string, Incident>();
  readonly #deliveries = new Map<string, Delivery>();
  readonly #bulletins = new Map<string, Bulletin | null>();
  readonly #released = new Set<string>();
  readonly #changes = new Map<string, Change | null>();
  readonly #silences = new Map<string, CompiledSilence | null>();
  readonly #documents = new Map<string, AlertDocument | null>();
  readonly #members = new Map<string, MemberChange>();
  readonly #moves: MemberMove[] = [];
  readonly #timeline: { incidentId: string; entry: TimelineEntry }[] = [];
  readonly #suppressions: Suppression[] = [];
  readonly #failures: FailedAlert[] = [];
  readonly #audit: AuditEntry[] = [];
  readonly #index = new PartIndex();
  #putEdges: readonly Edge[] | null = null;

  constructor(state: EngineState) {
    this.#state = state;
    this.clock = state.clock;
    this.longestRedelivery = state.longestRedelivery;
    this.learned = new LearnedDraft(state);
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

  /** The incidents in memory that are not over, by id. */
  openIncidents(): readonly Incident[] {
    const ids = new Set([...this.#state.incidents.keys(), ...this.#incidents.keys()]);
    return [...ids]
      .sort()
      .flatMap((id) => this.incident(id) ?? [])
      .filter(({ status }) => status !== 'resolved');
  }

  setIncident(incident: Incident): void {
    const before = this.incident(incident.id);
    this.#incidents.set(incident.id, incident);
    this.#index.update(incident.id, before?.parts ?? [], incident.parts);
  }

  /** Takes an incident and its deliveries out of memory; the store keeps them. */
  letGo(incident: Incident): void {
    this.#released.add(incident.id);
  }

  /** The incidents in memory that an entity takes part in; each once. */
  incidentsOn(entity: string): readonly Incident[] {
    const [stored, changed] = [this.#state.index.on(entity), this.#index.on(entity)];
    return stored.size + changed.size === 0 ? NO_INCIDENTS : this.#found(stored, changed, (part) => part.entity === entity);
  }

  /** The incidents in memory one of whose parts carries a label's value; each once. */
  incidentsWith(label: number): readonly Incident[] {
    const [stored, changed] = [this.#state.index.with(label), this.#index.with(label)];
    return stored.size + changed.size === 0 ? NO_INCIDENTS : this.#found(stored, changed, (part) => part.labels.includes(label));
  }

  /** What both indexes name. What has changed since is looked at again, as an index only knows what came. */
  #found(stored: ReadonlySet<string>, changed: ReadonlySet<string>, holds: (part: EntityPart) => boolean): readonly Incident[] {
    const found: Incident[] = [];
    const add = (id: string): void => {
      const incident = this.incident(id);
      if (incident !== undefined && (!this.#incidents.has(id) || incident.parts.some(holds))) found.push(incident);
    };
    for (const id of stored) add(id);
    for (const id of changed) if (!stored.has(id)) add(id);
    return found;
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

  /** How many alerts other than one carry a mark and fire, or did since a time. */
  countMarked(mark: string, except: string, since: Instant): number {
    let count = 0;
    for (const fingerprint of this.#withMark(this.#state.alertsWith(mark), (alert) => alert.marks.includes(mark))) {
      const alert = fingerprint === except ? undefined : this.alert(fingerprint);
      if (alert !== undefined && (alert.status === 'firing' || alert.changedAt > since)) count += 1;
    }
    return count;
  }

  /** The alerts that carry a mark, sorted by fingerprint. */
  marked(mark: string): AlertState[] {
    const found: AlertState[] = [];
    for (const fingerprint of [...this.#withMark(this.#state.alertsWith(mark), (alert) => alert.marks.includes(mark))].sort()) {
      const alert = this.alert(fingerprint);
      if (alert !== undefined) found.push(alert);
    }
    return found;
  }

  /** The alerts that are held back depending on a mark, sorted by fingerprint. */
  heldOn(mark: string): AlertState[] {
    const found: AlertState[] = [];
    for (const fingerprint of [...this.#withMark(this.#state.heldOn(mark), (alert) => watchedMarks(alert).includes(mark))].sort()) {
      const alert = this.alert(fingerprint);
      if (alert !== undefined && alert.hold !== null) found.push(alert);
    }
    return found;
  }

  #withMark(stored: ReadonlySet<string>, holds: (alert: AlertState) => boolean): ReadonlySet<string> {
    const found = new Set<string>();
    for (const fingerprint of stored) {
      const alert = this.alert(fingerprint);
      if (alert !== undefined && holds(alert)) found.add(fingerprint);
    }
    for (const [fingerprint, alert] of this.#alerts) if (alert !== null && holds(alert)) found.add(fingerprint);
    return found;
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

  /** What several alerts are told of in one message, by its id. */
  bulletin(id: string): Bulletin | undefined {
    const changed = this.#bulletins.get(id);
    return changed === undefined ? this.#state.bulletins.get(id) : (changed ?? undefined);
  }

  setBulletin(bulletin: Bulletin): void {
    this.#bulletins.set(bulletin.id, bulletin);
  }

  forgetBulletin(id: string): void {
    this.#bulletins.set(id, null);
  }

  /** All bulletins, sorted by id. */
  allBulletins(): Bulletin[] {
    const ids = new Set([...this.#state.bulletins.keys(), ...this.#bulletins.keys()]);
    return [...ids].sort().flatMap((id) => this.bulletin(id) ?? []);
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
  recentChanges(): readonly Change[] {
    const found: Change[] = [];
    for (const change of this.#state.changes.values()) if (!this.#changes.has(change.id)) found.push(change);
    for (const change of this.#changes.values()) if (change !== null) found.push(change);
    return found;
  }

  /** The edges that were last put. */
  get putEdges(): readonly Edge[] {
    return this.#putEdges ?? this.#state.putEdges;
  }

  setEdges(edges: readonly Edge[]): void {
    this.#putEdges = edges;
  }

  topology(policy: Policy): Topology {
    return this.#graph(policy).topology;
  }

  names(policy: Policy): EntityNames {
    return this.#graph(policy).names;
  }

  #graph(policy: Policy): Graph {
    return this.#state.graph(policy, this.putEdges, this.learned.edges);
  }

  silence(id: string): CompiledSilence | undefined {
    const changed = this.#silences.get(id);
    return changed === undefined ? this.#state.silences.get(id) : (changed ?? undefined);
  }

  setSilence(silence: Silence): void {
    this.#silences.set(silence.id, compileSilence(silence));
  }

  forgetSilence(id: string): void {
    this.#silences.set(id, null);
  }

  /** All silences that are kept, by id, so that what comes of them never depends on the order in which they came. */
  allSilences(): readonly CompiledSilence[] {
    if (this.#state.silences.size + this.#silences.size === 0) return NO_SILENCES;
    const found: CompiledSilence[] = [];
    for (const [id, silence] of this.#state.silences) if (!this.#silences.has(id)) found.push(silence);
    for (const silence of this.#silences.values()) if (silence !== null) found.push(silence);
    return found.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** What the alerts say that came since the state was last committed. */
  freshDocuments(): readonly AlertDocument[] {
    return [...this.#documents.values()].filter((document) => document !== null);
  }

  setDocument(document: AlertDocument): void {
    this.#documents.set(document.fingerprint, document);
  }

  /** Writes a member; `joinedBecause` is null unless it joins just now. */
  setMember(incidentId: string, member: MemberState, joinedBecause: readonly Evidence[] | null): void {
    const key = `${incidentId}/${member.fingerprint}`;
    const reasons = joinedBecause ?? this.#members.get(key)?.joinedBecause ?? null;
    this.#members.set(key, { incidentId, member, joinedBecause: reasons });
  }

  /**
   * Takes an alert's record from one incident to another. It keeps why it joined: the reason that it has there
   * already when it `played` a part there, else the one that it brings along, else `because`.
   */
  moveMember({ from, to, fingerprint, played, because }: MemberMove, member: MemberState): void {
    const there = this.#members.get(`${to}/${fingerprint}`)?.joinedBecause ?? null;
    const brought = this.#members.get(`${from}/${fingerprint}`)?.joinedBecause ?? null;
    this.#members.delete(`${from}/${fingerprint}`);
    this.#moves.push({ from, to, fingerprint, played, because });
    this.#members.set(`${to}/${fingerprint}`, { incidentId: to, member, joinedBecause: played ? there : brought?.length === 0 ? because : brought });
  }

  record(incidentId: string, entry: TimelineEntry): void {
    this.#timeline.push({ incidentId, entry });
  }

  suppress(suppression: Suppression): void {
    this.#suppressions.push(suppression);
  }

  /** Keeps what a person or a token changed. */
  audit(entry: AuditEntry): void {
    this.#audit.push(entry);
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
      bulletins: this.#bulletins,
      released: this.#released,
      changes: this.#changes,
      learned: this.learned.changes(),
      silences: this.#silences,
      putEdges: this.#putEdges,
      documents: this.#documents,
      members: this.#members,
      moves: this.#moves,
      timeline: this.#timeline,
      suppressions: this.#suppressions,
      failures: this.#failures,
      audit: this.#audit,
    };
  }
}
