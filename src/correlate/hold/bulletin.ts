// Bulletins: handed to a sender when due, and what their outcome changes.

import { bulletinKind } from '../../model/bulletin.ts';
import { learnedKey, type StormRecord } from '../../model/learned.ts';
import type { Instant } from '../../model/time.ts';
import type { Draft } from '../draft.ts';
import type { DeliveryReported, DeliveryRetried } from '../event.ts';
import type { EventResult } from '../person.ts';
import type { Policy } from '../policy.ts';
import { carriersOf, digestDue, digestReported, putInDigest, setBulletin } from './digest.ts';
import { stormDue, stormReported } from './storm-message.ts';

/** Hands a bulletin over when it is due; the outcome comes back as an event. */
export function handOverBulletin(draft: Draft, id: string, now: Instant): void {
  const bulletin = draft.bulletin(id);
  if (bulletin === undefined || bulletin.due === null || bulletin.due > now || bulletin.inFlight !== null || bulletin.entries.length === 0) return;
  const next = bulletinKind(id) === 'storm' ? stormDue(bulletin, stormOf(draft), now) : digestDue(bulletin, now);
  setBulletin(draft, next, now);
  if (next.inFlight !== null) draft.effects.push({ deliveryId: id, seq: next.seq, kind: 'digest', at: now });
}

/** Takes in how a bulletin ended; a report of another than the one in flight is passed over. */
export function reportBulletin(draft: Draft, reported: DeliveryReported, now: Instant, policy: Policy): void {
  const bulletin = draft.bulletin(reported.deliveryId);
  if (bulletin === undefined || bulletin.inFlight === null || bulletin.inFlight.seq !== reported.seq) return;
  const sent = reported.outcome === 'sent';
  const { reference, error } = reported;
  const again = now + policy.suppression.digestInterval;
  const next =
    bulletinKind(bulletin.id) === 'storm'
      ? stormReported(bulletin, bulletin.inFlight, sent ? { sent, reference } : { sent }, { storm: stormOf(draft), now, again })
      : digestReported(bulletin, sent, again);
  setBulletin(draft, { ...next, ...(sent ? { sentAt: now, lastError: null } : { lastError: error ?? 'unknown' }) }, now);
}

/** Tries a bulletin again at once that was given up on. */
export function retryBulletin(draft: Draft, { deliveryId }: DeliveryRetried, now: Instant): EventResult {
  const bulletin = draft.bulletin(deliveryId);
  if (bulletin === undefined) return { ok: false, code: 'not-found', detail: 'no such delivery' };
  if (bulletin.lastError === null || bulletin.inFlight !== null) return { ok: false, code: 'not-failed', detail: 'the delivery was not given up on' };
  setBulletin(draft, { ...bulletin, due: now }, now);
  return { ok: true, incidentId: null };
}

/** Forgets the bulletins of destinations that are configured no more. What they had yet to say goes to where their receivers lead now. */
export function passOnBulletins(draft: Draft, now: Instant, policy: Policy): void {
  const configured = new Set([...policy.destinations.values()].flatMap((destinations) => destinations.map(({ id }) => id)));
  for (const bulletin of draft.allBulletins()) {
    if (configured.has(bulletin.destination.id) || bulletin.inFlight !== null) continue;
    draft.forgetBulletin(bulletin.id);
    if (bulletin.entries.length === 0) continue;
    for (const carrier of carriersOf(bulletin.receivers, policy)) putInDigest(draft, carrier, bulletin, Math.max(now, bulletin.due ?? now), now);
  }
}

function stormOf(draft: Draft): StormRecord | undefined {
  return draft.learned.get<StormRecord>(learnedKey.storm);
}
