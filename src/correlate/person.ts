// What people do to an incident.

import type { Incident } from '../model/incident.ts';
import type { Instant } from '../model/time.ts';
import { auditIncident } from './audit.ts';
import { callsPeople } from './calls-people.ts';
import type { Draft } from './draft.ts';
import type { ActionTaken } from './event.ts';
import { takeFeedback } from './feedback.ts';
import { endAllFlapping } from './hold/flapping.ts';
import { doneBefore, rememberDone } from './idempotency.ts';
import { mergeByPerson } from './merge-by-person.ts';
import type { Policy } from './policy.ts';
import { type EventResult, RESOLVED, saidIn } from './result.ts';
import { snooze } from './snooze.ts';
import { split } from './split.ts';
import { touch } from './touch.ts';
import { veiled } from './veil.ts';

export type { EventResult } from './result.ts';

/**
 * Does what a person asks, once for each key. Acknowledging and resolving again changes nothing and is no error. The
 * result names the incident that the deed is about from now on: what one was merged into, or what was split off.
 */
export function act(draft: Draft, action: ActionTaken, now: Instant, policy: Policy): EventResult {
  const done = doneBefore(draft, action, now);
  if (done !== null) return done;
  const incident = find(draft, action);
  if (incident === undefined) return { ok: false, code: 'not-found', detail: 'no such incident, or it was resolved long ago' };
  const result = deed(draft, incident, action, now, policy);
  if (!result.ok) return result;
  rememberDone(draft, action, result.incidentId, now);
  auditIncident(draft, action, incident, now);
  return result;
}

function deed(draft: Draft, incident: Incident, action: ActionTaken, now: Instant, policy: Policy): EventResult {
  const done: EventResult = { ok: true, incidentId: incident.id };
  switch (action.action) {
    case 'acknowledge':
      if (incident.status === 'resolved') return RESOLVED;
      if (incident.status === 'acknowledged' && !calledSince(draft, incident)) return done;
      touch(draft, incident, now, { status: 'acknowledged', acknowledgedAt: now, acknowledgedBy: action.by }, { news: 'shown' });
      draft.record(incident.id, { at: now, kind: 'acknowledged', summary: `acknowledged by ${action.by}`, evidence: saidIn(action), by: action.by });
      return done;
    case 'resolve':
      if (incident.status === 'resolved') return done;
      touch(draft, incident, now, { status: 'resolved', resolvedAt: now, resolution: 'person', resolvedBy: action.by });
      endAllFlapping(draft, incident.id, now);
      draft.record(incident.id, { at: now, kind: 'resolved', summary: `resolved by ${action.by}`, evidence: saidIn(action), by: action.by });
      return done;
    case 'snooze':
      return incident.status === 'resolved' ? RESOLVED : snooze(draft, incident, action, now);
    case 'merge':
      return incident.status === 'resolved' ? RESOLVED : mergeByPerson(draft, incident, action, now);
    case 'split':
      return incident.status === 'resolved' ? RESOLVED : split(draft, incident, action, now, policy);
    case 'feedback':
      return takeFeedback(draft, incident, { ...action, entity: veiled(action.entity, policy.redaction) }, now);
  }
}

/** Whether something drew people's attention after the incident was acknowledged, or is on its way to. */
function calledSince(draft: Draft, incident: Incident): boolean {
  const since = incident.acknowledgedAt ?? 0;
  return draft.deliveriesOf(incident).some((delivery) => {
    const { alertedAt, inFlight } = delivery;
    if (alertedAt !== null && alertedAt > since) return true;
    return inFlight !== null && inFlight.at > since && callsPeople(delivery, incident, inFlight.version);
  });
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
