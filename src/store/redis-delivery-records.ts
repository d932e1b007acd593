// The records that messages are made of, in Redis.

import type { Redis } from 'ioredis';
import type { Bulletin } from '../model/bulletin.ts';
import type { Claim, DeliveryRecords } from '../notify/delivery-records.ts';
import { decodeDelivery } from './delivery-codec.ts';
import { decodeEntry } from './evidence-codec.ts';
import { decodeIncident } from './incident-codec.ts';
import type { ShardKeys } from './keys.ts';
import { readDocuments } from './read-documents.ts';
import { decode, encode } from './record-codec.ts';
import { memberStatesOf } from './redis-read-model.ts';

/** The delivery records of one shard. Rejects with what Redis says when it cannot be reached. */
export function createDeliveryRecords({ redis, keys }: { readonly redis: Redis; readonly keys: ShardKeys }): DeliveryRecords {
  return {
    async delivery(id) {
      const incidentId = id.slice(0, id.indexOf('~'));
      const [delivery, incident, members] = await Promise.all([
        redis.hget(keys.deliveries, id),
        redis.hget(keys.incidents, incidentId),
        redis.hgetall(keys.members(incidentId)),
      ]);
      if (delivery === null || incident === null) return null;
      return { delivery: decodeDelivery(delivery), incident: decodeIncident(incident), members: memberStatesOf(members) };
    },
    async bulletin(id) {
      const text = await redis.hget(keys.bulletins, id);
      return text === null ? null : decode<Bulletin>(text);
    },
    async timeline(incidentId, from) {
      const key = keys.timeline(incidentId);
      if (from === null) return { entries: [], length: await redis.llen(key) };
      const entries = (await redis.lrange(key, from, -1)).map(decodeEntry);
      return { entries, length: from + entries.length };
    },
    documents: (fingerprints) => readDocuments(redis, keys, fingerprints),
    async claim(deliveryId) {
      const text = await redis.hget(keys.claims, deliveryId);
      return text === null ? null : decode<Claim>(text);
    },
    async setClaim(deliveryId, claim) {
      await redis.hset(keys.claims, deliveryId, encode(claim));
    },
  };
}
