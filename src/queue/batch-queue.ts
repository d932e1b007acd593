// The reading side of a shard's intake queue: one batch at a time, in order, by the shard's owner.

import { type ConnectionOptions, type Queue, Worker } from 'bullmq';
import { SECOND } from '../model/time.ts';
import type { BatchHandler, BatchQueue, BatchWorker } from '../shard/shard-queue.ts';
import { type BatchJob, decodeBatch } from './job-codec.ts';
import { QUEUES, shardTag } from './shard-queues.ts';

/** What a batch queue works with. */
export interface BatchQueueOptions {
  readonly queue: Queue;
  /** A connection that waits for jobs; it must retry without end. */
  readonly connection: ConnectionOptions;
  readonly shard: number;
  readonly onError: (error: Error) => void;
}

/**
 * Reads batches. Locks are short, and a batch whose reader died comes back first in line however
 * often that happens; only one that cannot be read at all ends in the failed set, from where it is
 * tried again at every take-over.
 */
export function createBatchQueue({ queue, connection, shard, onError }: BatchQueueOptions): BatchQueue {
  return {
    work(handler: BatchHandler): BatchWorker {
      const worker = new Worker<BatchJob>(QUEUES.intake, async (job) => handler({ id: job.id ?? '', events: decodeBatch(job.data) }), {
        connection,
        prefix: shardTag(shard),
        concurrency: 1,
        lockDuration: 5 * SECOND,
        stalledInterval: 2 * SECOND,
        maxStalledCount: 1_000_000,
        drainDelay: 5,
        skipVersionCheck: true,
        removeOnComplete: { count: 0 },
      });
      worker.on('error', onError);
      // What an older version could not read, this one may.
      queue.retryJobs({ state: 'failed' }).catch(onError);
      return {
        stop: () => worker.close(),
        abandon: () => worker.close(true),
      };
    },
    async isIdle() {
      const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized');
      return Object.values(counts).every((count) => count === 0);
    },
  };
}
