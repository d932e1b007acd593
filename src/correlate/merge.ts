// Two incidents turn out to be one: the younger one's alerts, messages and debts go over to the older one.

import { type AlertState, alertWith, type Membership } from '../model/alert.ts';
import { type Delivery, deliveryWith } from '../model/delivery.ts';
import type { Evidence } from '../model/evidence.ts';
import { type Hush, type Incident, incidentWith } from '../model/incident.ts';
import { compareText } from '../model/labels.ts';
import { worst } from '../model/severity.ts';
import type { Instant } from '../model/time.ts';
import type { Draft } from './draft.ts';
import { memberOf } from './member.ts';
import { mergedParts, partsWithout, withDomain } from './parts.ts';
import { newDelivery, shared } from './receivers.ts';
import { owe } from './settle.ts';
import { touch } from './touch.ts';

/** Why two incidents are merged, and who said so when a person did. */
export interface MergeReason {
  readonly evidence: readonly Evidence[];
  readonly by?: string;
}

/**
 * Merges `younger` into `older` and answers what the older one has become. A destination that was
 * told of both has the younger message closed; one that was told of the younger alone keeps its
 * message, which goes on about the older. The result is acknowledged only if both were.
 */
export function merge(draft: Draft, older: Incident, younger: Incident, why: MergeReason, now: Instant): Incident {
  const moved = draft.alertsIn(younger.id);
  const known = new Set(moved.filter((alert) => alert.past.some((past) => past.incidentId === older.id)).map((alert) => alert.fingerprint));
  for (const alert of moved) moveAlert(draft, alert, older.id, why.evidence);
  const firing = moved.filter((alert) => alert.status === 'firing').length;
  const { receivers, deliveryIds } = moveDeliveries(draft, older, younger, now);
  const acknowledged = older.acknowledgedAt !== null && younger.acknowledgedAt !== null;
  let merged = touch(
    draft,
    older,
    now,
    {
      severity: worst(older.severity, younger.severity),
      startsAt: Math.min(older.startsAt, younger.startsAt),
      alertCount: older.alertCount + moved.length - known.size,
      firingCount: older.firingCount + firing,
      parts: mergedParts(older.parts, younger.parts, moved, known),
      domains: younger.domains.reduce(withDomain, older.domains),
      failedAlerts: older.failedAlerts + younger.failedAlerts,
      held: older.held + moved.filter(({ hold }) => hold?.alone === false).length,
      hush: mergedHush(older.hush, younger.hush),
      audibleAt: older.audibleAt ?? younger.audibleAt,
      ...mergedSnooze(older, younger),
      feedback: [...younger.feedback.filter((said) => !older.feedback.some(({ entity }) => entity === said.entity)), ...older.feedback],
      apartFrom: [...new Set([...older.apartFrom, ...younger.apartFrom])].filter((id) => id !== older.id && id !== younger.id),
      calmAt: null,
      resolution: older.status === 'resolved' ? older.resolution : null,
      receivers,
      deliveryIds,
      ...(acknowledged || older.status === 'resolved' ? {} : { status: 'open', acknowledgedAt: null, acknowledgedBy: null }),
    },
    { news: 'major', spread: true },
  );
  const debts = younger.owed.reduce((sum, owed) => sum + owed.count, 0);
  if (debts > 0) merged = incidentWith(merged, { owed: owe(merged.owed, merged.version, debts) });
  draft.setIncident(merged);
  touch(draft, younger, now, {
    status: 'resolved',
    resolvedAt: younger.resolvedAt ?? now,
    resolution: 'merged',
    mergedInto: older.id,
    alertCount: younger.alertCount - moved.length,
    firingCount: younger.firingCount - firing,
    parts: partsWithout(younger.parts, moved),
    owed: [],
    held: 0,
    hush: null,
    calmAt: null,
    failedAlerts: 0,
  });
  const said = { at: now, evidence: why.evidence, ...(why.by === undefined ? {} : { by: why.by }) };
  draft.record(older.id, { ...said, kind: 'merged', summary: `took over ${countOf(moved.length)} of incident ${younger.id}, which is the same trouble` });
  draft.record(younger.id, { ...said, kind: 'merged', summary: `is the same trouble as incident ${older.id} and goes on there` });
  return merged;
}

/** The snooze that ends first, if both are snoozed. */
function mergedSnooze(older: Incident, younger: Incident): Pick<Incident, 'snoozedUntil' | 'snoozedBy'> {
  if (older.snoozedUntil === null || younger.snoozedUntil === null) return { snoozedUntil: null, snoozedBy: null };
  const { snoozedUntil, snoozedBy } = younger.snoozedUntil < older.snoozedUntil ? younger : older;
  return { snoozedUntil, snoozedBy };
}

function mergedHush(older: Hush | null, younger: Hush | null): Hush | null {
  const count = (older?.count ?? 0) + (younger?.count ?? 0);
  const hush = younger ?? older;
  return hush === null || count === 0 ? null : { ...hush, count };
}

function countOf(alerts: number): string {
  return alerts === 1 ? '1 alert' : `${alerts} alerts`;
}

/** Takes an alert from its incident to another one, with what that one knew of it before. */
export function moveAlert(draft: Draft, alert: AlertState, to: string, because: readonly Evidence[]): void {
  const from = alert.membership;
  if (from === null) return;
  const before = alert.past.find((past) => past.incidentId === to);
  const membership: Membership = {
    incidentId: to,
    startsAt: before?.startsAt ?? from.startsAt,
    occurrences: from.occurrences + (before?.occurrences ?? 0),
  };
  const changed = alertWith(alert, { membership, past: alert.past.filter((past) => past.incidentId !== to && past.incidentId !== from.incidentId) });
  draft.setAlert(changed);
  const move = { from: from.incidentId, to, fingerprint: alert.fingerprint, played: before !== undefined, because };
  draft.moveMember(move, memberOf(changed, membership));
}

function moveDeliveries(draft: Draft, older: Incident, younger: Incident, now: Instant): Pick<Incident, 'receivers' | 'deliveryIds'> {
  const deliveryIds = [...older.deliveryIds];
  for (const delivery of draft.deliveriesOf(younger)) {
    const id = `${older.id}~${delivery.destination.id}`;
    const known = draft.delivery(id);
    if (known !== undefined) draft.setDelivery(shared(known, delivery.receivers, delivery));
    else {
      deliveryIds.push(id);
      const keeps = delivery.sentStatus !== null && delivery.inFlight === null;
      draft.setDelivery(keeps ? takenOver(delivery, id, older.id) : newDelivery(older.id, delivery.destination, delivery.receivers, delivery, now));
      // What went over is closed here, so that nobody is told that it ended.
      if (keeps) draft.setDelivery(deliveryWith(delivery, { sentStatus: 'resolved', due: null }));
    }
  }
  return { receivers: [...new Set([...older.receivers, ...younger.receivers])].sort(compareText), deliveryIds };
}

/** The message of the younger incident goes on about the older one; what it says of that has yet to be told. */
function takenOver(delivery: Delivery, id: string, incidentId: string): Delivery {
  return deliveryWith(delivery, { id, incidentId, sentVersion: 0, failedVersion: 0, due: null });
}
