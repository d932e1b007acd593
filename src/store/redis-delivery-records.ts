// The records that messages are made of, in Redis.

import type { Redis } from 'ioredis';
import type { Delivery } from '../model/delivery.ts';
import type { Claim, DeliveryRecords } from '../notify/delivery-records.ts';
import { decodeIncident } from './incident-codec.ts';
import type { ShardKeys } from './keys.ts';
import { decode, encode } from './record-codec.ts';
import { memberStatesOf, readDocuments } from './redis-read-model.ts';

/** The delivery records of one shard. Rejects with what Redis says when it cannot be reached. */
export function createDeliveryRecords({ redis, keys }: { readonly redis: Redis; readonly keys: ShardKeys }): DeliveryRecords {
  return {
    async delivery(id) {
      const [delivery, incident] = await Promise.all([redis.hget(keys.deliveries, id), redis.hget(keys.incidents, id.slice(0, id.indexOf('~')))]);
      return delivery === null || incident === null ? null : { delivery: decode<Delivery>(delivery), incident: decodeIncident(incident) };
    },
    async members(incidentId) {
      return memberStatesOf(await redis.hgetall(keys.members(incidentId)));
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
