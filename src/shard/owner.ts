// The owner of a shard: the one process that runs its engine, as long as it holds the lease.
//
//   standby ──acquires the lease──▶ owning: loads, drains the queue, then fires timers
//      ▲                              │
//      └──lease lost, commit refused, ┘ or its outcome unknown: what is in memory is dropped
//         or Redis away
//
// Everything that decides runs one at a time on one chain. Nothing is applied to memory or handed to
// senders before its commit is acknowledged.

import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliverEffect } from '../correlate/draft.ts';
import type { EventResult } from '../correlate/person.ts';
import type { Policy } from '../correlate/policy.ts';
import { EngineState } from '../correlate/state.ts';
import type { AlertState } from '../model/alert.ts';
import { isBulletin } from '../model/bulletin.ts';
import { type Instant, type Milliseconds, SECOND } from '../model/time.ts';
import { decideBatch } from './decide-batch.ts';
import { consulted, informed } from './looked-up-labels.ts';
import { recordedLines } from './recorded-lines.ts';
import { sealedEvent } from './sealed-event.ts';
import type { Batch, BatchQueue, BatchWorker, DeliveryQueue } from './shard-queue.ts';
import type { Lease, ShardStore } from './shard-store.ts';
import type { TimerQueue } from './timer-queue.ts';
import { timersOf } from './timers-of.ts';

/** How long a lease lasts unless it is renewed, and how often that is done. */
const LEASE: Milliseconds = 5 * SECOND;
const RENEWAL: Milliseconds = 1.5 * SECOND;
/** How often a standby asks for the lease. */
const ASKING: Milliseconds = SECOND;
/** How long timers wait for batches that are still queued before they ask again. */
const DRAINING: Milliseconds = 20;
/** Node's timers hold no more than 2^31 - 1 ms; longer waits are taken in steps. */
const LONGEST_WAIT: Milliseconds = 3_600_000;

/** What an owner works with. */
export interface OwnerOptions {
  readonly store: ShardStore;
  readonly batches: BatchQueue;
  readonly deliveries: DeliveryQueue;
  readonly policy: () => Policy;
  /** Whether what comes in is recorded. */
  readonly records: () => boolean;
  readonly now: () => Instant;
  /** Names this process among those that ask for the lease. */
  readonly holder: string;
  readonly log: OwnerLog;
  readonly metrics: OwnerMetrics;
}

/** What an owner reports for people. */
export interface OwnerLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What an owner counts. */
export interface OwnerMetrics {
  /** `bulletins` are the kinds of those that were handed over. */
  committed(facts: { readonly events: number; readonly seconds: number; readonly bulletins: readonly string[] }): void;
  /** Told what is in memory when it changes; null when this process owns the shard no longer. */
  owned(state: EngineState | null): void;
  fault(): void;
}

interface Tenure {
  readonly lease: Lease;
  readonly state: EngineState;
  readonly handled: Map<string, readonly (EventResult | null)[]>;
  policy: Policy;
  timers: TimerQueue;
  version: number;
  worker: BatchWorker | null;
  wake: NodeJS.Timeout | null;
  readonly since: Instant;
  /** Whether what was queued when it took over has been read, and messages that were in flight are queued again. */
  drained: boolean;
  over: boolean;
}

/** Runs a shard whenever this process holds its lease. */
export class ShardOwner {
  readonly #options: OwnerOptions;
  readonly #stopping = new AbortController();
  #tenure: Tenure | null = null;
  #chain: Promise<unknown> = Promise.resolve();
  #running: Promise<void> | null = null;

  constructor(options: OwnerOptions) {
    this.#options = options;
  }

  /** Whether this process owns the shard now. */
  get owns(): boolean {
    return this.#tenure !== null && !this.#tenure.over;
  }

  /** What is committed, by fingerprint; null while another process owns the shard or what was queued has yet to be read. */
  get alerts(): ReadonlyMap<string, AlertState> | null {
    return this.#tenure === null || this.#tenure.over || !this.#tenure.drained ? null : this.#tenure.state.alerts;
  }

