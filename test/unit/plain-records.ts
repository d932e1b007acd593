// What records are beside what a test says of them: an incident that just opened, a delivery of which nothing was told, an alert that fires.

import type { AlertState } from '../../src/model/alert.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import type { Incident } from '../../src/model/incident.ts';
import { type Instant, timestampOf } from '../../src/model/time.ts';

/** A critical incident with one alert that fires, of which people are about to be told. */
export function plainIncident(openedAt: Instant): Omit<Incident, 'id' | 'title' | 'receivers'> {
  return {
    status: 'open',
    severity: 'critical',
    openedAt,
    startsAt: openedAt,
    updatedAt: openedAt,
    resolvedAt: null,
    resolution: null,
    resolvedBy: null,
    mergedInto: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    snoozedUntil: null,
    snoozedBy: null,
    feedback: [],
    apartFrom: [],
    mutedUpstream: { silenced: 0, inhibited: 0 },
    alertCount: 1,
    firingCount: 1,
    domains: ['infra'],
    deliveryIds: [],
    parts: [],
    rootCauses: [],
    version: 1,
    held: 0,
    hush: null,
    audibleAt: openedAt,
    calmAt: null,
    newsVersion: 1,
    shownVersion: 0,
    minorVersion: 0,
    urgentVersion: 0,
    owed: [],
    failedAlerts: 0,
  };
}

/** A delivery of which nothing was told yet and nothing is due. */
export const PLAIN_DELIVERY = {
  sentVersion: 0,
  sentStatus: null,
  sentAt: null,
  alertedAt: null,
  reference: {},
  inFlight: null,
  seq: 0,
  failedVersion: 0,
  lastError: null,
  due: null,
  waitsUntil: null,
  reminders: 0,
  minorTold: 0,
} as const satisfies Partial<Delivery>;

/** A critical alert on node/gpu-7 that fires since a time and belongs to no incident. */
export function plainAlert(startedAt: Instant): Omit<AlertState, 'fingerprint' | 'rule'> {
  return {
    status: 'firing',
    startsAt: timestampOf(startedAt),
    endsAt: null,
    changedAt: startedAt,
    heardAt: startedAt,
    entity: 'node/gpu-7',
    domain: 'infra',
    severity: 'critical',
    membership: null,
    past: [],
    doubtful: null,
    hold: null,
    marks: [],
    flapping: null,
    heartbeat: null,
    source: 'alertmanager',
  };
}
