// Who else is told of an incident when a destination cannot be: the receivers' `fallback_receiver`.

import type { Delivery } from '../model/delivery.ts';
import { formatDuration, type Instant } from '../model/time.ts';
import type { Draft } from './draft.ts';
import type { Policy } from './policy.ts';
import { addReceivers } from './receivers.ts';

/** When others are told because a message is still under way; null when none is, or nobody stands in. */
export function fallbackAt({ inFlight, receivers }: Delivery, { fallbacks }: Policy): Instant | null {
  if (inFlight === null) return null;
  const soonest = Math.min(...receivers.map((receiver) => fallbacks.get(receiver)?.after ?? Number.POSITIVE_INFINITY));
  return Number.isFinite(soonest) ? inFlight.at + soonest : null;
}

/** Has others told of a delivery's incident when its message is still under way; a timer that came too early is passed over. */
export function fallBackWhenLate(draft: Draft, id: string, now: Instant, policy: Policy): void {
  const delivery = draft.delivery(id);
  const due = delivery === undefined ? null : fallbackAt(delivery, policy);
  if (delivery === undefined || due === null || due > now) return;
  fallBack(draft, delivery, `is under way for ${formatDuration(now - (delivery.inFlight?.at ?? now))}`, now, policy);
}

/**
 * Has the incident of a delivery told to whoever stands in for its receivers, from now on as to any other receiver; `why`
 * goes on from "a message to them …". Nothing happens when all of them are told already.
 */
export function fallBack(draft: Draft, delivery: Delivery, why: string, now: Instant, policy: Policy): void {
  const incident = draft.incident(delivery.incidentId);
  if (incident === undefined) return;
  const names = [...new Set(delivery.receivers.flatMap((receiver) => policy.fallbacks.get(receiver)?.receiver ?? []))];
  const missing = names.filter((name) => !incident.receivers.includes(name));
  if (missing.length === 0) return;
  const timing = { ...delivery.timing, groupWait: 0 };
  addReceivers(
    draft,
    incident,
    missing.map((receiver) => ({ receiver, timing })),
    now,
    policy,
  );
  draft.record(incident.id, {
    at: now,
    kind: 'fallback',
    summary: `${missing.join(', ')} is told in place of ${delivery.receivers.join(', ')}`,
    evidence: [{ kind: 'delivery-late', summary: `a message to ${delivery.destination.id} ${why}` }],
  });
  draft.reconsider(incident.id);
}
