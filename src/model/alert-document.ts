// How an alert as it now is, whichever incident it is in, is written as JSON.

import type { components } from '../generated/openapi.d.ts';
import type { AlertDocument, AlertState } from './alert.ts';
import { labelsToObject } from './labels.ts';
import { formatInstant } from './time.ts';

/** The JSON of an alert, as `openapi/winnow.yaml` describes it. */
export type AlertStateDocument = components['schemas']['Alert'];

/** Writes an alert with what it says as JSON, without its history. */
export function alertStateDocument(alert: AlertState, { labels, annotations, links }: AlertDocument): AlertStateDocument {
  return {
    fingerprint: alert.fingerprint,
    status: alert.status,
    labels: labelsToObject(labels),
    annotations: labelsToObject(annotations),
    links: { ...links },
    startsAt: alert.startsAt.text,
    endsAt: alert.endsAt?.text ?? null,
    changedAt: formatInstant(alert.changedAt),
    heardAt: formatInstant(alert.heardAt),
    entity: alert.entity,
    domain: alert.domain,
    severity: alert.severity,
    source: alert.source,
    incidentId: alert.membership?.incidentId ?? null,
    flapping: alert.flapping !== null,
    held: alert.hold !== null,
  };
}
