// What is to be told to one destination next, and when.

import { type Delivery, type Due, keepsState, owesAcknowledgement } from '../model/delivery.ts';
import { type Incident, isHushed } from '../model/incident.ts';
import { DAY, type Instant, MINUTE, type Milliseconds } from '../model/time.ts';

/** How long after a message lesser news is told; twice as long after each that told nothing else, up to the longest. */
const MINOR_AFTER: Milliseconds = 10 * MINUTE;
const MOST_DOUBLINGS = 5;

/**
 * Decides the next message of a delivery, or null when nothing is owed. `lastTold` is when any destination was last told of
 * the incident: intervals run from there, so that all of them hear of news together. Nothing is while a message
 * is in flight: its outcome asks again. Times in the past mean at once.
 *
 * - The first message comes `group_wait` after there was something to tell, at once when that is past.
 * - An incident that is over is told to those who were told that it was not, if they want to know; news
 *   that they have not heard goes out with it, at once.
 * - What was told as over and goes on again is told at once; a place that cannot edit gets a new message.
 * - What a person did is shown at once where a message can be edited.
 * - News comes, and what a message that can be edited should show, `group_interval` after the message before, urgent news at once, lesser news after 10, 20, 40 minutes and so on.
 * - While it is snoozed only urgent news is told, what a message that can be edited should show, and that it is over.
 * - While all of its alerts that fire are silenced or inhibited, there is only an edit that says so. It is told as over when it is.
 * - Where an acknowledgement is kept as a state, it is told at once.
 * - While it goes on and nobody has it in hand, a reminder comes `repeat_interval` after a message
 *   last drew attention, each one after twice as long as the one before, up to a day.
 */
export function nextTelling(incident: Incident, delivery: Delivery, lastTold: Instant = delivery.sentAt ?? 0): Due | null {
  if (delivery.inFlight !== null) return null;
  if (incident.status === 'resolved') return resolution(incident, delivery, lastTold);
  if (incident.audibleAt === null || delivery.failedVersion >= incident.version) return null;
  const hushed = isHushed(incident);
  if (hushed && ((delivery.sentStatus !== 'open' && delivery.sentStatus !== 'acknowledged') || !delivery.destination.edits)) return null;
  if (delivery.sentStatus === null)
    return { at: Math.max(delivery.createdAt, incident.audibleAt + delivery.timing.groupWait, waits(incident, delivery)), kind: 'trigger' };
  if (delivery.sentStatus === 'resolved') return { at: incident.updatedAt, kind: delivery.destination.edits ? 'update' : 'trigger' };
  return change(incident, delivery, lastTold) ?? (hushed ? null : reminder(incident, delivery));
}

/** A rise to critical ends any wait. */
function waits({ severity }: Incident, { waitsUntil }: Delivery): Instant {
  return severity === 'critical' ? 0 : (waitsUntil ?? 0);
}

function resolution(incident: Incident, delivery: Delivery, lastTold: Instant): Due | null {
  if (delivery.sentStatus === null || delivery.sentStatus === 'resolved') return null;
  if (delivery.failedVersion >= incident.version) return null;
  const at = incident.resolvedAt ?? incident.updatedAt;
  if (incident.newsVersion > delivery.sentVersion && incident.mergedInto === null && !isHushed(incident)) return { at, kind: 'update' };
  if (!delivery.destination.sendResolved && incident.mergedInto === null) return null;
  const byPerson = incident.resolution === 'person' && delivery.destination.edits;
  return { at: byPerson ? at : Math.max(at, lastTold + delivery.timing.groupInterval), kind: 'resolve' };
}

function change(incident: Incident, delivery: Delivery, lastTold: Instant): Due | null {
  if (keepsState(delivery.destination) && owesAcknowledgement(incident, delivery)) return { at: incident.acknowledgedAt ?? incident.updatedAt, kind: 'update' };
  if (incident.snoozedUntil !== null) return whileSnoozed(incident, delivery);
  const news = delivery.destination.edits ? Math.max(incident.newsVersion, incident.shownVersion) : incident.newsVersion;
  if (news > delivery.sentVersion) {
    const urgent = incident.urgentVersion > delivery.sentVersion;
    const byPerson = delivery.destination.edits && (incident.acknowledgedAt ?? 0) > (delivery.sentAt ?? 0);
    return { at: urgent || byPerson ? incident.updatedAt : Math.max(incident.updatedAt, lastTold + delivery.timing.groupInterval), kind: 'update' };
  }
  if (incident.minorVersion > delivery.sentVersion)
    return { at: lastTold + MINOR_AFTER * 2 ** Math.min(MOST_DOUBLINGS, delivery.minorTold), kind: 'update', minor: true };
  return null;
}

/** Urgent news, and what an edit shows, which alerts nobody. */
function whileSnoozed(incident: Incident, delivery: Delivery): Due | null {
  const shown = delivery.destination.edits ? Math.max(incident.urgentVersion, incident.shownVersion) : incident.urgentVersion;
  return shown > delivery.sentVersion ? { at: incident.updatedAt, kind: 'update' } : null;
}

function reminder(incident: Incident, delivery: Delivery): Due | null {
  if (incident.status !== 'open' || incident.snoozedUntil !== null || incident.firingCount === 0 || delivery.alertedAt === null) return null;
  const { repeatInterval } = delivery.timing;
  return { at: delivery.alertedAt + Math.max(repeatInterval, Math.min(DAY, repeatInterval * 2 ** Math.min(20, delivery.reminders))), kind: 'reminder' };
}
