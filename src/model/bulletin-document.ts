// How a bulletin is written as JSON among the deliveries, and what state it is said to be in.

import { type Bulletin, bulletinKind } from './bulletin.ts';
import type { DeliveryDocument, DeliveryStatus } from './delivery-document.ts';
import { formatOptional } from './incident-document.ts';
import { formatInstant } from './time.ts';

/** The state of a bulletin. One that was given up on is failed until it is said at last, though it is tried again by itself. */
export function bulletinStatus({ id, inFlight, lastError, unsaid, entries, sentAt }: Bulletin): DeliveryStatus {
  if (inFlight !== null) return 'pending';
  if (lastError !== null) return 'failed';
  if (bulletinKind(id) === 'storm' ? unsaid : entries.length > 0) return 'pending';
  return sentAt === null ? 'unneeded' : 'sent';
}

/** Writes a bulletin as JSON, as a delivery of no incident. */
export function bulletinDocument(bulletin: Bulletin): DeliveryDocument {
  const { id, destination, receivers, createdAt, sentAt, due, lastError } = bulletin;
  return {
    id,
    incidentId: null,
    destination: destination.id,
    integration: destination.integration,
    receivers: [...receivers],
    status: bulletinStatus(bulletin),
    createdAt: formatInstant(createdAt),
    sentAt: formatOptional(sentAt),
    due: due === null ? null : { at: formatInstant(due), kind: 'digest' },
    lastError,
  };
}
