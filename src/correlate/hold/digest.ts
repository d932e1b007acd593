// The digest: what was held back and ended untold, but deserves to be known, gathered into one message for each destination.

import type { AlertState, Hold } from '../../model/alert.ts';
import type { Bulletin } from '../../model/bulletin.ts';
import type { Destination } from '../../model/delivery.ts';
import { compareText } from '../../model/labels.ts';
import { HOUR, type Instant, type Milliseconds } from '../../model/time.ts';
import type { Draft } from '../draft.ts';
import type { Policy } from '../policy.ts';
import { entryOf, type Said, withAll } from './bulletin-entries.ts';

/** What was held back on thin evidence is named within this time, however long the digest's interval. */
const THIN_WITHIN: Milliseconds = HOUR;

/** A place that can carry bulletins, and the receiver that leads there. */
export interface Carrier {
  readonly destination: Destination;
  readonly receiver: string;
}

/** Such a place, as the routes of an alert lead there. */
interface RoutedCarrier extends Carrier {
  /** Until when these routes are muted from an instant on; null when they are not. */
  readonly mutedUntil: (at: Instant) => Instant | null;
}

/** The places of some receivers that can carry bulletins: what pages people cannot. */
export function carriersOf(receivers: readonly string[], policy: Policy): readonly Carrier[] {
  return receivers.flatMap((receiver) =>
    (policy.destinations.get(receiver) ?? []).filter(({ digests }) => digests).map((destination) => ({ destination, receiver })),
  );
}

/** The places that would have been told of a held alert and can carry bulletins. */
export function carriersOfHold({ routes }: Pick<Hold, 'routes'>, policy: Policy): readonly RoutedCarrier[] {
  return routes.flatMap(({ receiver, hours }) =>
    carriersOf([receiver], policy).map((carrier) => ({ ...carrier, mutedUntil: (at: Instant) => (hours === undefined ? null : policy.mutedUntil(hours, at)) })),
  );
}

/** Whether any destination of an alert can carry a digest. */
export function canCarryDigest(hold: Pick<Hold, 'routes'>, policy: Policy): boolean {
  return carriersOfHold(hold, policy).length > 0;
}

/** Puts a held alert that ended into the digests of the destinations that it would have been told to; where its routes are muted then, that waits. */
export function addToDigest(draft: Draft, alert: AlertState, hold: Hold, now: Instant, policy: Policy): void {
  const { digestInterval } = policy.suppression;
  const due = hold.thin ? Math.max(now, hold.since + Math.min(THIN_WITHIN, digestInterval)) : now + digestInterval;
  for (const { mutedUntil, ...carrier } of carriersOfHold(hold, policy))
    putInDigest(draft, carrier, { entries: [entryOf(alert, hold, now)], more: 0 }, mutedUntil(due) ?? due, now);
}

/** Adds to a destination's digest, which goes out at `due` at the latest. */
export function putInDigest(draft: Draft, { destination, receiver }: Carrier, said: Said, due: Instant, now: Instant): void {
  const known = bulletinOf(draft, `digest~${destination.id}`, destination, receiver, now);
  const soonest = known.due === null ? due : Math.min(known.due, due);
  setBulletin(draft, { ...known, ...withAll(known, said), due: soonest }, now);
}

/** The bulletin with an id, a new one when there is none, with the receiver among those that it is for. */
export function bulletinOf(draft: Draft, id: string, destination: Destination, receiver: string, now: Instant): Bulletin {
  const known = draft.bulletin(id) ?? newBulletin(id, destination, now);
  return known.receivers.includes(receiver) ? known : { ...known, receivers: [...known.receivers, receiver].sort(compareText) };
}

/** Writes a bulletin, and has it looked at when it is due. */
export function setBulletin(draft: Draft, bulletin: Bulletin, now: Instant): void {
  draft.setBulletin(bulletin);
  if (bulletin.due !== null) draft.timers.push({ due: Math.max(now, bulletin.due), kind: 'bulletin', id: bulletin.id });
}

function newBulletin(id: string, destination: Destination, now: Instant): Bulletin {
  const nothing = { entries: [], more: 0, unsaid: false, due: null, inFlight: null, reference: {} };
  return { id, destination, receivers: [], createdAt: now, ...nothing, seq: 0, sentAt: null, lastError: null };
}

/** A digest that is due, as it is once it is handed over: what comes from then on is told in the next. */
export function digestDue(bulletin: Bulletin, now: Instant): Bulletin {
  const { entries, more } = bulletin;
  const seq = bulletin.seq + 1;
  return { ...bulletin, seq, entries: [], more: 0, due: null, inFlight: { seq, at: now, entries, more, over: false, reference: {} } };
}

/** A digest once it is known how the one under way ended. What could not be said is said with the next, `again` at the latest. */
export function digestReported(bulletin: Bulletin, sent: boolean, again: Instant): Bulletin {
  const { inFlight } = bulletin;
  if (sent || inFlight === null) return { ...bulletin, inFlight: null };
  return { ...bulletin, ...withAll(inFlight, bulletin), inFlight: null, due: Math.min(again, bulletin.due ?? again) };
}
