// Messages: handed to a sender when due, and what their outcome changes.

import { type Delivery, deliveryWith } from '../model/delivery.ts';
import { type Incident, incidentWith } from '../model/incident.ts';
import type { Instant } from '../model/time.ts';
import { callsPeople } from './calls-people.ts';
import type { Draft } from './draft.ts';
import type { DeliveryReported, DeliveryRetried } from './event.ts';
import { fallBack, fallbackAt } from './fall-back.ts';
import { pageWaits } from './hold/budget.ts';
import type { EventResult } from './person.ts';
import type { Policy } from './policy.ts';
import { owe } from './settle.ts';
import { touch } from './touch.ts';

/** Hands a delivery's message over when it is due; the outcome comes back as an event. */
export function handOver(draft: Draft, id: string, now: Instant, policy: Policy): void {
  const delivery = draft.delivery(id);
  const incident = delivery === undefined ? undefined : draft.incident(delivery.incidentId);
  if (delivery === undefined || incident === undefined || delivery.due === null || delivery.due.at > now) return;
  const { kind, minor } = delivery.due;
  // The time it is handed over may be later than it was due, and how far ahead intervals are looked at has a bound.
  const mutedUntil = delivery.hours === undefined ? null : policy.mutedUntil(delivery.hours, now);
  if (mutedUntil !== null) {
    draft.setDelivery(deliveryWith(delivery, { due: null, mutedUntil }));
    draft.reconsider(incident.id);
    return;
  }
  const waitsUntil = kind === 'trigger' ? pageWaits(draft, delivery, incident, now, policy) : null;
  if (waitsUntil !== null) {
    draft.setDelivery(deliveryWith(delivery, { waitsUntil, due: null }));
    draft.reconsider(incident.id);
    return;
  }
  const seq = delivery.seq + 1;
  draft.setDelivery(
    deliveryWith(withoutWait(delivery), { seq, due: null, inFlight: { seq, kind, version: incident.version, at: now, ...(minor === true ? { minor } : {}) } }),
  );
  const late = fallbackAt(draft.delivery(id) ?? delivery, policy);
  if (late !== null) draft.timers.push({ due: late, kind: 'fallback', id });
  draft.effects.push({ deliveryId: id, seq, kind, at: now });
}

/** A delivery that is muted no longer. */
function withoutWait({ mutedUntil: _, ...delivery }: Delivery): Delivery {
  return delivery;
}

/** Takes in how a message ended; a report of another message than the one in flight is passed over. */
export function report(draft: Draft, reported: DeliveryReported, now: Instant, policy: Policy): void {
  const delivery = draft.delivery(reported.deliveryId);
  if (delivery?.inFlight?.seq !== reported.seq) return;
  const incident = draft.incident(delivery.incidentId);
  const next = reported.outcome === 'sent' ? afterSent(delivery, reported, incident) : afterFailure(delivery, reported);
  draft.setDelivery(next);
  if (incident === undefined) return;
  const whom = `${delivery.receivers.join(', ')} (${delivery.destination.id})`;
  if (reported.outcome === 'sent') {
    draft.record(incident.id, { at: now, kind: 'told', summary: `${delivery.inFlight.kind} sent to ${whom}`, evidence: [] });
    redeem(draft, incident);
  } else {
    draft.record(incident.id, {
      at: now,
      kind: 'not-told',
      summary: `${delivery.inFlight.kind} to ${whom} was given up on`,
      evidence: [{ kind: 'delivery-error', summary: reported.error ?? 'unknown' }],
    });
    fallBack(draft, next, 'was given up on', now, policy);
  }
  draft.reconsider(incident.id);
}

/** A message shows all of its incident, so it also tells of the alerts that nobody could be told of before. */
function redeem(draft: Draft, incident: Incident): void {
  if (incident.failedAlerts === 0) return;
  draft.ledger.move(incident.failedAlerts, 'failed', 'notified');
  draft.setIncident(incidentWith(incident, { failedAlerts: 0 }));
}

function afterSent(delivery: Delivery, reported: DeliveryReported, incident: Incident | undefined): Delivery {
  const at = delivery.inFlight?.at ?? 0;
  const kind = delivery.inFlight?.kind;
  const alerts = callsPeople(delivery, incident, reported.version);
  return deliveryWith(delivery, {
    inFlight: null,
    sentVersion: reported.version,
    sentStatus: reported.status,
    reminders: kind === 'reminder' ? delivery.reminders + 1 : alerts ? 0 : delivery.reminders,
    minorTold: delivery.inFlight?.minor === true ? delivery.minorTold + 1 : 0,
    sentAt: at,
    alertedAt: alerts ? at : delivery.alertedAt,
    reference: { ...delivery.reference, ...reported.reference },
    failedVersion: 0,
    lastError: null,
  });
}

function afterFailure(delivery: Delivery, reported: DeliveryReported): Delivery {
  return deliveryWith(delivery, { inFlight: null, failedVersion: reported.version, lastError: reported.error });
}

/** Tries a delivery again that was given up on. Alerts that nobody could be told of are pending once more, and news to every destination. */
export function retry(draft: Draft, asked: DeliveryRetried, now: Instant): EventResult {
  const delivery = draft.delivery(asked.deliveryId);
  const incident = delivery === undefined ? undefined : draft.incident(delivery.incidentId);
  if (delivery === undefined || incident === undefined)
    return { ok: false, code: 'not-found', detail: 'no such delivery, or its incident was resolved long ago' };
  if (delivery.failedVersion === 0) return { ok: false, code: 'not-failed', detail: 'the delivery was not given up on' };
  draft.setDelivery(deliveryWith(delivery, { failedVersion: 0 }));
  draft.ledger.move(incident.failedAlerts, 'failed', 'pending');
  if (incident.failedAlerts === 0) draft.reconsider(incident.id);
  else touch(draft, incident, now, { owed: owe(incident.owed, incident.version + 1, incident.failedAlerts), failedAlerts: 0 }, { news: 'major' });
  draft.record(incident.id, {
    at: now,
    kind: 'retried',
    summary: `sending to ${delivery.receivers.join(', ')} (${delivery.destination.id}) is tried again`,
    evidence: [],
    by: asked.by,
  });
  return { ok: true, incidentId: incident.id };
}
