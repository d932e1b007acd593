// The writing side of a shard's intake queue: events are durable once they are in it.

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobsOptions, Queue } from 'bullmq';
import type { EngineEvent } from '../correlate/event.ts';
import type { EventResult } from '../correlate/person.ts';
import { type Milliseconds, SECOND } from '../model/time.ts';
import { type Intake, IntakeUnavailable } from '../receivers/intake.ts';
import { GroupCommit } from './group-commit.ts';
import { encodeBatch } from './job-codec.ts';
import { alertsIn } from './split-event.ts';

/** How long an append is tried before the sender is told to come again. */
const PATIENCE: Milliseconds = 0.9 * SECOND;
/** How long to wait between two tries of one append. */
const PAUSE: Milliseconds = 50;
/** How long somebody waits for the outcome of what they did, and how often it is looked for. */
const ANSWER_WITHIN: Milliseconds = 10 * SECOND;
const ASKING: Milliseconds = 10;
const RETRY_AFTER_SECONDS = 5;

/** What an intake queue works with. */
export interface IntakeQueueOptions {
  readonly queue: Queue;
  /** Why Redis cannot be written to now, and why no alerts can be taken in; null when they can. */
  readonly unreachable: () => string | null;
  readonly full: () => string | null;
}

/** Takes events in, from webhooks, people and senders alike. */
export class IntakeQueue implements Intake {
  readonly #options: IntakeQueueOptions;
  readonly #groups: GroupCommit;

  constructor(options: IntakeQueueOptions) {
    this.#options = options;
    this.#groups = new GroupCommit((id, events) => this.#append(id, events));
  }

  /** Makes an event durable, together with what else comes in meanwhile. */
  async add(event: EngineEvent): Promise<void> {
    this.#require(this.#options.unreachable());
    // Reports of deliveries go on: they are what lets incidents go and frees memory.
    if (event.kind === 'webhook') this.#require(this.#options.full());
    return this.#groups.add(event);
  }

  /** Makes an event durable and waits until it is committed; rejects with `IntakeUnavailable` when that takes too long. */
  async submit(event: EngineEvent): Promise<EventResult> {
    this.#require(this.#options.unreachable());
    const id = `c-${randomUUID()}`;
    try {
      await this.#addJob([event], { jobId: id, removeOnComplete: { age: 60, count: 1000 } });
      const results = await this.#resultsOf(id);
      return results[0] ?? { ok: true, incidentId: null };
    } catch (error) {
      throw new IntakeUnavailable('the change was not confirmed in time, it may still be made', RETRY_AFTER_SECONDS, { cause: error });
    }
  }

  /** Asks again and again: BullMQ's events would miss what ends while their stream is not being read. */
  async #resultsOf(id: string): Promise<readonly (EventResult | null)[]> {
    const deadline = performance.now() + ANSWER_WITHIN;
    for (;;) {
      const job = await this.#options.queue.getJob(id).catch(() => undefined);
      if (job?.failedReason) throw new Error(job.failedReason);
      if (job?.finishedOn !== undefined) return job.returnvalue as readonly (EventResult | null)[];
      if (performance.now() > deadline) throw new Error('the engine did not come to it');
      await sleep(ASKING);
    }
  }

  async #append(id: string, events: readonly EngineEvent[]): Promise<void> {
    await this.#addJob(events, { jobId: id });
  }

  /** Adds a job, more than once if need be: under the same id it stays one. */
  async #addJob(events: readonly EngineEvent[], options: JobsOptions): Promise<void> {
    this.#require(this.#options.unreachable());
    const content = encodeBatch(events);
    const name = String(events.reduce((sum, event) => sum + alertsIn(event), 0));
    const deadline = performance.now() + PATIENCE;
    for (;;) {
      try {
        await this.#options.queue.add(name, content, options);
        return;
      } catch (error) {
        if (performance.now() + PAUSE > deadline)
          throw new IntakeUnavailable('Redis did not confirm that the alerts are stored', RETRY_AFTER_SECONDS, { cause: error });
      }
      await sleep(PAUSE);
      this.#require(this.#options.unreachable());
    }
  }

  #require(obstacle: string | null): void {
    if (obstacle !== null) throw new IntakeUnavailable(obstacle, RETRY_AFTER_SECONDS);
  }
}
