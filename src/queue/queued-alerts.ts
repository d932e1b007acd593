// How many alerts wait in the intake queue; a job's name is its number of alerts.

import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { QueuedAlerts } from '../store/redis-read-model.ts';

/** Counts the alerts of batches that are not committed yet, and of those that could not be read. */
export async function countQueued(queue: Queue, redis: Redis): Promise<QueuedAlerts> {
  const [waiting, active, failed] = await Promise.all([
    redis.lrange(queue.toKey('wait'), 0, -1),
    redis.lrange(queue.toKey('active'), 0, -1),
    redis.zrange(queue.toKey('failed'), '0', '-1'),
  ]);
  const count = async (ids: readonly string[]) => {
    const names = await Promise.all(ids.map((id) => redis.hget(queue.toKey(id), 'name')));
    return new Map(ids.map((id, i) => [id, Number(names[i] ?? 0)]));
  };
  const unreadable = [...(await count(failed)).values()].reduce((sum, alerts) => sum + alerts, 0);
  return { waiting: await count([...waiting, ...active]), unreadable };
}
