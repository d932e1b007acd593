// Which account of the ledger a received alert enters that changed something.

import type { AlertState } from '../model/alert.ts';
import type { Evidence, SuppressionReason } from '../model/evidence.ts';
import { type Incident, incidentWith } from '../model/incident.ts';
import type { Instant } from '../model/time.ts';
import type { Draft } from './draft.ts';
import { owe } from './settle.ts';

/**
 * Books pending alerts that changed an incident. They are owed by it until a destination is told;
 * when it has none, or none that wants to know of an end, they are suppressed at once, with the reason.
 */
export function account(draft: Draft, incident: Incident, alert: AlertState, count: number, now: Instant): void {
  const refusal = refusalOf(draft, incident, alert);
  if (refusal === null) {
    draft.setIncident(incidentWith(incident, { owed: owe(incident.owed, incident.version, count) }));
    return;
  }
  draft.ledger.move(count, 'pending', { suppressed: refusal.reason });
  suppressAlert(draft, incident.id, alert, refusal, now);
}

/** Records that an alert is not told of. */
export function suppressAlert(
  draft: Draft,
  incidentId: string | null,
  alert: AlertState,
  why: { readonly reason: SuppressionReason; readonly evidence: Evidence },
  now: Instant,
): void {
  draft.suppress({
    fingerprint: alert.fingerprint,
    startsAt: alert.startsAt.text,
    incidentId,
    reason: why.reason,
    rule: null,
    since: alert.changedAt,
    until: now,
    outcome: 'untold',
    evidence: [why.evidence],
  });
}

function refusalOf(draft: Draft, incident: Incident, alert: AlertState): { readonly reason: SuppressionReason; readonly evidence: Evidence } | null {
  if (incident.deliveryIds.length === 0) {
    const receivers = incident.receivers.length === 0 ? 'no receiver' : incident.receivers.join(', ');
    return { reason: 'no-integration', evidence: { kind: 'no-integration', summary: `routed to ${receivers}, without any integration` } };
  }
  if (alert.status === 'resolved' && !draft.deliveriesOf(incident).some((d) => d.destination.sendResolved)) {
    return { reason: 'send-resolved-off', evidence: { kind: 'send-resolved-off', summary: 'none of its receivers wants to know that alerts ended' } };
  }
  return null;
}
