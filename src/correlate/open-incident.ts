// A new incident, as an alert opens it.

import { type Incident, NOT_MUTED } from '../model/incident.ts';
import type { Instant } from '../model/time.ts';
import { ulidOf } from '../model/ulid.ts';
import type { Draft } from './draft.ts';
import type { Firing } from './firing.ts';

/** The incident that an alert opens. Its id comes of the time, the alert and its start alone, so that service and replay give the same. */
export function openIncident(draft: Draft, firing: Pick<Firing, 'fingerprint' | 'startsAt' | 'severity'>, now: Instant): Incident {
  let id = ulidOf(now, `${firing.fingerprint}${firing.startsAt.text}`);
  for (let again = 1; draft.incident(id) !== undefined; again++) id = ulidOf(now, `${firing.fingerprint}${firing.startsAt.text}${again}`);
  return {
    id,
    status: 'open',
    severity: firing.severity,
    title: '',
    openedAt: now,
    startsAt: Math.min(now, firing.startsAt.ms),
    updatedAt: now,
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
    mutedUpstream: NOT_MUTED,
    alertCount: 0,
    firingCount: 0,
    domains: [],
    receivers: [],
    deliveryIds: [],
    parts: [],
    rootCauses: [],
    version: 0,
    held: 0,
    hush: null,
    audibleAt: null,
    calmAt: null,
    newsVersion: 0,
    shownVersion: 0,
    minorVersion: 0,
    urgentVersion: 0,
    owed: [],
    failedAlerts: 0,
  };
}
