// The engine and the senders in one process on a clock of their own, with records in memory: what other services
// are told in ten minutes takes as long as they take to answer.

import { Archive } from '../../../src/cli/replay/archive.ts';
import type { DeliverEffect } from '../../../src/correlate/draft.ts';
import type { EngineEvent } from '../../../src/correlate/event.ts';
import type { Policy } from '../../../src/correlate/policy.ts';
import { EngineState } from '../../../src/correlate/state.ts';
import type { TimelineEntry } from '../../../src/model/evidence.ts';
import type { Claim, DeliveryRecords } from '../../../src/notify/delivery-records.ts';
import type { Integration, SendOutcome } from '../../../src/notify/integration.ts';
import { sendDelivery } from '../../../src/notify/send-delivery.ts';
import type { Target } from '../../../src/notify/target.ts';
import { createTurns } from '../../../src/notify/turns.ts';
import { TimerQueue } from '../../../src/shard/timer-queue.ts';
import { Turn } from '../../../src/shard/turn.ts';

interface Alarm {
  readonly at: number;
  readonly callback: () => void;
}

/** What a virtual service works with. */
export interface VirtualOptions {
  readonly policy: Policy;
  readonly targets: ReadonlyMap<string, Target>;
  readonly integration: Integration;
  readonly start: number;
}

/** An attempt to send a message. */
export interface VirtualAttempt {
  readonly at: number;
  readonly deliveryId: string;
  readonly channel: string;
  readonly outcome: SendOutcome;
  /** Whether it is new and critical. */
  readonly critical: boolean;
  /** When the message was handed over. */
  readonly since: number;
}

/** A service whose time passes only when nothing is going on. */
export class VirtualService {
  readonly archive = new Archive();
  /** Every attempt to send, in order. */
  readonly attempts: VirtualAttempt[] = [];
  readonly #handedOver = new Map<string, number>();
  now: number;
  readonly #options: VirtualOptions;
  readonly #state = new EngineState();
  readonly #timers = new TimerQueue();
  readonly #timelines = new Map<string, TimelineEntry[]>();
  readonly #claims = new Map<string, Claim>();
  readonly #turns;
  #alarms: Alarm[] = [];
  #calls = 0;

  constructor(options: VirtualOptions) {
    this.#options = options;
    this.now = options.start;
    this.#turns = createTurns({ now: () => this.now, later: (wait, callback) => this.later(wait, callback) });
  }

  /** How many deliveries still owe something but reminders. */
  get owed(): number {
    return [...this.#state.deliveries.values()].filter(({ inFlight, due }) => inFlight !== null || (due !== null && due.kind !== 'reminder')).length;
  }

  later(wait: number, callback: () => void): () => void {
    const alarm = { at: this.now + wait, callback };
    this.#alarms.push(alarm);
    return () => {
      this.#alarms = this.#alarms.filter((each) => each !== alarm);
    };
  }

  /** Decides an event at the present time. */
  event(event: EngineEvent): void {
    this.#decide((turn) => turn.event({ ...event, receivedAt: this.now }));
  }

  /** Lets time pass until then, or until nothing is owed. */
  async runUntil(end: number, done: () => boolean = () => false): Promise<void> {
    for (;;) {
      await this.#quiet();
      if (done()) return;
      const alarm = this.#alarms.reduce<Alarm | null>((first, each) => (first === null || each.at < first.at ? each : first), null);
      const timer = this.#timers.peek();
      const next = Math.min(alarm?.at ?? Number.POSITIVE_INFINITY, timer?.due ?? Number.POSITIVE_INFINITY);
      if (next > end) break;
      this.now = Math.max(this.now, next);
      if (timer !== undefined && timer.due <= next) this.#decide((turn) => turn.advanceTo(this.now));
      else if (alarm !== null) {
        this.#alarms = this.#alarms.filter((each) => each !== alarm);
        alarm.callback();
      }
    }
    this.now = end;
  }

  #decide(step: (turn: Turn) => unknown): void {
    const turn = new Turn({ state: this.#state, timers: this.#timers, policy: this.#options.policy });
    step(turn);
    const { changes, effects } = turn.decision();
    this.#state.apply(changes);
    this.archive.take(changes);
    for (const { incidentId, entry } of changes.timeline) this.#timelines.set(incidentId, [...(this.#timelines.get(incidentId) ?? []), entry]);
    for (const effect of effects) {
      this.#handedOver.set(`${effect.deliveryId} ${effect.seq}`, this.now);
      this.#send(effect);
    }
  }

  #send({ deliveryId, seq }: Pick<DeliverEffect, 'deliveryId' | 'seq'>): void {
    void sendDelivery(
      { deliveryId, seq },
      {
        records: this.#records(),
        integrations: new Map([[this.#options.integration.kind, this.#counted()]]),
        targets: () => this.#options.targets,
        externalUrl: () => null,
        report: async (reported) => this.event(reported),
        now: () => this.now,
        turns: this.#turns,
        observe: () => undefined,
      },
    ).then((sending) => {
      if (sending.kind === 'again') this.later(sending.after, () => this.#send({ deliveryId, seq }));
    });
  }

  #counted(): Integration {
    const { integration } = this.#options;
    return {
      kind: integration.kind,
      send: async (request) => {
        this.#calls += 1;
        const at = this.now;
        const outcome = await integration.send(request);
        this.#calls -= 1;
        const { deliveryId, seq, kind, target, view } = request;
        const critical = kind === 'trigger' && view.incident.severity === 'critical' && view.incident.status !== 'resolved';
        const channel = 'channel' in target ? target.channel : '';
        this.attempts.push({ at, deliveryId, channel, outcome, critical, since: this.#handedOver.get(`${deliveryId} ${seq}`) ?? at });
        return outcome;
      },
    };
  }

  #records(): DeliveryRecords {
    return {
      delivery: async (id) => {
        const delivery = this.#state.deliveries.get(id);
        const incident = delivery === undefined ? undefined : this.#state.incidents.get(delivery.incidentId);
        if (delivery === undefined || incident === undefined) return null;
        return { delivery, incident, members: [...(this.archive.members.get(incident.id)?.values() ?? [])] };
      },
      bulletin: async () => null,
      timeline: async (incidentId, from) => {
        const all = this.#timelines.get(incidentId) ?? [];
        return { entries: from === null ? [] : all.slice(from), length: all.length };
      },
      documents: async (fingerprints) =>
        new Map(
          fingerprints.flatMap((each) => {
            const document = this.archive.documents.get(each);
            return document === undefined ? [] : [[each, document]];
          }),
        ),
      claim: async (id) => this.#claims.get(id) ?? null,
      setClaim: async (id, claim) => void this.#claims.set(id, claim),
    };
  }

  /** Resolves once nothing but time is waited for. */
  async #quiet(): Promise<void> {
    do await new Promise((resolve) => setImmediate(resolve));
    while (this.#calls > 0);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
