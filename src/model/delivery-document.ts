// How what is owed to a destination is written as JSON, and what state it is said to be in.

import type { components } from '../generated/openapi.d.ts';
import type { Delivery } from './delivery.ts';
import { formatOptional } from './incident-document.ts';
import { formatInstant } from './time.ts';

/** The JSON of a delivery, as `openapi/winnow.yaml` describes it. */
export type DeliveryDocument = components['schemas']['Delivery'];

/** The state of a delivery, as `openapi/winnow.yaml` describes it. */
export type DeliveryStatus = components['schemas']['DeliveryStatus'];

/**
 * The state of a delivery. A reminder that is due later does not make it pending: what there was to
 * tell was told. One that was given up on is failed even when an earlier version was told.
 */
export function deliveryStatus({ sentStatus, failedVersion, inFlight, due }: Delivery): DeliveryStatus {
  if (inFlight !== null || (due !== null && due.kind !== 'reminder')) return 'pending';
  if (failedVersion !== 0) return 'failed';
  return sentStatus === null ? 'unneeded' : 'sent';
}

/** Writes a delivery as JSON. Its destination is named by its id, which holds no secret. */
export function deliveryDocument(delivery: Delivery): DeliveryDocument {
  const { id, incidentId, destination, receivers, createdAt, sentAt, due, lastError } = delivery;
  return {
    id,
    incidentId,
    destination: destination.id,
    integration: destination.integration,
    receivers: [...receivers],
    status: deliveryStatus(delivery),
    createdAt: formatInstant(createdAt),
    sentAt: formatOptional(sentAt),
    due: due === null ? null : { at: formatInstant(due.at), kind: due.kind },
    lastError,
  };
}
