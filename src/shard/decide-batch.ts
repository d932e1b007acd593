// Decides a batch, and survives an event or a timer that the engine cannot decide.

import type { EngineEvent, Timer, WebhookEvent } from '../correlate/event.ts';
import type { EventResult } from '../correlate/person.ts';
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
  /** One for each event, in their order. */
  readonly results: readonly (EventResult | null)[];
  readonly timers: TimerQueue;
}

/**
 * Runs the events, then the timers due by `until` when given. When deciding one throws, the turn is
 * discarded and run again without what threw: a webhook is taken alert by alert, and the one that
 * throws by itself ends in the ledger's account `failed` with the error; another event is answered as
 * failed, a timer is passed over. Nothing else of the batch is lost.
 */
export function decideBatch(events: readonly EngineEvent[], until: Instant | null, options: BatchOptions): BatchDecision {
  let { timers } = options;
  const pieces = new Map<EngineEvent, readonly EngineEvent[]>();
  const passedOver = new Set<string>();
  for (;;) {
    const turn = new Turn({ ...options, timers, skip: (timer) => passedOver.has(keyOf(timer)) });
    const results: (EventResult | null)[] = [];
    try {
      for (const event of events) {
        let result: EventResult | null = pieces.get(event)?.length === 0 ? UNDECIDED : null;
        for (const piece of pieces.get(event) ?? [event]) result = turn.event(piece);
        results.push(result);
      }
      turn.advanceTo(until ?? turn.draft.clock);
      return { decision: turn.decision(), results, timers };
    } catch (error) {
      const { culprit } = turn;
      if (culprit === null) throw error;
      timers = timersOf(options.state, options.policy);
      if (culprit.kind === 'timer') passedOver.add(keyOf(culprit.timer));
      else replace(culprit, error, pieces);
      options.onFault({ what: culprit.kind, error });
    }
  }
}

const UNDECIDED: EventResult = { ok: false, code: 'not-decided', detail: 'the engine could not decide it, the log says why' };

/** Puts less in the place of what threw: a webhook's alerts one by one, one alert as failed, anything else as nothing. */
function replace(culprit: EngineEvent, error: unknown, pieces: Map<EngineEvent, readonly EngineEvent[]>): void {
  const less = culprit.kind !== 'webhook' || culprit.alerts.length === 0 ? [] : culprit.alerts.length === 1 ? [asFailed(culprit, error)] : oneByOne(culprit);
  for (const [event, parts] of pieces) {
    if (!parts.includes(culprit)) continue;
    pieces.set(
      event,
      parts.flatMap((part) => (part === culprit ? less : [part])),
    );
    return;
  }
  pieces.set(culprit, less);
}

function oneByOne(event: WebhookEvent): WebhookEvent[] {
  const alone = event.alerts.map((alert) => ({ ...event, alerts: [alert], malformed: [] }));
  return event.malformed.length === 0 ? alone : [{ ...event, alerts: [] }, ...alone];
}

function keyOf(timer: Timer): string {
  return `${timer.kind} ${timer.id}`;
}

function asFailed(event: WebhookEvent, error: unknown): WebhookEvent {
  const detail = `internal-error: ${error instanceof Error ? error.message : 'unknown'}`;
  const malformed = event.alerts.map((alert, i) => ({
    pointer: `/alerts/${i}`,
    detail,
    raw: JSON.stringify({ ...alert, labels: labelsToObject(alert.labels), annotations: labelsToObject(alert.annotations) }).slice(0, 16384),
  }));
  return { ...event, alerts: [], malformed: [...event.malformed, ...malformed] };
}
