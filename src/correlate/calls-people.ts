// Whether a message draws people's attention, or changes what stands there in silence.

import { type Delivery, keepsState, owesAcknowledgement } from '../model/delivery.ts';
import type { Incident } from '../model/incident.ts';

/** Decides it for the message that a delivery has in flight, as it shows a version of its incident; false when there is none. */
export function callsPeople(delivery: Delivery, incident: Incident | undefined, version: number): boolean {
  switch (delivery.inFlight?.kind) {
    case 'trigger':
    case 'reminder':
      return true;
    case 'update':
      return !isAcknowledgement(delivery, incident) && (!delivery.destination.edits || tellsUrgent(delivery, incident, version));
    default:
      return false;
  }
}

/** Whether all that a message tells is that somebody has the incident in hand. */
function isAcknowledgement(delivery: Delivery, incident: Incident | undefined): boolean {
  if (incident === undefined || !keepsState(delivery.destination) || incident.urgentVersion > delivery.sentVersion) return false;
  return owesAcknowledgement(incident, delivery);
}

/** Whether a message tells what must be told at once: where messages are edited, that is said beside the edit. */
function tellsUrgent({ sentVersion }: Delivery, incident: Incident | undefined, version: number): boolean {
  return incident !== undefined && incident.urgentVersion > sentVersion && incident.urgentVersion <= version;
}
