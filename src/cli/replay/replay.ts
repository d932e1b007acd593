// The other shell of the engine: recorded events on a virtual clock, every message sent at once.

import type { DeliverEffect, Draft } from '../../correlate/draft.ts';
import type { DeliveryReported, EngineEvent, Timer } from '../../correlate/event.ts';
import type { EventResult } from '../../correlate/person.ts';
import type { Policy } from '../../correlate/policy.ts';
import { EngineState } from '../../correlate/state.ts';
import type { AlertDocument } from '../../model/alert.ts';
import type { LearnedRecord } from '../../model/learned.ts';
import { consulted, informed } from '../../shard/looked-up-labels.ts';
import { unsealedEvent } from '../../shard/sealed-event.ts';
import { TimerQueue } from '../../shard/timer-queue.ts';
import { Turn } from '../../shard/turn.ts';
import { Archive } from './archive.ts';

/** Events that share an overlay: enough to spread its cost, few enough to keep it small. */
const EVENTS_PER_TURN = 200;

/** Runs events through the engine in the order in which they are given. */
export class Replay {
  readonly archive = new Archive();
  readonly #policy: Policy;
  readonly #state = new EngineState();
  readonly #timers = new TimerQueue();
  #turn: Turn;
  readonly #onReleased: (id: string) => void;
  #events = 0;

  /** Tells `onReleased`, if given, of each incident that cannot change any more, which then may be taken out of the archive. */
  constructor(policy: Policy, onReleased: (id: string) => void = () => undefined) {
    this.#policy = policy;
    this.#onReleased = onReleased;
    this.#turn = this.#newTurn();
  }

  /** Moves the clock to the event, firing the timers in between, and decides it; answers what somebody who waits for it is told. */
  event(event: EngineEvent): EventResult | null {
    const result = this.#turn.event(this.#informed(unsealedEvent(event, this.#policy.redaction)));
    this.#events += 1;
    if (this.#events % EVENTS_PER_TURN === 0) this.#endTurn();
    return result;
  }

  /** What was learned until the end of the last turn, by key. */
  get learned(): ReadonlyMap<string, LearnedRecord> {
    return this.#state.learned;
  }

  /** Lets the clock run on until no alert is pending and no trigger, update or resolve is due. */
  finish(): void {
    this.#endTurn(
      (timer, draft) =>
        !(
          timer.kind === 'doubtful' ||
          (timer.kind === 'hold' && !this.#isEndless(timer, draft)) ||
          timer.kind === 'calm' ||
          timer.kind === 'bulletin' ||
          timer.kind === 'snooze' ||
          (timer.kind === 'deliver' && draft.delivery(timer.id)?.due?.kind !== 'reminder')
        ),
    );
    this.#turn.advanceTo(Number.MAX_SAFE_INTEGER);
    this.#endTurn();
  }

  #informed(event: EngineEvent): EngineEvent {
    const fingerprints = consulted([event], this.#state.alerts);
    if (fingerprints.length === 0) return event;
    const documents = new Map<string, AlertDocument>();
    for (const fingerprint of fingerprints) {
      const document = this.archive.documents.get(fingerprint);
      if (document !== undefined) documents.set(fingerprint, document);
    }
    return informed(event, documents);
  }

  /** Whether a timer only renews what a rule or an inhibition holds back for as long as something fires. */
  #isEndless({ id, due }: Timer, draft: Draft): boolean {
    const hold = draft.alert(id)?.hold ?? null;
    if (hold === null || hold.until > due) return false;
    if (hold.reason === 'inhibited') return true;
    const rule = this.#policy.suppression.rules.find(({ name }) => name === hold.rule);
    return hold.alone && rule !== undefined && rule.for === null && rule.expires === null;
  }

  #endTurn(skip?: (timer: Timer, draft: Draft) => boolean): void {
    const { changes } = this.#turn.decision();
    this.#state.apply(changes);
    this.archive.take(changes);
    for (const id of changes.released) this.#onReleased(id);
    this.#turn = this.#newTurn(skip);
  }

  #newTurn(skip?: (timer: Timer, draft: Draft) => boolean): Turn {
    const outcomeOf = (effect: DeliverEffect, draft: Draft) => this.#sent(effect, draft);
    const turn: Turn = new Turn({
      state: this.#state,
      timers: this.#timers,
      policy: this.#policy,
      outcomeOf,
      ...(skip === undefined ? {} : { skip: (timer: Timer) => skip(timer, turn.draft) }),
    });
    return turn;
  }

  #sent(effect: DeliverEffect, draft: Draft): DeliveryReported {
    const { deliveryId, seq, at } = effect;
    const bulletin = draft.bulletin(deliveryId);
    if (bulletin !== undefined) {
      this.archive.notifyOfMany(at, bulletin);
      return { kind: 'delivery', receivedAt: at, deliveryId, seq, outcome: 'sent', version: 0, status: 'open', reference: {}, error: null };
    }
    const delivery = draft.delivery(deliveryId);
    const incident = delivery === undefined ? undefined : draft.incident(delivery.incidentId);
    if (delivery === undefined || incident === undefined) throw new Error(`the message ${effect.deliveryId} is about an incident that is not there`);
    this.archive.notify(effect, delivery, incident);
    const { version, status } = incident;
    return {
      kind: 'delivery',
      receivedAt: effect.at,
      deliveryId: effect.deliveryId,
      seq: effect.seq,
      outcome: 'sent',
      version,
      status,
      reference: {},
      error: null,
    };
  }
}
