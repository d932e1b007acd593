// The digest: what was held back and ended untold, but deserves to be known, gathered into one message for each destination.

import type { AlertState, Hold } from '../../model/alert.ts';
import type { Bulletin, BulletinEntry } from '../../model/bulletin.ts';
import type { Destination } from '../../model/delivery.ts';
import { compareText } from '../../model/labels.ts';
import { HOUR, type Instant, MINUTE, type Milliseconds } from '../../model/time.ts';
import type { Draft } from '../draft.ts';
import type { DeliveryReported } from '../event.ts';
import type { Policy } from '../policy.ts';

/** How many alerts a digest names. */
const MOST_ENTRIES = 50;
const MOST_INCIDENTS = 20;
/** A storm's message gathers for so long before it is sent or changed. */
const STORM_WAIT: Milliseconds = MINUTE;
/** What was held back on thin evidence is named within this time, however long the digest's interval. */
const THIN_WITHIN: Milliseconds = HOUR;

/** Whether any destination of an alert can carry a digest: what pages people cannot. */
export function canCarryDigest(hold: Pick<Hold, 'routes'>, policy: Policy): boolean {
  return carriersOf(hold, policy).length > 0;
}

/** Puts a held alert that ended into the digests of the destinations that it would have been told to. */
export function addToDigest(draft: Draft, alert: AlertState, hold: Hold, now: Instant, policy: Policy): void {
  const due = hold.thin ? Math.max(now, hold.since + Math.min(THIN_WITHIN, policy.suppression.digestInterval)) : now + policy.suppression.digestInterval;
  const entry = entryOf(alert, hold, hold.evidence[0]?.summary ?? '', now);
  for (const { destination, receiver } of carriersOf(hold, policy)) put(draft, `digest~${destination.id}`, destination, receiver, entry, due);
}

function put(draft: Draft, id: string, destination: Destination, receiver: string, entry: BulletinEntry, due: Instant): void {
  const known = draft.bulletin(id) ?? newBulletin(id, destination);
  const next = withEntry(known, entry);
  const receivers = known.receivers.includes(receiver) ? known.receivers : [...known.receivers, receiver].sort(compareText);
  const soonest = known.due === null ? due : Math.min(known.due, due);
  draft.setBulletin({ ...next, receivers, due: soonest });
  if (soonest !== known.due) draft.timers.push({ due: soonest, kind: 'bulletin', id });
}

function entryOf({ fingerprint, rule, entity, severity, membership }: AlertState, hold: Hold, because: string, now: Instant): BulletinEntry {
  const incidentIds = membership === null ? [] : [membership.incidentId];
  return { fingerprint, rule, entity, severity, reason: hold.reason, incidentIds, count: 1, firstAt: hold.since, lastAt: now, because };
}

/** Puts an alert into the storm's message of the destinations that it would have been told to; the message is kept up to date. */
export function addToStorm(draft: Draft, alert: AlertState, hold: Hold, now: Instant, policy: Policy): void {
  const because = hold.evidence[0]?.summary ?? '';
  for (const { destination, receiver } of carriersOf(hold, policy))
    put(draft, `storm~${destination.id}`, destination, receiver, entryOf(alert, hold, because, now), now + STORM_WAIT);
}

function carriersOf({ routes }: Pick<Hold, 'routes'>, policy: Policy): { readonly destination: Destination; readonly receiver: string }[] {
  return routes.flatMap(({ receiver }) =>
    (policy.destinations.get(receiver) ?? []).filter(({ digests }) => digests).map((destination) => ({ destination, receiver })),
  );
}

function newBulletin(id: string, destination: Destination): Bulletin {
  return { id, destination, receivers: [], entries: [], more: 0, due: null, inFlight: null, seq: 0, reference: {}, lastError: null };
}

function withEntry(bulletin: Bulletin, entry: BulletinEntry): Bulletin {
  const { entries, more } = bulletin;
  const i = entries.findIndex(({ fingerprint, reason }) => fingerprint === entry.fingerprint && reason === entry.reason);
  const known = entries[i];
  if (known !== undefined) return { ...bulletin, entries: entries.with(i, again(known, entry)) };
  return entries.length < MOST_ENTRIES ? { ...bulletin, entries: [...entries, entry] } : { ...bulletin, more: more + 1 };
}

function again(known: BulletinEntry, entry: BulletinEntry): BulletinEntry {
  const incidentIds = [...new Set([...known.incidentIds, ...entry.incidentIds])].slice(-MOST_INCIDENTS);
  return { ...entry, count: known.count + entry.count, firstAt: known.firstAt, incidentIds };
}

/** Hands a bulletin over when it is due; the outcome comes back as an event. */
export function handOverBulletin(draft: Draft, id: string, now: Instant): void {
  const bulletin = draft.bulletin(id);
  if (bulletin === undefined || bulletin.due === null || bulletin.due > now || bulletin.inFlight !== null || bulletin.entries.length === 0) return;
  const { entries, more } = bulletin;
  const seq = bulletin.seq + 1;
  draft.setBulletin({ ...bulletin, seq, entries: [], more: 0, due: null, inFlight: { seq, at: now, entries, more } });
  draft.effects.push({ deliveryId: id, seq, kind: 'digest', at: now });
}

/** Takes in how a bulletin ended. What could not be said is said with the next. */
export function reportBulletin(draft: Draft, reported: DeliveryReported, now: Instant, policy: Policy): void {
  const bulletin = draft.bulletin(reported.deliveryId);
  if (bulletin?.inFlight?.seq !== reported.seq) return;
  const { inFlight } = bulletin;
  let next: Bulletin = {
    ...bulletin,
    inFlight: null,
    reference: reported.reference,
    lastError: reported.outcome === 'sent' ? null : (reported.error ?? 'unknown'),
  };
  if (reported.outcome === 'failed') {
    next = { ...next, entries: inFlight.entries, more: inFlight.more + bulletin.more };
    for (const entry of bulletin.entries) next = withEntry(next, entry);
  }
  const due = next.entries.length === 0 ? null : (bulletin.due ?? now + policy.suppression.digestInterval);
  draft.setBulletin({ ...next, due });
  if (due !== null) draft.timers.push({ due: Math.max(now, due), kind: 'bulletin', id: bulletin.id });
}
