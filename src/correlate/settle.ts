// When the alerts that an incident owes an account of leave the ledger's `pending`, and for which account.

import type { Delivery } from '../model/delivery.ts';
import { type Incident, isHushed, type OwedAlerts } from '../model/incident.ts';
import type { Account } from './ledger.ts';

/** Owed alerts that can be booked now, and those that cannot yet. */
export interface Settlement {
  readonly booked: number;
  /** Where the booked ones go; null when there are none. */
  readonly account: Exclude<Account, 'pending' | 'duplicate'> | null;
  readonly owed: readonly OwedAlerts[];
}

/**
 * Settles what a message has told: everything up to the latest version that one destination was told.
 * What is left is settled only once nothing more is due or in flight: an incident that was told of
 * has accounted for its alerts; else they failed when it was tried, or came and went before it was time.
 */
export function settle(incident: Incident, deliveries: readonly Delivery[]): Settlement {
  const owed = sum(incident.owed);
  if (owed === 0) return { booked: 0, account: null, owed: incident.owed };
  const told = Math.max(0, ...deliveries.map((d) => d.sentVersion));
  const covered = sum(incident.owed.filter((o) => o.version <= told));
  if (covered > 0) return { booked: covered, account: 'notified', owed: incident.owed.filter((o) => o.version > told) };
  if (deliveries.some((d) => d.inFlight !== null || (d.due !== null && d.due.kind !== 'reminder'))) return { booked: 0, account: null, owed: incident.owed };
  // What was silenced or inhibited before it could be told waits for the end of that.
  if (told === 0 && incident.status !== 'resolved' && isHushed(incident)) return { booked: 0, account: null, owed: incident.owed };
  return { booked: owed, account: leftOver(incident, deliveries, told), owed: [] };
}

function leftOver(incident: Incident, deliveries: readonly Delivery[], told: number): Settlement['account'] {
  if (told > 0 && deliveries.some((d) => d.sentVersion > d.failedVersion)) {
    if (incident.status !== 'resolved' || deliveries.some((d) => d.sentStatus === 'resolved')) return 'notified';
    const givenUp = deliveries.some((d) => d.destination.sendResolved && d.failedVersion > d.sentVersion);
    return givenUp ? 'failed' : { suppressed: 'send-resolved-off' };
  }
  if (deliveries.some((d) => d.failedVersion > 0)) return 'failed';
  if (incident.hush !== null && isHushed(incident)) return { suppressed: incident.hush.reason };
  if (deliveries.some((d) => d.waitsUntil !== null)) return { suppressed: 'budget' };
  return { suppressed: deliveries.some((d) => d.mutedUntil !== undefined) ? 'muted' : 'transient' };
}

function sum(owed: readonly OwedAlerts[]): number {
  return owed.reduce((count, o) => count + o.count, 0);
}

/** Adds received alerts to what a version owes an account of; none leave it as it is. */
export function owe(owed: readonly OwedAlerts[], version: number, count: number): readonly OwedAlerts[] {
  if (count === 0) return owed;
  const last = owed.at(-1);
  if (last?.version === version) return [...owed.slice(0, -1), { version, count: last.count + count }];
  return [...owed, { version, count }];
}
