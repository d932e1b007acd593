// What is to be told to one destination next, and when.

import type { Delivery, Due } from '../model/delivery.ts';
import type { Incident } from '../model/incident.ts';
import type { Instant } from '../model/time.ts';

/**
 * Decides the next message of a delivery, or null when nothing is owed. Nothing is while a message
 * is in flight: its outcome asks again. Times in the past mean at once.
 *
 * - The first message comes `group_wait` after the incident opened, at once when that is past.
 * - An incident that is over is told to those who were told that it was not, if they want to know.
 * - What was told as over and goes on again is told at once; a place that cannot edit gets a new message.
 * - Changes come `group_interval` after the message before, urgent ones at once. Where messages
 *   cannot be edited, only news is worth one.
 * - While it goes on and nobody has it in hand, a reminder comes `repeat_interval` after a message
 *   last drew attention.
 */
export function nextTelling(incident: Incident, delivery: Delivery): Due | null {
  if (delivery.inFlight !== null) return null;
  if (incident.status === 'resolved') return resolution(incident, delivery);
  if (delivery.failedVersion >= incident.version) return null;
  if (delivery.sentStatus === null) return { at: Math.max(delivery.createdAt, incident.openedAt + delivery.timing.groupWait), kind: 'trigger' };
  if (delivery.sentStatus === 'resolved') return { at: incident.updatedAt, kind: delivery.destination.edits ? 'update' : 'trigger' };
  return change(incident, delivery) ?? reminder(incident, delivery);
}

function resolution(incident: Incident, delivery: Delivery): Due | null {
  if (delivery.sentStatus === null || delivery.sentStatus === 'resolved') return null;
  if (!delivery.destination.sendResolved && incident.mergedInto === null) return null;
  if (delivery.failedVersion >= incident.version) return null;
  return { at: Math.max(incident.resolvedAt ?? incident.updatedAt, afterInterval(delivery)), kind: 'resolve' };
}

function change(incident: Incident, delivery: Delivery): Due | null {
  const newest = delivery.destination.edits ? incident.version : incident.newsVersion;
  if (newest <= delivery.sentVersion) return null;
  const urgent = incident.urgentVersion > delivery.sentVersion;
  return { at: urgent ? incident.updatedAt : Math.max(incident.updatedAt, afterInterval(delivery)), kind: 'update' };
}

function reminder(incident: Incident, delivery: Delivery): Due | null {
  if (incident.status !== 'open' || delivery.alertedAt === null) return null;
  return { at: delivery.alertedAt + delivery.timing.repeatInterval, kind: 'reminder' };
}

function afterInterval(delivery: Delivery): Instant {
  return (delivery.sentAt ?? 0) + delivery.timing.groupInterval;
}