  /** Starts to ask for the lease; returns at once. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** Finishes the batch in hand, gives the lease back and ends. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { store, holder, log } = this.#options;
    while (!this.#stopping.signal.aborted) {
      try {
        const lease = await store.acquire(holder, LEASE);
        if (lease !== null) await this.#own(lease);
      } catch (error) {
        log.warn({ err: error }, 'cannot own the shard now');
        await this.#endTenure('abandon');
      }
      await sleep(ASKING, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
  }

  async #own(lease: Lease): Promise<void> {
    const { store, holder, log, batches, metrics } = this.#options;
    const begun = performance.now();
    const loading = setInterval(() => void store.renew(holder, lease, LEASE).catch(() => undefined), RENEWAL);
    const loaded = await store.load().finally(() => clearInterval(loading));
    const state = EngineState.of(loaded.records);
    const policy = this.#options.policy();
    const tenure: Tenure = {
      lease,
      state,
      policy,
      handled: new Map(loaded.handled),
      timers: timersOf(state, policy),
      version: loaded.version,
      worker: null,
      wake: null,
      since: this.#options.now(),
      drained: false,
      over: false,
    };
    // The lease has run since it was asked for; whoever loaded for too long has lost it already.
    if (!(await store.renew(holder, lease, LEASE))) return;
    this.#tenure = tenure;
    await store.announce(lease);
    tenure.worker = batches.work((batch) => this.#inTurn(tenure, () => this.#handle(tenure, batch)));
    metrics.owned(state);
    log.info({ fence: lease.fence, alerts: state.alerts.size, incidents: state.incidents.size, ms: Math.round(performance.now() - begun) }, 'owns the shard');
    this.#wakeAt(tenure, this.#options.now());
    await this.#holdOn(tenure);
    await this.#endTenure(this.#stopping.signal.aborted && !tenure.over ? 'stop' : 'abandon');
  }

  /** Renews the lease until it is lost, the tenure is over or the process stops. */
  async #holdOn(tenure: Tenure): Promise<void> {
    const { store, holder, now, log } = this.#options;
    let heldUntil = now() + LEASE;
    while (!tenure.over && !this.#stopping.signal.aborted) {
      await sleep(RENEWAL, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      if (tenure.over || this.#stopping.signal.aborted) return;
      const asked = now();
      const renewed = await store.renew(holder, tenure.lease, LEASE).catch(() => null);
      if (renewed === true) heldUntil = asked + LEASE;
      else if (renewed === false || now() >= heldUntil) {
        log.warn({}, 'lost the lease of the shard');
        return;
      }
    }
  }

  async #endTenure(how: 'stop' | 'abandon'): Promise<void> {
    const tenure = this.#tenure;
    if (tenure === null) return;
    this.#tenure = null;
    if (tenure.wake !== null) clearTimeout(tenure.wake);
    if (how === 'stop') await tenure.worker?.stop();
    tenure.over = true;
    if (how === 'abandon') await tenure.worker?.abandon();
    this.#options.metrics.owned(null);
    await this.#options.store.release(this.#options.holder).catch(() => undefined);
  }

