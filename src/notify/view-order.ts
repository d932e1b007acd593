// Decides which alerts of an incident matter most to someone who reads about it.

import type { MemberState } from '../model/alert.ts';
import type { RootCause } from '../model/incident.ts';
import { compareText } from '../model/labels.ts';
import { SEVERITIES } from '../model/severity.ts';
import { compareTimestamps } from '../model/time.ts';

/**
 * The members that matter most, at most `limit`, the most important first: firing before resolved,
 * worse before milder, of the likeliest cause before others, earlier before later, then by fingerprint.
 */
export function mostImportant<M extends MemberState>(members: Iterable<M>, incident: { readonly rootCauses: readonly RootCause[] }, limit: number): M[] {
  const cause = incident.rootCauses[0];
  const rank = (member: M): number => {
    if (cause === undefined) return 2;
    if (member.fingerprint === cause.fingerprint) return 0;
    return member.entity === cause.entity ? 1 : 2;
  };
  const order = (a: M, b: M): number =>
    Number(a.status === 'resolved') - Number(b.status === 'resolved') ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    rank(a) - rank(b) ||
    compareTimestamps(a.startsAt, b.startsAt) ||
    compareText(a.fingerprint, b.fingerprint);
  return [...members].sort(order).slice(0, limit);
}
