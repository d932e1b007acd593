// Decides a batch, and survives an event or a timer that the engine cannot decide.

import type { EngineEvent, Timer } from '../correlate/event.ts';
import type { Policy } from '../correlate/policy.ts';
import type { EngineState } from '../correlate/state.ts';
import { labelsToObject } from '../model/labels.ts';
import type { Instant } from '../model/time.ts';
import type { TimerQueue } from './timer-queue.ts';
import { timersOf } from './timers-of.ts';
import { type Decision, Turn } from './turn.ts';

/** What deciding a batch works with. */
export interface BatchOptions {
  readonly state: EngineState;
  readonly timers: TimerQueue;
  readonly policy: Policy;
  /** Told of what the engine could not decide. */
  readonly onFault: (fault: { readonly what: string; readonly error: unknown }) => void;
}

/** A decision and the timers that now hold. */
export interface BatchDecision {
  readonly decision: Decision;
  readonly timers: TimerQueue;
}

/**
 * Runs the events, then the timers due by `until` when given. When deciding one throws, the turn is
 * discarded and run again without it: a webhook's alerts then end in the ledger's account `failed`
 * with the error, other events are answered as failed, and a timer is passed over. Nothing else of
 * the batch is lost.
 */
export function decideBatch(events: readonly EngineEvent[], until: Instant | null, options: BatchOptions): BatchDecision {
  let { timers } = options;
  let pending = events;
  const passedOver = new Set<string>();
  for (;;) {
    const turn = new Turn({ ...options, timers, skip: (timer) => passedOver.has(keyOf(timer)) });
    try {
      for (const event of pending) turn.event(event);
      turn.advanceTo(until ?? turn.draft.clock);
      return { decision: turn.decision(), timers };
    } catch (error) {
      const { culprit } = turn;
      if (culprit === null) throw error;
      timers = timersOf(options.state, options.policy);
      if (culprit.kind === 'timer') passedOver.add(keyOf(culprit.timer));
      else pending = pending.map((event) => (event === culprit ? withoutAlerts(event, error) : event));
      options.onFault({ what: culprit.kind, error });
    }
  }
}

function keyOf(timer: Timer): string {
  return `${timer.kind} ${timer.id}`;
}

function withoutAlerts(event: EngineEvent, error: unknown): EngineEvent {
  if (event.kind !== 'webhook') throw error;
  const detail = `internal-error: ${error instanceof Error ? error.message : 'unknown'}`;
  const malformed = event.alerts.map((alert, i) => ({ pointer: `/alerts/${i}`, detail, raw: JSON.stringify({ ...alert, labels: labelsToObject(alert.labels), annotations: labelsToObject(alert.annotations) }).slice(0, 16384) }));
  return { ...event, alerts: [], malformed: [...event.malformed, ...malformed] };
}
