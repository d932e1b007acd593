// How deliveries stand in Redis.

import type { Delivery } from '../model/delivery.ts';
import { decode } from './record-codec.ts';

/** Reads a delivery; one of before there were digests and lesser news lacks what they need. */
export function decodeDelivery(text: string): Delivery {
  const stored = decode<Delivery>(text);
  const { destination } = stored;
  return {
    ...stored,
    waitsUntil: stored.waitsUntil ?? null,
    reminders: stored.reminders ?? 0,
    minorTold: stored.minorTold ?? 0,
    destination: { ...destination, digests: destination.digests ?? destination.integration !== 'pagerduty' },
  };
}
