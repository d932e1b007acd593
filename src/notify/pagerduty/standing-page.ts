// Decides which incident a key of PagerDuty's stands for now.

import type { SentReference } from '../../model/delivery.ts';
import type { Incident } from '../../model/incident.ts';
import { readKey } from './calls.ts';

/** The records that it is decided by; null for what is not there. */
export interface PageRecords {
  incident(id: string): Promise<Incident | null>;
  delivery(id: string): Promise<{ readonly reference: SentReference } | null>;
}

/** How many incidents one can have been merged into, one after the other, to be followed. */
const MOST_MERGES = 20;

/**
 * The id of the incident, or null when the key is not known, or when a later one took its place: whoever answers an older
 * page has not seen what the later one is about. A key may be newer than what is recorded, while its message is
 * reported.
 */
export async function incidentOfPage(dedupKey: string, records: PageRecords): Promise<string | null> {
  const { id, page } = readKey(dedupKey);
  let incident = await records.incident(id);
  for (let merges = 0; incident?.mergedInto != null && merges < MOST_MERGES; merges++) incident = await records.incident(incident.mergedInto);
  if (incident === null) return null;
  const deliveries = await Promise.all(incident.deliveryIds.map((delivery) => records.delivery(delivery)));
  for (const delivery of deliveries) {
    const standing = delivery?.reference.dedupKey;
    if (standing === undefined) continue;
    const known = readKey(standing);
    if (standing === dedupKey || (known.id === id && page > known.page)) return incident.id;
  }
  return null;
}
