// Deletes what is over for longer than it is to be kept.

import type { Redis } from 'ioredis';
import { DAY, type Instant, type Milliseconds } from '../model/time.ts';
import { decodeDocument } from './document-codec.ts';
import { decodeIncident } from './incident-codec.ts';
import type { ShardKeys } from './keys.ts';

/** However little is to be kept: an alert is remembered for a day after its end, and what it says as long as its incident. */
export const SHORTEST_RETENTION: Milliseconds = 2 * DAY;

/** How many incidents are deleted in one go, so that Redis is never held for long. */
const AT_ONCE = 100;

/** Deletes the incidents that were resolved before an instant, with all that hangs on them, and older changes. Answers how many incidents. */
export async function deleteResolvedBefore(redis: Redis, keys: ShardKeys, before: Instant): Promise<number> {
  let deleted = 0;
  let passedOver = 0;
  for (;;) {
    const ids = await redis.zrangebyscore(keys.resolved, '-inf', `(${before}`, 'LIMIT', passedOver, AT_ONCE);
    if (ids.length === 0) break;
    // What the engine still holds, because alerts of it fire, stays.
    const active = await redis.smismember(keys.active, ...ids);
    const over = ids.filter((_, i) => active[i] === 0);
    for (const id of over) await deleteIncident(redis, keys, id);
    deleted += over.length;
    passedOver += ids.length - over.length;
  }
  const positions = await redis.zrangebylex(keys.changeTimes, '-', `(${String(Math.max(0, before)).padStart(15, '0')}`);
  for (const position of positions)
    await redis
      .multi()
      .zrem(keys.changeTimes, position)
      .hdel(keys.changes, position.slice(position.indexOf(' ') + 1))
      .exec();
  return deleted;
}

async function deleteIncident(redis: Redis, keys: ShardKeys, id: string): Promise<void> {
  const text = await redis.hget(keys.incidents, id);
  const incident = text === null ? null : decodeIncident(text);
  const fingerprints = (await redis.hkeys(keys.members(id))).filter((field) => !field.endsWith('+'));
  const unused = await unusedDocuments(redis, keys, fingerprints, incident?.updatedAt ?? 0);
  const writes = redis.multi().zrem(keys.resolved, id).zrem(keys.incidentIds, id).hdel(keys.incidents, id).del(keys.members(id), keys.timeline(id));
  if (incident !== null && incident.deliveryIds.length > 0) writes.hdel(keys.deliveries, ...incident.deliveryIds).hdel(keys.claims, ...incident.deliveryIds);
  if (unused.length > 0) writes.hdel(keys.documents, ...unused);
  await writes.exec();
}

/** Of some alerts, those that are no longer remembered and have not fired again since. */
async function unusedDocuments(redis: Redis, keys: ShardKeys, fingerprints: readonly string[], since: Instant): Promise<string[]> {
  if (fingerprints.length === 0) return [];
  const [remembered, documents] = await Promise.all([redis.hmget(keys.alerts, ...fingerprints), redis.hmget(keys.documents, ...fingerprints)]);
  return fingerprints.filter((fingerprint, i) => {
    const document = documents[i];
    return remembered[i] === null && typeof document === 'string' && decodeDocument(document, fingerprint).writtenAt <= since;
  });
}
