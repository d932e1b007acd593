// Group commit: what comes in while a batch is being made durable leaves together as the next one.

import { randomUUID } from 'node:crypto';
import type { EngineEvent } from '../correlate/event.ts';
import { IntakeUnavailable } from '../receivers/intake.ts';
import { sizeOf } from './job-codec.ts';
import { alertsIn, JOB_LIMITS, splitEvent } from './split-event.ts';

/** Makes a batch durable under its id; the same id again is the same batch. */
export type Append = (id: string, events: readonly EngineEvent[]) => Promise<void>;

interface Waiting {
  readonly event: EngineEvent;
  readonly settle: { readonly resolve: () => void; readonly reject: (error: unknown) => void };
}

/**
 * Gathers events into batches. There is no timer: the first event leaves at once, and whatever
 * arrives until it is acknowledged leaves next, up to the limits of a job.
 */
export class GroupCommit {
  readonly #append: Append;
  readonly #waiting: Waiting[] = [];
  #busy = false;

  constructor(append: Append) {
    this.#append = append;
  }

  /**
   * Resolves once all of the event is durable; rejects with what `append` threw for any piece of it.
   * An `IntakeUnavailable` is the answer to all that wait.
   */
  async add(event: EngineEvent): Promise<void> {
    const pieces = splitEvent(event).map((piece) => new Promise<void>((resolve, reject) => this.#waiting.push({ event: piece, settle: { resolve, reject } })));
    if (!this.#busy) void this.#drain();
    const outcomes = await Promise.allSettled(pieces);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  async #drain(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length > 0) {
      const group = this.#takeGroup();
      try {
        await this.#append(
          `b-${randomUUID()}`,
          group.map((w) => w.event),
        );
        for (const { settle } of group) settle.resolve();
      } catch (error) {
        // Who has waited until now would wait as long again for the same answer.
        const refused = error instanceof IntakeUnavailable ? [...group, ...this.#waiting.splice(0)] : group;
        for (const { settle } of refused) settle.reject(error);
      }
    }
    this.#busy = false;
  }

  #takeGroup(): Waiting[] {
    let alerts = 0;
    let bytes = 0;
    let count = 0;
    for (const { event } of this.#waiting) {
      alerts += alertsIn(event);
      bytes += sizeOf(event);
      if (count > 0 && (alerts > JOB_LIMITS.alerts || bytes > JOB_LIMITS.bytes)) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }
}
