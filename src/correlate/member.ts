// An alert as its incident keeps it.

import type { AlertState, MemberState, Membership } from '../model/alert.ts';

/** What the incident keeps of an alert's present state; why it joined is kept apart. */
export function memberOf(alert: AlertState, membership: Membership): MemberState {
  const { fingerprint, status, startsAt: lastStartsAt, endsAt, rule, entity, domain, severity } = alert;
  return { fingerprint, status, startsAt: membership.startsAt, lastStartsAt, endsAt, occurrences: membership.occurrences, rule, entity, domain, severity };
}
