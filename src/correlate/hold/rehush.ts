// Silences and inhibitions come and go: alerts that fire are held from then on, or told of.

import type { AlertState } from '../../model/alert.ts';
import type { Instant } from '../../model/time.ts';
import type { Draft } from '../draft.ts';
import type { Policy } from '../policy.ts';
import { endHeld, holdHushed, release } from './held.ts';
import { hushOn, isHush } from './hush.ts';
import { inhibitedBy } from './inhibition.ts';

/** Brings an alert under what now silences or inhibits it, or tells of it when nothing does any more; `why` says what has changed. */
export function rehush(draft: Draft, fingerprint: string, why: string, now: Instant, policy: Policy): void {
  const alert = draft.alert(fingerprint);
  const incident = alert === undefined || alert.membership === null ? undefined : draft.incident(alert.membership.incidentId);
  if (alert === undefined || incident === undefined || alert.status !== 'firing') return;
  const hush = hushOn(draft, alert, now, policy);
  if (hush !== null) holdHushed(draft, incident, alert, hush, now);
  else if (isHush(alert.hold) && incident.status !== 'resolved') release(draft, incident, alert, why, now, policy);
  // What a person resolved reopens if it is heard firing for long.
  else if (isHush(alert.hold)) endHeld(draft, incident, alert, alert.hold, 0, now, policy);
}

/** Looks again at what an alert that began or ended could inhibit. */
export function rehushInhibited(draft: Draft, source: AlertState | undefined, now: Instant, policy: Policy): void {
  if (source === undefined || source.marks.length === 0) return;
  for (const { fingerprint } of inhibitedBy(draft, source)) rehush(draft, fingerprint, 'nothing that inhibits it fires any more', now, policy);
}
