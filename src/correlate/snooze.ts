// An incident that a person does not want to hear of for a while, and what is told when that is over.

import type { Incident } from '../model/incident.ts';
import { formatInstant, type Instant } from '../model/time.ts';
import type { Draft } from './draft.ts';
import type { ActionTaken } from './event.ts';
import { type EventResult, saidIn } from './result.ts';
import { touch } from './touch.ts';

/** Snoozes an incident, or gives its snooze another end; one in the past ends it at once. */
export function snooze(draft: Draft, incident: Incident, action: Extract<ActionTaken, { action: 'snooze' }>, now: Instant): EventResult {
  const until = Math.max(now, action.until);
  if (until === incident.snoozedUntil) return { ok: true, incidentId: incident.id };
  touch(draft, incident, now, { snoozedUntil: until, snoozedBy: action.by }, { news: 'shown' });
  draft.timers.push({ due: until, kind: 'snooze', id: incident.id });
  draft.record(incident.id, {
    at: now,
    kind: 'snoozed',
    summary: `snoozed by ${action.by} until ${formatInstant(until)}`,
    evidence: saidIn(action),
    by: action.by,
  });
  return { ok: true, incidentId: incident.id };
}

const AWAKE = { snoozedUntil: null, snoozedBy: null } as const satisfies Partial<Incident>;

/** Ends a snooze that is over: what fires still is told again, at once. */
export function wakeUp(draft: Draft, id: string, now: Instant): void {
  const incident = draft.incident(id);
  if (incident === undefined || incident.snoozedUntil === null || incident.snoozedUntil > now) return;
  if (incident.status === 'resolved' || incident.firingCount === 0) {
    touch(draft, incident, now, AWAKE);
    return;
  }
  touch(draft, incident, now, AWAKE, { news: 'urgent' });
  const summary = `its snooze is over, and ${incident.firingCount === 1 ? 'an alert fires' : `${incident.firingCount} alerts fire`} still`;
  draft.record(id, { at: now, kind: 'snooze-over', summary, evidence: [] });
}
