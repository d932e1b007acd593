// The engine on a virtual clock: alerts fire and clear at times, timers fall due between, and every message arrives at once.

import type { DeliverEffect, Draft } from '../../../../src/correlate/draft.ts';
import type { DeliveryReported, EngineEvent } from '../../../../src/correlate/event.ts';
import { balances } from '../../../../src/correlate/ledger.ts';
import type { EventResult } from '../../../../src/correlate/person.ts';
import type { Policy } from '../../../../src/correlate/policy.ts';
import { EngineState } from '../../../../src/correlate/state.ts';
import type { AlertState, ReceivedAlert } from '../../../../src/model/alert.ts';
import type { BulletinEntry } from '../../../../src/model/bulletin.ts';
import type { Suppression, TimelineEntry } from '../../../../src/model/evidence.ts';
import type { Incident } from '../../../../src/model/incident.ts';
import { formatInstant, type Instant, type Milliseconds, timestampOf } from '../../../../src/model/time.ts';
import { TimerQueue } from '../../../../src/shard/timer-queue.ts';
import { timersOf } from '../../../../src/shard/timers-of.ts';
import { Turn } from '../../../../src/shard/turn.ts';
import { at, firing, policy, resolved, type Said, webhook } from '../scenario.ts';

/** A message as it was handed over: `10:00:10 trigger`. */
export interface Told {
  readonly at: Instant;
  readonly kind: string;
  readonly to: string;
  /** What a bulletin says; empty for a message about one incident. */
  readonly entries: readonly BulletinEntry[];
}

/** Instants, or times of day as `at` reads them. */
type When = Instant | string;

function instant(when: When): Instant {
  return typeof when === 'number' ? when : at(when);
}

/** A time as tests write it, without the date. */
export function clock(when: Instant): string {
  return formatInstant(when).slice(11, 19);
}

/** Plays alerts, and keeps what was told. */
export class Stage {
  state = new EngineState();
  readonly told: Told[] = [];
  readonly suppressions: Suppression[] = [];
  readonly timeline: TimelineEntry[] = [];
  /** Set for messages that cannot be sent. */
  outcome: DeliveryReported['outcome'] = 'sent';
  readonly #policy: Policy;
  #timers = new TimerQueue();

  constructor(given: Partial<Policy> = {}) {
    this.#policy = policy(given);
  }

  /** Decides an event at a time, the timers that fall due before it first. */
  at(when: When, event: EngineEvent): void {
    this.result(when, event);
  }

  /** The same; answers what somebody who waits for it is answered. */
  result(when: When, event: EngineEvent): EventResult | null {
    let result: EventResult | null = null;
    this.#turn((turn) => {
      result = turn.event({ ...event, receivedAt: instant(when) });
    });
    return result;
  }

  /** Several events on one overlay. */
  together(when: When, ...events: readonly EngineEvent[]): void {
    this.#turn((turn) => {
      for (const event of events) turn.event({ ...event, receivedAt: instant(when) });
    });
  }

  /** An alert that fires is heard firing again. */
  again(fingerprint: string): EngineEvent {
    return webhook({ ...firing(fingerprint), startsAt: this.alert(fingerprint).startsAt });
  }

  /** An alert fires; it began at that time. */
  fires(when: When, fingerprint: string, said: Said = {}): void {
    this.at(when, webhook(this.alertAt(when, fingerprint, said)));
  }

  /** An alert that fires since a time. */
  alertAt(when: When, fingerprint: string, { labels = {} }: Said = {}): ReceivedAlert {
    return { ...firing(fingerprint, { labels }), startsAt: timestampOf(instant(when)) };
  }

  /** It clears at a time, and is heard of so much later. */
  clears(when: When, fingerprint: string, late: Milliseconds = 0): void {
    const known = this.alert(fingerprint);
    this.at(instant(when) + late, webhook({ ...resolved(fingerprint), startsAt: known.startsAt, endsAt: timestampOf(instant(when)) }));
  }

  /** Lets the clock run on to a time. */
  until(when: When): void {
    this.#turn((turn) => {
      turn.advanceTo(instant(when));
      turn.draft.clock = instant(when);
    });
  }

  /** Episodes of an alert, each as long, one every so often, the first at a time. */
  learn(
    fingerprint: string,
    lasts: Milliseconds,
    { from, every, times, said = {} }: { readonly from: When; readonly every: Milliseconds; readonly times: number; readonly said?: Said },
  ): void {
    for (let i = 0; i < times; i++) {
      this.fires(instant(from) + i * every, fingerprint, said);
      this.clears(instant(from) + i * every + lasts, fingerprint);
    }
  }

  /** What was told since a time, as `10:00:10 trigger`. */
  since(when: When): readonly string[] {
    return this.told.filter((told) => told.at >= instant(when)).map((told) => `${clock(told.at)} ${told.kind}`);
  }

  /** Goes on as after a restart: with the records alone. */
  restart(): void {
    const { state } = this;
    this.state = EngineState.of({
      clock: state.clock,
      totals: state.totals,
      longestRedelivery: state.longestRedelivery,
      alerts: state.alerts.values(),
      incidents: state.incidents.values(),
      deliveries: state.deliveries.values(),
      bulletins: state.bulletins.values(),
      changes: state.changes.values(),
      learned: state.learned,
      silences: state.silences.values(),
      putEdges: state.putEdges,
    });
    this.#timers = timersOf(this.state, this.#policy);
  }

  alert(fingerprint: string): AlertState {
    const known = this.state.alerts.get(fingerprint);
    if (known === undefined) throw new Error(`the alert ${fingerprint} is not there`);
    return known;
  }

  incidentOf(fingerprint: string): Incident {
    const known = this.state.incidents.get(this.alert(fingerprint).membership?.incidentId ?? '');
    if (known === undefined) throw new Error(`the incident of ${fingerprint} is not there`);
    return known;
  }

  /** The accounts that are not empty. */
  ledger(): Readonly<Record<string, number>> {
    const { suppressedByReason, ...accounts } = this.state.totals;
    return Object.fromEntries(Object.entries({ ...accounts, ...Object.fromEntries(suppressedByReason) }).filter(([, count]) => count !== 0));
  }

  #turn(play: (turn: Turn) => void): void {
    const outcomeOf = (effect: DeliverEffect, draft: Draft) => this.#sent(effect, draft);
    const turn = new Turn({ state: this.state, timers: this.#timers, policy: this.#policy, outcomeOf });
    play(turn);
    const { changes } = turn.decision();
    this.state.apply(changes);
    this.suppressions.push(...changes.suppressions);
    this.timeline.push(...changes.timeline.map(({ entry }) => entry));
    if (!balances(this.state.totals)) throw new Error('the ledger does not balance');
  }

  #sent({ deliveryId, seq, kind, at: now }: DeliverEffect, draft: Draft): DeliveryReported {
    const { outcome } = this;
    const bulletin = draft.bulletin(deliveryId);
    const delivery = draft.delivery(deliveryId);
    const incident = draft.incident(delivery?.incidentId ?? '');
    this.told.push({ at: now, kind, to: (bulletin ?? delivery)?.destination.id ?? '', entries: bulletin?.inFlight?.entries ?? [] });
    const { version, status } = incident ?? { version: 0, status: 'open' };
    return { kind: 'delivery', receivedAt: now, deliveryId, seq, outcome, version, status, reference: {}, error: outcome === 'sent' ? null : 'refused' };
  }
}
