// An alert ends, or nothing more is heard of it; with its last alert the incident is over.

import { type AlertState, alertWith } from '../model/alert.ts';
import type { Incident } from '../model/incident.ts';
import { learnedKey, type SeriesBaseline } from '../model/learned.ts';
import { formatDuration, formatInstant, HOUR, type Instant, type Milliseconds, type Timestamp } from '../model/time.ts';
import { type Unrecovered, unrecoveredInWords } from '../model/unrecovered.ts';
import { account } from './accounting.ts';
import { changePercent } from './baseline/change-flags.ts';
import type { Draft } from './draft.ts';
import { comesBack, endAllFlapping, usualPause } from './hold/flapping.ts';
import { endHeld } from './hold/held.ts';
import { memberOf } from './member.ts';
import { observeEnd } from './observe.ts';
import { withEnd } from './parts.ts';
import type { Policy } from './policy.ts';
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
  /** It recovered as its sender said, or why it is not known to have. */
  readonly by: 'recovery' | Unrecovered;
}

/** Ends a firing alert and books it; `received` counts the received alerts that ended it, for the ledger. */
export function endAlert(draft: Draft, known: AlertState, ending: Ending, received: number, now: Instant, policy: Policy): void {
  const alert = alertWith(known, {
    status: 'resolved',
    startsAt: ending.startsAt,
    endsAt: ending.endsAt,
    changedAt: now,
    heardAt: ending.by === 'silence' ? known.heardAt : now,
    doubtful: null,
  });
  observeEnd(draft, known, { at: ending.endsAt.ms, recovered: ending.by === 'recovery' }, now);
  draft.setAlert(alert);
  draft.timers.push({ due: forgetAt(alert), kind: 'forget', id: alert.fingerprint });
  const before = alert.membership === null ? undefined : draft.incident(alert.membership.incidentId);
  if (alert.membership === null || before === undefined) {
    if (alert.hold === null) draft.ledger.move(received, 'pending', 'duplicate');
    else endHeld(draft, null, alert, alert.hold, received, now, policy);
    return;
  }
  const member = memberOf(alert, alert.membership);
  draft.setMember(before.id, ending.by === 'recovery' ? member : { ...member, unrecovered: ending.by }, null);
  const firingCount = before.firingCount - 1;
  const last = firingCount === 0 && before.status !== 'resolved';
  const calmAt = last && before.audibleAt !== null ? calmAfter(draft, before, alert, now, policy) : null;
  const over = last && calmAt === null;
  const changed = {
    firingCount,
    parts: withEnd(before.parts, alert.entity, alert.rule, Math.min(now, ending.endsAt.ms)),
    calmAt,
    ...(last ? { resolution: ending.by === 'recovery' ? ('alerts' as const) : ending.by } : {}),
    ...(over ? ({ status: 'resolved', resolvedAt: now } as const) : {}),
  };
  const incident = touch(draft, before, now, changed, { spread: !over && before.status !== 'resolved' });
  if (calmAt !== null) draft.timers.push({ due: calmAt, kind: 'calm', id: incident.id });
  recordEnd(draft, incident, alert, { ending, over, calmAt, unheard: now - known.heardAt }, now);
  const ended = draft.alert(alert.fingerprint) ?? alert;
  const heard = ended.hold === null || ended.hold.told === true;
  if (ended.hold !== null) endHeld(draft, incident, ended, ended.hold, heard ? 0 : received, now, policy);
  if (heard && received > 0) account(draft, draft.incident(incident.id) ?? incident, alert, received, now);
  if (over) endAllFlapping(draft, incident.id, now);
}

/** When an incident whose last alert flaps is over at the earliest, if nothing fires until then; null when it is over now. */
function calmAfter(draft: Draft, incident: Incident, alert: AlertState, now: Instant, { suppression: { flapping } }: Policy): Instant | null {
  if (flapping.mode !== 'on' || !flapping.severities.has(alert.severity)) return null;
  const series = draft.learned.get<SeriesBaseline>(learnedKey.series(alert.fingerprint));
  if (alert.flapping === null) {
    // Where other things alerted too, its coming back may well be another trouble.
    if (incident.alertCount > 1 || series === undefined) return null;
    if (changePercent(series.flags, now) < flapping.start && !comesBack(series, now)) return null;
    draft.setAlert(alertWith(alert, { flapping: { since: now, swings: 0 } }));
  }
  return now + usualPause(series, now);
}

/** An incident that was kept open because of an alert that flaps is over when nothing of it fired again. */
export function calmDown(draft: Draft, id: string, now: Instant): void {
  const incident = draft.incident(id);
  if (incident === undefined || incident.calmAt === null || incident.calmAt > now) return;
  endAllFlapping(draft, id, now);
  touch(draft, incident, now, { calmAt: null, status: 'resolved', resolvedAt: now });
  draft.record(id, { at: now, kind: 'resolved', summary: 'its last alert ended and did not come back', evidence: [] });
}

function recordEnd(
  draft: Draft,
  incident: Incident,
  alert: AlertState,
  facts: { readonly ending: Ending; readonly over: boolean; readonly calmAt: Instant | null; readonly unheard: Milliseconds },
  now: Instant,
): void {
  const what = alert.entity === null ? alert.rule : `${alert.rule} on ${alert.entity}`;
  const { fingerprint } = alert;
  if (facts.ending.by === 'silence') {
    const evidence = [{ kind: 'stale', summary: `nothing was heard of it for ${formatDuration(facts.unheard)}`, value: Math.round(facts.unheard / 1000) }];
    draft.record(incident.id, { at: now, kind: 'not-heard-of', summary: `${what} has not been heard of since`, evidence, fingerprint });
  } else {
    const { by } = facts.ending;
    const reason = by === 'recovery' ? '' : ` and is not known to have recovered: ${unrecoveredInWords(by)}`;
    const flaps = facts.calmAt === null ? '' : `; as it flaps, the incident stays open until ${formatInstant(facts.calmAt).slice(11, 19)}`;
    draft.record(incident.id, { at: now, kind: 'ended', summary: `${what} ended${reason}${flaps}`, evidence: [], fingerprint });
  }
  if (facts.over)
    draft.record(incident.id, {
      at: now,
      kind: 'resolved',
      summary: overInWords(facts.ending.by),
      evidence: [],
    });
}

function overInWords(by: Ending['by']): string {
  if (by === 'silence') return 'no alert of it is heard of any more';
  return by === 'recovery' ? 'its last alert ended' : `its last alert ended and is not known to have recovered: ${unrecoveredInWords(by)}`;
}