  /** Runs one thing that decides at a time. What comes after the tenure is over never ends: the next owner does it. */
  #inTurn<T>(tenure: Tenure, work: () => Promise<T>): Promise<T> {
    const turn = this.#chain.then(() => (tenure.over ? new Promise<T>(() => undefined) : work()));
    this.#chain = turn.catch(() => undefined);
    if (tenure.over) this.#chain = Promise.resolve();
    return turn;
  }

  async #handle(tenure: Tenure, batch: Batch): Promise<readonly (EventResult | null)[]> {
    const before = tenure.handled.get(batch.id);
    if (before !== undefined) return before;
    const results = await this.#commit(tenure, await this.#informed(tenure, batch), null);
    const last = batch.events.at(-1);
    if (!tenure.drained && last !== undefined && last.receivedAt > tenure.since) await this.#haveDrained(tenure);
    return results;
  }

  /** The batch, with what labels mean for its events: they are in the store alone, and nothing is committed between this and the decision. */
  async #informed(tenure: Tenure, batch: Batch): Promise<Batch> {
    const fingerprints = consulted(batch.events, tenure.state.alerts);
    if (fingerprints.length === 0) return batch;
    const documents = await this.#options.store.documents(fingerprints);
    return { ...batch, events: batch.events.map((event) => informed(event, documents)) };
  }

  async #commit(tenure: Tenure, batch: Batch | null, until: Instant | null): Promise<readonly (EventResult | null)[]> {
    const { store, deliveries, policy, log, metrics } = this.#options;
    const begun = performance.now();
    const inForce = policy();
    const recorded =
      batch === null || !this.#options.records()
        ? []
        : recordedLines(
            batch.events.map((event) => sealedEvent(event, inForce.redaction)),
            tenure.state,
          );
    const onFault = (fault: { what: string; error: unknown }) => {
      metrics.fault();
      log.error({ err: fault.error, what: fault.what }, 'the engine could not decide an event');
    };
    if (inForce !== tenure.policy) {
      // Under another policy other times are due.
      tenure.policy = inForce;
      tenure.timers = timersOf(tenure.state, inForce);
    }
    const { decision, results, timers } = decideBatch(batch?.events ?? [], until, { state: tenure.state, timers: tenure.timers, policy: inForce, onFault });
    tenure.timers = timers;
    try {
      await store.commit({
        lease: tenure.lease,
        version: tenure.version,
        changes: decision.changes,
        batch: batch === null ? null : { id: batch.id, results },
        recorded,
      });
    } catch (error) {
      log.warn({ err: error }, 'a commit was refused or its outcome is unknown, the state is loaded anew');
      tenure.over = true;
      this.#chain = Promise.resolve();
      return new Promise(() => undefined);
    }
    tenure.version += 1;
    tenure.state.apply(decision.changes);
    metrics.owned(tenure.state);
    if (batch !== null) remember(tenure.handled, batch.id, results);
    await this.#handOver(tenure, decision.effects, deliveries);
    const bulletins = decision.effects.flatMap(({ deliveryId: id }) => (isBulletin(id) ? [id.slice(0, id.indexOf('~'))] : []));
    metrics.committed({ events: batch?.events.length ?? 0, seconds: (performance.now() - begun) / 1000, bulletins });
    this.#wakeForNext(tenure);
    return results;
  }

  /** Queues messages. When that fails they stand in the state as in flight, and are queued on the next take-over. */
  async #handOver(tenure: Tenure, effects: readonly DeliverEffect[], deliveries: DeliveryQueue): Promise<void> {
    if (effects.length === 0) return;
    try {
      await deliveries.add(effects);
    } catch (error) {
      this.#options.log.warn({ err: error, messages: effects.length }, 'messages could not be queued yet');
      tenure.drained = false;
      this.#wakeAt(tenure, this.#options.now() + ASKING);
    }
  }

  async #haveDrained(tenure: Tenure): Promise<void> {
    tenure.drained = true;
    await this.#handOver(tenure, inFlight(tenure.state), this.#options.deliveries);
  }

  #wakeForNext(tenure: Tenure): void {
    if (!tenure.drained) return;
    const next = tenure.timers.peek();
    if (next !== undefined) this.#wakeAt(tenure, next.due);
  }

  #wakeAt(tenure: Tenure, at: Instant): void {
    if (tenure.over) return;
    if (tenure.wake !== null) clearTimeout(tenure.wake);
    const wait = Math.min(LONGEST_WAIT, Math.max(0, at - this.#options.now()));
    tenure.wake = setTimeout(() => void this.#awake(tenure).catch((error: unknown) => this.#options.log.warn({ err: error }, 'timers wait')), wait);
  }

  /** Fires what is due, but only once everything queued before has been read. */
  async #awake(tenure: Tenure): Promise<void> {
    if (tenure.over) return;
    const idle = await this.#options.batches.isIdle().catch(() => false);
    if (!idle) {
      this.#wakeAt(tenure, this.#options.now() + DRAINING);
      return;
    }
    await this.#inTurn(tenure, async () => {
      if (!tenure.drained) await this.#haveDrained(tenure);
      const next = tenure.timers.peek();
      if (next !== undefined && next.due <= this.#options.now()) await this.#commit(tenure, null, this.#options.now());
    });
    this.#wakeForNext(tenure);
  }
}

/** The messages that were handed over and not reported on; queued again under their own names, they are not sent twice. */
function inFlight(state: EngineState): DeliverEffect[] {
  const effects: DeliverEffect[] = [];
  for (const { id, inFlight: message } of state.deliveries.values()) {
    if (message !== null) effects.push({ deliveryId: id, seq: message.seq, kind: message.kind, at: message.at });
  }
  for (const { id, inFlight: message } of state.bulletins.values()) {
    if (message !== null) effects.push({ deliveryId: id, seq: message.seq, kind: 'digest', at: message.at });
  }
  return effects;
}

const MOST_HANDLED = 1000;

function remember(handled: Map<string, readonly (EventResult | null)[]>, id: string, results: readonly (EventResult | null)[]): void {
  handled.set(id, results);
  if (handled.size <= MOST_HANDLED) return;
  const oldest = handled.keys().next().value;
  if (oldest !== undefined) handled.delete(oldest);
}
