// The queue of messages to send: the owner adds, the senders of all processes take.

import { setTimeout as sleep } from 'node:timers/promises';
import { type ConnectionOptions, DelayedError, type JobsOptions, type Queue, UnrecoverableError, Worker } from 'bullmq';
import type { DeliverEffect } from '../correlate/draft.ts';
import { Fnv64 } from '../model/labels.ts';
import { type Milliseconds, SECOND } from '../model/time.ts';
import type { Sending } from '../notify/send-delivery.ts';
import type { DeliveryQueue } from '../shard/shard-queue.ts';
import { QUEUES, shardTag } from './shard-queues.ts';

/** What a job of the delivery queue names; what is to be sent stands in the store. */
export interface DeliveryJob {
  readonly deliveryId: string;
  readonly seq: number;
}

/** Handles one message; it may be called again for the same one. */
export type DeliveryHandler = (job: DeliveryJob) => Promise<Sending>;

/** How many messages one process has in hand at a time: most of them wait for their turn, so that what is critical is among them. */
const CONCURRENCY = 2000;
/** How long to wait after an error that is not the destination's, such as Redis being away. */
const PAUSE_AFTER_ERROR = SECOND;

/** How long closing waits for messages in hand: a destination that never answers must not keep the service from stopping within 10 s. */
const PATIENCE: Milliseconds = 5 * SECOND;

/** Adds messages that forward changes. Rejects when they cannot be made durable. */
export async function addChangeMessages(queue: Queue, messages: readonly DeliveryJob[]): Promise<void> {
  if (messages.length > 0) await queue.addBulk(messages.map((message) => ({ name: 'change', data: message, opts: optionsOf(message) })));
}

function optionsOf({ deliveryId, seq }: DeliveryJob): JobsOptions {
  return { jobId: jobIdOf(deliveryId, seq), attempts: 1_000_000, backoff: { type: 'fixed', delay: PAUSE_AFTER_ERROR } };
}

/** The adding side. */
export function createDeliveryQueue(queue: Queue): DeliveryQueue {
  return {
    async add(effects: readonly DeliverEffect[]) {
      if (effects.length === 0) return;
      await queue.addBulk(
        effects.map(({ deliveryId, seq, kind }) => ({
          name: kind,
          data: { deliveryId, seq } satisfies DeliveryJob,
          opts: optionsOf({ deliveryId, seq }),
        })),
      );
    },
  };
}

/** Names the job of one message, the same each time. Job ids hold no colon. */
export function jobIdOf(deliveryId: string, seq: number): string {
  return `d-${deliveryId.slice(0, deliveryId.indexOf('~'))}-${new Fnv64().text(deliveryId).hex()}-${seq}`;
}

/** What the sending side works with. */
export interface DeliveryWorkerOptions {
  readonly connection: ConnectionOptions;
  readonly shard: number;
  readonly handler: DeliveryHandler;
  readonly onError: (error: Error) => void;
}

/**
 * The sending side: starts at once; `close` waits for the messages in hand, but not for long. What is not answered by then
 * stays locked until it would have timed out, and is sent again after that as one whose outcome is unknown.
 */
export function startDeliveryWorker({ connection, shard, handler, onError }: DeliveryWorkerOptions): { close(): Promise<void> } {
  const worker = new Worker<DeliveryJob>(
    QUEUES.deliveries,
    async (job, token) => {
      const handled = await handler(job.data);
      if (handled.kind === 'again') {
        await job.moveToDelayed(Date.now() + handled.after, token);
        throw new DelayedError();
      }
      if (handled.kind === 'given-up') throw new UnrecoverableError(handled.error);
    },
    {
      connection,
      prefix: shardTag(shard),
      concurrency: CONCURRENCY,
      lockDuration: 15 * SECOND,
      stalledInterval: 5 * SECOND,
      maxStalledCount: 1_000_000,
      skipVersionCheck: true,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 1000 },
    },
  );
  worker.on('error', onError);
  return { close: () => Promise.race([worker.close(), sleep(PATIENCE, undefined, { ref: false })]) };
}
