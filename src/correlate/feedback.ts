// What people say of an incident's causes: kept, and heeded when its causes are ranked.

import type { Incident } from '../model/incident.ts';
import type { Instant } from '../model/time.ts';
import type { Draft } from './draft.ts';
import type { ActionTaken } from './event.ts';
import { type EventResult, saidIn } from './result.ts';
import { touch } from './touch.ts';

/** How many entities of an incident people can judge; beyond, the oldest judgement is given up. */
const MOST_JUDGED = 32;

/** Takes in that an entity is the cause, or is not, in place of what was said of it before; of what goes on as another incident nothing can be said. */
export function takeFeedback(draft: Draft, incident: Incident, action: Extract<ActionTaken, { action: 'feedback' }>, now: Instant): EventResult {
  if (incident.mergedInto !== null) return { ok: false, code: 'already-resolved', detail: `the incident goes on as ${incident.mergedInto}` };
  const { entity, correct, by } = action;
  const others = incident.feedback.filter((said) => said.entity !== entity);
  touch(draft, incident, now, { feedback: [...others, { entity, correct, by, at: now }].slice(-MOST_JUDGED) }, { spread: true });
  const summary = correct ? `${by} says that ${entity} is the cause` : `${by} says that ${entity} is not the cause`;
  draft.record(incident.id, { at: now, kind: 'feedback', summary, evidence: saidIn(action), by });
  return { ok: true, incidentId: incident.id };
}
