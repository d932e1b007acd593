// The BullMQ queues of a shard: their names, their connections and the options that durability asks for.

import { type ConnectionOptions, Queue } from 'bullmq';

/** The hash tag under which all keys of a shard live, BullMQ's included. */
export function shardTag(shard: number): string {
  return `{winnow-${shard}}`;
}

/** Names of a shard's two queues. */
export const QUEUES = { intake: 'intake', deliveries: 'deliveries' } as const;

/** Opens one of a shard's queues for writing. Finished jobs are not kept; those that can never succeed are. */
export function openQueue(
  name: (typeof QUEUES)[keyof typeof QUEUES],
  { connection, shard }: { readonly connection: ConnectionOptions; readonly shard: number },
): Queue {
  return new Queue(name, {
    connection,
    prefix: shardTag(shard),
    skipVersionCheck: true,
    skipMetasUpdate: true,
    streams: { events: { maxLen: 100 } },
    defaultJobOptions: { removeOnComplete: true, removeOnFail: false },
  });
}
