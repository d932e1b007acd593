// What the audit log keeps of a change by a person or a token.

import type { AuditFacts } from '../model/audit.ts';
import type { Change } from '../model/change.ts';
import type { Incident } from '../model/incident.ts';
import { formatMatcher } from '../model/matcher.ts';
import type { Silence } from '../model/silence.ts';
import { formatInstant, type Instant } from '../model/time.ts';
import type { Draft } from './draft.ts';
import type { ActionTaken } from './event.ts';

/** Keeps what an action changed of an incident; an action that changed nothing is left out. */
export function auditIncident(draft: Draft, { action, by, comment }: ActionTaken, before: Incident, now: Instant): void {
  const after = draft.incident(before.id);
  if (after === undefined || after === before) return;
  const [was, is] = [factsOf(before), factsOf(after)];
  draft.audit({ at: now, by, action, target: before.id, before: differing(was, is), after: differing(is, was), comment });
}

/** Keeps that a change was reported, or reported again. */
export function auditChange(draft: Draft, change: Change, by: string, now: Instant): void {
  const before = draft.recentChanges().find(({ id }) => id === change.id);
  draft.audit({
    at: now,
    by,
    action: 'change',
    target: change.id,
    before: before === undefined ? null : changeFacts(before),
    after: changeFacts(change),
    comment: null,
  });
}

/** Keeps how a silence was made, changed or ended. */
export function auditSilence(
  draft: Draft,
  { by, action }: { readonly by: string; readonly action: string },
  before: Silence | undefined,
  after: Silence,
  now: Instant,
): void {
  const [was, is] = [before === undefined ? null : silenceFacts(before), silenceFacts(after)];
  draft.audit({
    at: now,
    by,
    action,
    target: after.id,
    before: was === null ? null : differing(was, is),
    after: was === null ? is : differing(is, was),
    comment: after.comment,
  });
}

function silenceFacts({ matchers, startsAt, endsAt, createdBy }: Silence): AuditFacts {
  return { matchers: matchers.map(formatMatcher).join(', '), startsAt: formatInstant(startsAt), endsAt: formatInstant(endsAt), createdBy };
}

function factsOf({ status, severity, acknowledgedBy, snoozedUntil, mergedInto, alertCount, feedback }: Incident): AuditFacts {
  return {
    status,
    severity,
    acknowledgedBy,
    snoozedUntil: snoozedUntil === null ? null : formatInstant(snoozedUntil),
    mergedInto,
    alertCount,
    feedback: feedback.length === 0 ? null : feedback.map(({ entity, correct }) => `${entity} is ${correct ? '' : 'not '}the cause`).join(', '),
  };
}

function differing(facts: AuditFacts, others: AuditFacts): AuditFacts {
  return Object.fromEntries(Object.entries(facts).filter(([name, value]) => others[name] !== value));
}

function changeFacts({ entity, summary, kind, at, link }: Change): AuditFacts {
  return { entity, summary, kind, at: formatInstant(at), link };
}
