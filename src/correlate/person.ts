// What people do to an incident.

import type { Incident } from '../model/incident.ts';
import { formatInstant, type Instant } from '../model/time.ts';
import type { Draft } from './draft.ts';
import type { ActionTaken } from './event.ts';
import { endAllFlapping } from './hold/flapping.ts';
import { touch } from './touch.ts';

/** How an event that somebody waits for ended. */
export type EventResult =
  | {
      readonly ok: true;
      readonly incidentId: string | null;
      /** How many records were added, where records were given. */
      readonly added?: number;
    }
  | { readonly ok: false; readonly code: 'not-found' | 'already-resolved' | 'not-failed' | 'not-decided'; readonly detail: string };

/** Acknowledges or resolves an incident. Doing so again is no error, and changes nothing unless people were called since. */
export function act(draft: Draft, action: ActionTaken, now: Instant): EventResult {
  const incident = find(draft, action);
  if (incident === undefined) return { ok: false, code: 'not-found', detail: 'no such incident, or it was resolved long ago' };
  const said = action.comment === null ? [] : [{ kind: 'comment', summary: action.comment }];
  if (action.action === 'acknowledge') {
    if (incident.status === 'resolved') return { ok: false, code: 'already-resolved', detail: 'the incident is resolved already' };
    if (incident.status === 'acknowledged' && !calledSince(draft, incident)) return { ok: true, incidentId: incident.id };
    touch(draft, incident, now, { status: 'acknowledged', acknowledgedAt: now, acknowledgedBy: action.by }, { news: 'shown' });
    draft.record(incident.id, { at: now, kind: 'acknowledged', summary: `acknowledged by ${action.by}`, evidence: said, by: action.by });
  } else if (action.action === 'snooze' || action.action === 'feedback') {
    draft.record(incident.id, { at: now, ...remark(action), evidence: said, by: action.by });
  } else if (incident.status !== 'resolved') {
    touch(draft, incident, now, { status: 'resolved', resolvedAt: now, resolution: 'person', resolvedBy: action.by });
    endAllFlapping(draft, incident.id, now);
    draft.record(incident.id, { at: now, kind: 'resolved', summary: `resolved by ${action.by}`, evidence: said, by: action.by });
  }
  return { ok: true, incidentId: incident.id };
}

/** Whether something drew people's attention after the incident was acknowledged. */
function calledSince(draft: Draft, incident: Incident): boolean {
  const since = incident.acknowledgedAt ?? 0;
  return draft.deliveriesOf(incident).some(({ alertedAt }) => alertedAt !== null && alertedAt > since);
}

function remark(said: Extract<ActionTaken, { readonly action: 'snooze' | 'feedback' }>): { readonly kind: string; readonly summary: string } {
  if (said.action === 'snooze') return { kind: 'snoozed', summary: `snoozed by ${said.by} until ${formatInstant(said.until)}` };
  return { kind: 'feedback', summary: `${said.by} says that ${said.entity} is ${said.correct ? '' : 'not '}the cause` };
}

function find(draft: Draft, action: ActionTaken): Incident | undefined {
  const named = action.incidentId === null ? undefined : draft.incident(action.incidentId);
  if (named !== undefined) return named;
  for (const fingerprint of action.fingerprints) {
    const id = draft.alert(fingerprint)?.membership?.incidentId;
    const incident = id === undefined ? undefined : draft.incident(id);
    if (incident !== undefined) return incident;
  }
  return undefined;
}
