// After an event: what it touched is ranked and named anew, and what is owed to people is reckoned.

import { type Delivery, deliveryWith } from '../model/delivery.ts';
import type { SuppressionReason } from '../model/evidence.ts';
import { type Incident, incidentWith } from '../model/incident.ts';
import { formatDuration, formatInstant, HOUR, type Instant, type Milliseconds } from '../model/time.ts';
import { suppressAlert } from './accounting.ts';
import type { Draft } from './draft.ts';
import { guarded } from './guard.ts';
import { releaseAll } from './hold/held.ts';
import type { Policy } from './policy.ts';
import { rankCauses } from './root-cause.ts';
import { settle } from './settle.ts';
import { nextTelling } from './telling.ts';

/** How long at least an incident that is over stays in memory. */
const KEPT: Milliseconds = HOUR;

/** What the first message waited for, by the reason that it was none. */
const FIRST_MESSAGE: Partial<Record<SuppressionReason, string>> = { budget: 'within the budget of pages', muted: 'due: its routes were muted' };

/** Brings everything up to date that depends on what the event changed. */
export function finish(draft: Draft, now: Instant, policy: Policy): void {
  for (const [id, touched] of draft.touched) {
    const incident = draft.incident(id);
    if (incident === undefined) continue;
    const whole = incident.audibleAt !== null && incident.held > 0 ? releaseAll(draft, incident, now, policy) : incident;
    reckon(draft, touched.spread ? ranked(draft, whole, now, policy) : whole, now, policy);
  }
  draft.touched.clear();
}

function ranked(draft: Draft, incident: Incident, now: Instant, policy: Policy): Incident {
  const rootCauses = guarded(
    'ranking its causes',
    () =>
      rankCauses(incident.parts, {
        topology: draft.topology(policy),
        changes: draft.recentChanges(),
        maxHops: policy.correlation.maxHops,
        constants: policy.constants,
        feedback: incident.feedback,
      }),
    (evidence) => {
      draft.record(incident.id, { at: now, kind: 'fault', summary: 'its causes could not be ranked', evidence: [evidence] });
      return incident.rootCauses;
    },
  );
  const before = incident.rootCauses[0]?.entity;
  const cause = rootCauses[0];
  if (before === undefined || cause === undefined || before === cause.entity) return incidentWith(incident, { rootCauses });
  draft.record(incident.id, {
    at: now,
    kind: 'cause-changed',
    summary: `the likeliest cause is now ${cause.entity}, no longer ${before}`,
    evidence: cause.evidence,
  });
  return incidentWith(incident, { rootCauses, shownVersion: incident.version });
}

/** Decides anew what is owed about an incident: messages, accounts of the ledger, and whether it can be let go. */
function reckon(draft: Draft, touched: Incident, now: Instant, policy: Policy): void {
  const title = titleOf(touched);
  let incident: Incident = title === touched.title ? touched : incidentWith(touched, { title });
  const deliveries = draft.deliveriesOf(incident);
  // Who has heard the latest holds nobody else up.
  const behind = deliveries.filter(({ sentVersion }) => sentVersion < incident.version);
  const lastTold = Math.max(0, ...behind.map(({ sentAt }) => sentAt ?? 0));
  for (const delivery of deliveries) {
    const due = nextTelling(incident, delivery, lastTold);
    const wanted = due === null ? null : { ...due, at: Math.max(now, due.at) };
    const mutedUntil = wanted === null || delivery.hours === undefined ? null : policy.mutedUntil(delivery.hours, wanted.at);
    const clamped = wanted === null || mutedUntil === null ? wanted : { ...wanted, at: mutedUntil };
    if (clamped?.at === delivery.due?.at && clamped?.kind === delivery.due?.kind && clamped?.minor === delivery.due?.minor) continue;
    draft.setDelivery(deliveryWith(delivery, { due: clamped, ...(mutedUntil === null ? {} : { mutedUntil }) }));
    if (mutedUntil !== null && delivery.mutedUntil !== mutedUntil) recordMuted(draft, incident, delivery, mutedUntil, now);
    if (clamped !== null) draft.timers.push({ due: clamped.at, kind: 'deliver', id: delivery.id });
  }
  incident = book(draft, incident, now);
  draft.setIncident(incident);
  if (incident.resolvedAt !== null) draft.timers.push({ due: Math.max(now, letGoAt(incident.resolvedAt, policy)), kind: 'let-go', id: incident.id });
}

function recordMuted(draft: Draft, incident: Incident, { receivers, destination }: Delivery, until: Instant, now: Instant): void {
  const summary = `${receivers.join(', ')} (${destination.id}) hears of it at ${formatInstant(until)}, as its routes are muted`;
  draft.record(incident.id, { at: now, kind: 'muted', summary, evidence: [] });
}

/** Books what can be booked, one account after another: some alerts may have been told while the rest is left over. */
function book(draft: Draft, incident: Incident, now: Instant): Incident {
  const { booked, account, owed } = settle(incident, draft.deliveriesOf(incident));
  if (account === null) return incident;
  draft.ledger.move(booked, 'pending', account);
  if (typeof account === 'object') {
    const lasted = now - incident.openedAt;
    const { hush } = incident;
    const summary =
      account.suppressed === 'send-resolved-off'
        ? 'none of its receivers wants to know that alerts ended'
        : account.suppressed === hush?.reason
          ? hush.because
          : `it was over after ${formatDuration(lasted)}, before its first message was ${FIRST_MESSAGE[account.suppressed] ?? 'due'}`;
    for (const alert of draft.alertsIn(incident.id)) {
      suppressAlert(
        draft,
        incident.id,
        alert,
        { reason: account.suppressed, evidence: { kind: account.suppressed, summary, value: Math.round(lasted / 1000) } },
        now,
      );
    }
    draft.record(incident.id, { at: now, kind: 'suppressed', summary: `nobody is told: ${summary}`, evidence: [] });
  }
  return book(draft, incidentWith(incident, { owed, failedAlerts: incident.failedAlerts + (account === 'failed' ? booked : 0) }), now);
}

/**
 * Whether nothing about an incident can change any more, so that it can leave memory. What keeps it
 * beyond `letGoAt` ends in a reckoning, which asks again.
 */
export function canLetGo(draft: Draft, incident: Incident, now: Instant, policy: Policy): boolean {
  if (incident.resolvedAt === null || now < letGoAt(incident.resolvedAt, policy)) return false;
  if (incident.firingCount > 0 || incident.owed.length > 0) return false;
  return draft.deliveriesOf(incident).every((d) => d.inFlight === null && d.due === null);
}

/** When an incident that is over since `resolvedAt` leaves memory at the earliest. */
export function letGoAt(resolvedAt: Instant, policy: Policy): Instant {
  return resolvedAt + Math.max(KEPT, policy.correlation.reopenWithin);
}

/** Names an incident by its likeliest cause, in one line of text from alerts. */
function titleOf(incident: Incident): string {
  const cause = incident.rootCauses[0];
  const part = incident.parts.find((p) => p.entity === cause?.entity) ?? incident.parts[0];
  if (part === undefined) return incident.title;
  const rule = part.rule === '' ? 'An alert' : part.rule;
  const where = cause?.entity ?? part.entity;
  const what = where === null ? rule : cause !== undefined && cause.fingerprint === null ? `${rule} below ${where}` : `${rule} on ${where}`;
  const others = incident.alertCount - 1;
  return others > 0 ? `${what} and ${others} more ${others === 1 ? 'alert' : 'alerts'}` : what;
}
