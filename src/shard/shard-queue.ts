// What the shard's owner needs of the queues.

import type { DeliverEffect } from '../correlate/draft.ts';
import type { EngineEvent } from '../correlate/event.ts';
import type { EventResult } from '../correlate/person.ts';

/** Events that were made durable together. */
export interface Batch {
  readonly id: string;
  readonly events: readonly EngineEvent[];
}

/** Handles a batch once; answers a result for each event. It is called again with the same batch after a crash. */
export type BatchHandler = (batch: Batch) => Promise<readonly (EventResult | null)[]>;

/** A running worker of the shard's intake queue. */
export interface BatchWorker {
  /** Stops after the batch in hand. */
  stop(): Promise<void>;
  /** Stops at once and leaves the batch in hand to the next owner. */
  abandon(): Promise<void>;
}

/** The intake queue as its reader sees it. */
export interface BatchQueue {
  /** Starts to read, one batch at a time in the order in which they came. */
  work(handler: BatchHandler): BatchWorker;
  /** Whether nothing waits and nothing is being handled. */
  isIdle(): Promise<boolean>;
}

/** The queue of messages to send. */
export interface DeliveryQueue {
  /** Adds messages; one that is there already is not added again. */
  add(effects: readonly DeliverEffect[]): Promise<void>;
}
