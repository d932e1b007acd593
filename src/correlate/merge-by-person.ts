// A person says that an incident is the same trouble as another one.

import type { Incident } from '../model/incident.ts';
import type { Instant } from '../model/time.ts';
import type { Draft } from './draft.ts';
import type { ActionTaken } from './event.ts';
import { merge } from './merge.ts';
import { type EventResult, RESOLVED, saidIn } from './result.ts';

/** Merges an open incident into the open one that the action names. */
export function mergeByPerson(draft: Draft, incident: Incident, action: Extract<ActionTaken, { action: 'merge' }>, now: Instant): EventResult {
  if (action.into === incident.id) return { ok: false, code: 'not-possible', detail: 'an incident cannot be merged into itself' };
  const into = draft.incident(action.into);
  if (into === undefined) return { ok: false, code: 'not-found', detail: 'there is no incident to merge it into, or it was resolved long ago' };
  if (into.status === 'resolved') return RESOLVED;
  const why = [{ kind: 'person', summary: `${action.by} said that they are the same trouble` }, ...saidIn(action)];
  merge(draft, into, incident, { evidence: why, by: action.by }, now);
  return { ok: true, incidentId: into.id };
}
