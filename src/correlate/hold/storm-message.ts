// A storm's message: what it names while the storm lasts, when it is sent or changed, and when it says that the storm is over.

import type { AlertState, Hold } from '../../model/alert.ts';
import type { Bulletin, BulletinEntry, BulletinInFlight } from '../../model/bulletin.ts';
import type { SentReference } from '../../model/delivery.ts';
import type { StormRecord } from '../../model/learned.ts';
import { type Instant, MINUTE, type Milliseconds } from '../../model/time.ts';
import type { Draft } from '../draft.ts';
import type { Policy } from '../policy.ts';
import { entryOf, withAll, withEntry } from './bulletin-entries.ts';
import { bulletinOf, carriersOfHold, setBulletin } from './digest.ts';
import { stormAt, stormOverAt } from './storm.ts';

/** The message gathers for so long before it is sent or changed. */
const WAIT: Milliseconds = MINUTE;
/** Where a message cannot be changed, the next one comes so long after the one before: longer than a storm takes to end. */
const NEXT: Milliseconds = 15 * MINUTE;
/** A message that was given up on is tried again after so long, while the storm lasts. */
const AGAIN: Milliseconds = 10 * MINUTE;

/** Puts an alert into the storm's message of the destinations that it would have been told to now. */
export function addToStorm(draft: Draft, alert: AlertState, hold: Hold, now: Instant, policy: Policy): void {
  const entry = entryOf(alert, hold, now);
  for (const { destination, receiver, mutedUntil } of carriersOfHold(hold, policy))
    if (mutedUntil(now) === null) setBulletin(draft, grown(bulletinOf(draft, `storm~${destination.id}`, destination, receiver, now), entry, now), now);
}

/** Notes in the storm's messages how an alert went on that they name; it shows with the next change. */
export function noteInStorm(draft: Draft, { fingerprint }: AlertState, hold: Hold, outcome: NonNullable<BulletinEntry['outcome']>, policy: Policy): void {
  for (const { destination } of carriersOfHold(hold, policy)) {
    const bulletin = draft.bulletin(`storm~${destination.id}`);
    const i = bulletin?.entries.findIndex((entry) => entry.fingerprint === fingerprint) ?? -1;
    const entry = bulletin?.entries[i];
    if (bulletin !== undefined && entry !== undefined) draft.setBulletin({ ...bulletin, entries: bulletin.entries.with(i, { ...entry, outcome }) });
  }
}

/** A storm's message with one alert more. */
export function grown(bulletin: Bulletin, entry: BulletinEntry, now: Instant): Bulletin {
  const due = Math.max(now + WAIT, nextAfter(bulletin));
  return { ...bulletin, ...withEntry(bulletin, entry), unsaid: true, due: bulletin.due === null ? due : Math.min(bulletin.due, due) };
}

/**
 * A storm's message that is due, as it is once it is handed over or put off. While the storm lasts it is changed when it has
 * grown. When the storm is over it is changed a last time, and what comes from then on is told in a new one.
 */
export function stormDue(bulletin: Bulletin, storm: StormRecord | undefined, now: Instant): Bulletin {
  const over = storm === undefined || !stormAt(storm, now);
  const next = bulletin.unsaid ? nextAfter(bulletin) : Number.POSITIVE_INFINITY;
  if (!over && next > now) return { ...bulletin, due: Math.min(next, stormOverAt(storm)) };
  const { entries, more, reference } = bulletin;
  const seq = bulletin.seq + 1;
  const handedOver = { ...bulletin, seq, unsaid: false, due: null, inFlight: { seq, at: now, entries, more, over, reference } };
  return over ? { ...handedOver, entries: [], more: 0, reference: {} } : handedOver;
}

/** The soonest that the next message of a storm may follow the one before it: at any time where that is changed, or could not be sent. */
function nextAfter({ destination, entries: [first], inFlight, sentAt, lastError }: Bulletin): Instant {
  if (destination.edits || first === undefined || lastError !== null) return 0;
  if (inFlight !== null) return inFlight.over ? 0 : inFlight.at + NEXT;
  return sentAt === null || sentAt < first.firstAt ? 0 : sentAt + NEXT;
}

/** How a storm's message ended that was under way. */
export type StormOutcome = { readonly sent: true; readonly reference: SentReference } | { readonly sent: false };

/**
 * A storm's message once it is known how the one under way ended. What could not be said is said later: when the storm is over
 * at `again`, or with the next storm if that comes first.
 */
export function stormReported(
  bulletin: Bulletin,
  inFlight: BulletinInFlight,
  outcome: StormOutcome,
  { storm, now, again }: { readonly storm: StormRecord | undefined; readonly now: Instant; readonly again: Instant },
): Bulletin {
  const known = { ...bulletin, inFlight: null };
  if (outcome.sent) {
    if (inFlight.over) return known;
    return { ...known, reference: outcome.reference, due: bulletin.due ?? (storm === undefined ? now : stormOverAt(storm)) };
  }
  if (!inFlight.over) return { ...known, unsaid: true, due: now + AGAIN };
  const reference = bulletin.entries.length === 0 ? inFlight.reference : {};
  return { ...known, ...withAll(inFlight, bulletin), reference, unsaid: true, due: bulletin.due ?? again };
}
