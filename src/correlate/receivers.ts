// Whom an incident is told to: one delivery for each destination that a route of its alerts leads to.

import { type Delivery, type Destination, deliveryWith, type RoutedReceiver, type RouteHours, type Timing } from '../model/delivery.ts';
import { type Incident, incidentWith } from '../model/incident.ts';
import { compareText } from '../model/labels.ts';
import type { Instant } from '../model/time.ts';
import type { Draft } from './draft.ts';
import type { Policy } from './policy.ts';

/** Adds the receivers of an alert to its incident, each once, with the shortest timing of all routes that lead there. */
export function addReceivers(draft: Draft, incident: Incident, routes: readonly RoutedReceiver[], now: Instant, policy: Policy): Incident {
  let { receivers, deliveryIds } = incident;
  for (const route of routes) {
    const { receiver } = route;
    if (!receivers.includes(receiver)) receivers = [...receivers, receiver].sort(compareText);
    for (const destination of policy.destinations.get(receiver) ?? []) {
      const id = `${incident.id}~${destination.id}`;
      const known = draft.delivery(id);
      if (known === undefined) deliveryIds = [...deliveryIds, id];
      const next = known === undefined ? newDelivery(incident.id, destination, [receiver], route, now) : shared(known, [receiver], route);
      if (next !== known) draft.setDelivery(next);
    }
  }
  if (receivers === incident.receivers && deliveryIds === incident.deliveryIds) return incident;
  const next = incidentWith(incident, { receivers, deliveryIds });
  draft.setIncident(next);
  return next;
}

/** What a route says of the delivery that it leads to. */
type Led = Pick<RoutedReceiver, 'timing' | 'hours'>;

function withHours(known: Delivery, hours: readonly RouteHours[] | undefined): Delivery {
  if (known.hours === undefined) return known;
  if (hours === undefined) {
    const { hours: _, ...always } = known;
    return always;
  }
  const others = hours.filter((each) => !known.hours?.some((one) => JSON.stringify(one) === JSON.stringify(each)));
  return others.length === 0 ? known : deliveryWith(known, { hours: [...known.hours, ...others] });
}

/** A delivery of which nothing was told yet. */
export function newDelivery(incidentId: string, destination: Destination, receivers: readonly string[], { timing, hours }: Led, now: Instant): Delivery {
  return {
    ...(hours === undefined ? {} : { hours }),
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

/** A delivery that further receivers share, with the shortest timing of all, muted while all of their routes are; the same one when that changes nothing. */
export function shared(known: Delivery, receivers: readonly string[], led: Led): Delivery {
  const { timing } = led;
  const widened = withHours(known, led.hours);
  const shortest: Timing = {
    groupWait: Math.min(known.timing.groupWait, timing.groupWait),
    groupInterval: Math.min(known.timing.groupInterval, timing.groupInterval),
    repeatInterval: Math.min(known.timing.repeatInterval, timing.repeatInterval),
  };
  const quicker =
    shortest.groupWait < known.timing.groupWait || shortest.groupInterval < known.timing.groupInterval || shortest.repeatInterval < known.timing.repeatInterval;
  const further = receivers.filter((receiver) => !known.receivers.includes(receiver));
  if (!quicker && further.length === 0) return widened;
  return deliveryWith(widened, {
    timing: quicker ? shortest : known.timing,
    receivers: further.length === 0 ? known.receivers : [...known.receivers, ...further].sort(compareText),
  });
}
