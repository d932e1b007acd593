// Whom an incident is told to: one delivery for each destination that a route of its alerts leads to.

import { type Delivery, type Destination, deliveryWith, type RoutedReceiver, type Timing } from '../model/delivery.ts';
import { type Incident, incidentWith } from '../model/incident.ts';
import { compareText } from '../model/labels.ts';
import type { Instant } from '../model/time.ts';
import type { Draft } from './draft.ts';
import type { Policy } from './policy.ts';

/** Adds the receivers of an alert to its incident, each once, with the shortest timing of all routes that lead there. */
export function addReceivers(draft: Draft, incident: Incident, routes: readonly RoutedReceiver[], now: Instant, policy: Policy): Incident {
  let { receivers, deliveryIds } = incident;
  for (const { receiver, timing } of routes) {
    if (!receivers.includes(receiver)) receivers = [...receivers, receiver].sort(compareText);
    for (const destination of policy.destinations.get(receiver) ?? []) {
      const id = `${incident.id}~${destination.id}`;
      const known = draft.delivery(id);
      if (known === undefined) deliveryIds = [...deliveryIds, id];
      const next = known === undefined ? newDelivery(incident.id, destination, [receiver], timing, now) : shared(known, [receiver], timing);
      if (next !== known) draft.setDelivery(next);
    }
  }
  if (receivers === incident.receivers && deliveryIds === incident.deliveryIds) return incident;
  const next = incidentWith(incident, { receivers, deliveryIds });
  draft.setIncident(next);
  return next;
}

/** A delivery of which nothing was told yet. */
export function newDelivery(incidentId: string, destination: Destination, receivers: readonly string[], timing: Timing, now: Instant): Delivery {
  return {
    id: `${incidentId}~${destination.id}`,
    incidentId,
    destination,
    receivers,
    timing,
    createdAt: now,
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
  };
}

/** A delivery that further receivers share, with the shortest timing of all; the same one when that changes nothing. */
export function shared(known: Delivery, receivers: readonly string[], timing: Timing): Delivery {
  const shortest: Timing = {
    groupWait: Math.min(known.timing.groupWait, timing.groupWait),
    groupInterval: Math.min(known.timing.groupInterval, timing.groupInterval),
    repeatInterval: Math.min(known.timing.repeatInterval, timing.repeatInterval),
  };
  const quicker =
    shortest.groupWait < known.timing.groupWait || shortest.groupInterval < known.timing.groupInterval || shortest.repeatInterval < known.timing.repeatInterval;
  const further = receivers.filter((receiver) => !known.receivers.includes(receiver));
  if (!quicker && further.length === 0) return known;
  return deliveryWith(known, {
    timing: quicker ? shortest : known.timing,
    receivers: further.length === 0 ? known.receivers : [...known.receivers, ...further].sort(compareText),
  });
}
