// An alert ends, or nothing more is heard of it; with its last alert the incident is over.

import { type AlertState, alertWith } from '../model/alert.ts';
import type { Incident } from '../model/incident.ts';
import { formatDuration, HOUR, type Instant, type Milliseconds, type Timestamp } from '../model/time.ts';
import type { Draft } from './draft.ts';
import { memberOf } from './member.ts';
import { observeEnd } from './observe.ts';
import { withEnd } from './parts.ts';
import { touch } from './touch.ts';

/** How long an alert that ended is remembered, to know late deliveries of it. */
export const REMEMBERED: Milliseconds = 24 * HOUR;

/** When an alert that ended is forgotten, unless its incident is in memory still. */
export function forgetAt({ changedAt, heardAt }: AlertState): Instant {
  return Math.max(changedAt, heardAt) + REMEMBERED;
}

/** How an alert ended. */
export interface Ending {
  readonly startsAt: Timestamp;
  readonly endsAt: Timestamp;
  /** The sender said so, or was not heard of since. */
  readonly by: 'sender' | 'silence';
}

/** Ends a firing alert; answers it and its incident as they then are, no incident when it is in none. */
export function endAlert(draft: Draft, known: AlertState, ending: Ending, now: Instant): { readonly alert: AlertState; readonly incident: Incident | null } {
  const alert = alertWith(known, {
    status: 'resolved',
    startsAt: ending.startsAt,
    endsAt: ending.endsAt,
    changedAt: now,
    heardAt: ending.by === 'sender' ? now : known.heardAt,
    doubtful: null,
  });
  if (ending.by === 'sender') observeEnd(draft, known.rule, ending.endsAt.ms - ending.startsAt.ms, now);
  draft.setAlert(alert);
  draft.timers.push({ due: forgetAt(alert), kind: 'forget', id: alert.fingerprint });
  const before = alert.membership === null ? undefined : draft.incident(alert.membership.incidentId);
  if (alert.membership === null || before === undefined) return { alert, incident: null };
  draft.setMember(before.id, memberOf(alert, alert.membership), null);
  const firingCount = before.firingCount - 1;
  const over = firingCount === 0 && before.status !== 'resolved';
  const incident = touch(draft, before, now, {
    firingCount,
    parts: withEnd(before.parts, alert.entity, alert.rule, Math.min(now, ending.endsAt.ms)),
    ...(over ? { status: 'resolved', resolvedAt: now, resolution: ending.by === 'silence' ? 'silence' : 'alerts' } : {}),
  });
  recordEnd(draft, incident, alert, { ending, over, unheard: now - known.heardAt }, now);
  return { alert, incident };
}

function recordEnd(
  draft: Draft,
  incident: Incident,
  alert: AlertState,
  facts: { readonly ending: Ending; readonly over: boolean; readonly unheard: Milliseconds },
  now: Instant,
): void {
  const what = alert.entity === null ? alert.rule : `${alert.rule} on ${alert.entity}`;
  const { fingerprint } = alert;
  if (facts.ending.by === 'silence') {
    const evidence = [{ kind: 'stale', summary: `nothing was heard of it for ${formatDuration(facts.unheard)}`, value: Math.round(facts.unheard / 1000) }];
    draft.record(incident.id, { at: now, kind: 'not-heard-of', summary: `${what} has not been heard of since`, evidence, fingerprint });
  } else {
    draft.record(incident.id, { at: now, kind: 'ended', summary: `${what} ended`, evidence: [], fingerprint });
  }
  if (facts.over)
    draft.record(incident.id, {
      at: now,
      kind: 'resolved',
      summary: incident.resolution === 'silence' ? 'no alert of it is heard of any more' : 'its last alert ended',
      evidence: [],
    });
}
