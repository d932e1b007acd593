// One turn of the engine: events in their order, the timers that fall due between them, and what came of it.

import { type DeliverEffect, Draft } from '../correlate/draft.ts';
import { decide } from '../correlate/engine.ts';
import type { DeliveryReported, EngineEvent, Timer, TimerFired } from '../correlate/event.ts';
import type { EventResult } from '../correlate/person.ts';
import type { Policy } from '../correlate/policy.ts';
import type { Changes, EngineState } from '../correlate/state.ts';
import type { Instant } from '../model/time.ts';
import type { TimerQueue } from './timer-queue.ts';

/** What a turn works with. */
export interface TurnOptions {
  readonly state: EngineState;
  readonly timers: TimerQueue;
  readonly policy: Policy;
  /** Timers to pass over, because deciding them failed before. */
  readonly skip?: (timer: Timer) => boolean;
  /** In a replay, how a message that is handed over ends at once; the service learns it by an event later. */
  readonly outcomeOf?: (effect: DeliverEffect, draft: Draft) => DeliveryReported;
}

/** What came of a turn, to be committed before anything of it is applied or sent. */
export interface Decision {
  readonly changes: Changes;
  readonly effects: readonly DeliverEffect[];
}

/** The overlay of one turn and the steps on it. */
export class Turn {
  readonly draft: Draft;
  readonly #options: TurnOptions;
  #reported = 0;
  #culprit: EngineEvent | TimerFired | null = null;

  constructor(options: TurnOptions) {
    this.#options = options;
    this.draft = new Draft(options.state);
  }

  /** What was being decided when a decision threw, and last of all decided otherwise. */
  get culprit(): EngineEvent | TimerFired | null {
    return this.#culprit;
  }

  /**
   * Fires the timers due at or before the event, then decides it; answers a result when somebody waits
   * for one. Its time is never before what was decided already.
   */
  event(event: EngineEvent): EventResult | null {
    const now = Math.max(this.draft.clock, event.receivedAt);
    this.advanceTo(now);
    return this.#decide(event, now);
  }

  /** Fires the timers due by an instant, each at its own time. */
  advanceTo(instant: Instant): void {
    for (let timer = this.#options.timers.takeDue(instant); timer !== undefined; timer = this.#options.timers.takeDue(instant)) {
      if (this.#options.skip?.(timer) !== true) this.#decide({ kind: 'timer', timer }, Math.max(this.draft.clock, timer.due));
    }
  }

  /** What came of it so far. */
  decision(): Decision {
    return { changes: this.draft.changes(), effects: this.draft.effects };
  }

  #decide(event: EngineEvent | TimerFired, now: Instant): EventResult | null {
    const { policy, timers, outcomeOf } = this.#options;
    this.#culprit = event;
    const result = decide(this.draft, event, now, policy);
    this.#takeTimers(timers);
    if (outcomeOf === undefined) return result;
    for (let effect = this.draft.effects[this.#reported]; effect !== undefined; effect = this.draft.effects[this.#reported]) {
      this.#reported += 1;
      decide(this.draft, outcomeOf(effect, this.draft), now, policy);
      this.#takeTimers(timers);
    }
    return result;
  }

  #takeTimers(timers: TimerQueue): void {
    for (const timer of this.draft.timers) timers.set(timer);
    this.draft.timers.length = 0;
  }
}
