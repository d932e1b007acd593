// A person says that some alerts of an incident are another trouble: they become an incident of their own.

import type { AlertState } from '../model/alert.ts';
import type { RoutedReceiver } from '../model/delivery.ts';
import { type Incident, incidentWith } from '../model/incident.ts';
import { compareText, type Labels } from '../model/labels.ts';
import { type Domain, type Severity, worst } from '../model/severity.ts';
import { compareTimestamps, type Instant } from '../model/time.ts';
import type { Draft } from './draft.ts';
import type { ActionTaken } from './event.ts';
import { guarded } from './guard.ts';
import { isHush } from './hold/hush.ts';
import { memberOf } from './member.ts';
import { moveAlert } from './merge.ts';
import { openIncident } from './open-incident.ts';
import { mergedParts, partsWithout, withDomain } from './parts.ts';
import type { Policy } from './policy.ts';
import { addReceivers, newDelivery } from './receivers.ts';
import { type EventResult, saidIn } from './result.ts';
import { touch } from './touch.ts';

/**
 * Splits alerts off. The new incident goes to the receivers that its alerts are routed to, or, where that cannot be known,
 * to all of the old one's, and is told as any new one is; the two are not joined again by what they have in common. Alerts that were
 * pending stay with the old one in the ledger.
 */
export function split(draft: Draft, incident: Incident, action: Extract<ActionTaken, { action: 'split' }>, now: Instant, policy: Policy): EventResult {
  const all = draft.alertsIn(incident.id);
  const wanted = new Set(action.fingerprints);
  const moved = all.filter(({ fingerprint }) => wanted.has(fingerprint)).sort(byStart);
  const [first] = moved;
  const missing = action.fingerprints.find((fingerprint) => !moved.some((alert) => alert.fingerprint === fingerprint));
  if (first === undefined || missing !== undefined) return { ok: false, code: 'not-possible', detail: `the incident has no alert ${missing ?? ''}`.trimEnd() };
  if (moved.length === all.length) return { ok: false, code: 'not-possible', detail: 'no alert would be left of the incident' };

  const routes = routesOf(draft, moved, action.labels, policy);
  let own = splitOff(draft, incident, moved, first, now);
  const because = [{ kind: 'person', summary: `${action.by} said that it is another trouble than ${incident.id}` }, ...saidIn(action)];
  draft.setIncident(own);
  own = routes === null ? withReceiversOf(draft, own, incident, now) : addReceivers(draft, own, routes, now, policy);
  for (const alert of moved) {
    moveAlert(draft, alert, own.id, because);
    const there = draft.alert(alert.fingerprint);
    if (there !== undefined && there.membership !== null) draft.setMember(own.id, memberOf(there, there.membership), because);
  }
  touch(draft, own, now, {}, { news: 'major', spread: true });
  touch(draft, incident, now, rest(incident, moved, own.id, now), { news: 'shown', spread: true });
  const said = { at: now, kind: 'split', evidence: because, by: action.by };
  const count = moved.length === 1 ? '1 alert' : `${moved.length} alerts`;
  draft.record(incident.id, { ...said, summary: `${count} went to incident ${own.id}, which is another trouble` });
  draft.record(own.id, { ...said, summary: `${count} of incident ${incident.id} opened it` });
  return { ok: true, incidentId: own.id };
}

function byStart(a: AlertState, b: AlertState): number {
  return compareTimestamps(a.membership?.startsAt ?? a.startsAt, b.membership?.startsAt ?? b.startsAt) || compareText(a.fingerprint, b.fingerprint);
}

/** What alerts are routed to by their labels; null where these are not known whole, as routes may ask for some that are not kept, or routing fails. */
function routesOf(
  draft: Draft,
  moved: readonly AlertState[],
  known: ReadonlyMap<string, Labels> | undefined,
  policy: Policy,
): readonly RoutedReceiver[] | null {
  if (policy.redaction.labels.size > 0) return null;
  const fresh = new Map(draft.freshDocuments().map(({ fingerprint, labels }) => [fingerprint, labels]));
  const all = moved.flatMap(({ fingerprint }) => fresh.get(fingerprint) ?? known?.get(fingerprint) ?? []);
  const route = () => all.flatMap((labels) => policy.route(labels));
  return all.length < moved.length ? null : guarded('routing them', route, () => null);
}

function withReceiversOf(draft: Draft, own: Incident, old: Incident, now: Instant): Incident {
  const deliveries = draft.deliveriesOf(old).map((each) => newDelivery(own.id, each.destination, each.receivers, each, now));
  for (const delivery of deliveries) draft.setDelivery(delivery);
  const next = incidentWith(own, { receivers: old.receivers, deliveryIds: deliveries.map(({ id }) => id) });
  draft.setIncident(next);
  return next;
}

function splitOff(draft: Draft, incident: Incident, moved: readonly AlertState[], first: AlertState, now: Instant): Incident {
  const opened = openIncident(draft, first, now);
  const firingCount = firingOf(moved);
  return incidentWith(opened, {
    severity: moved.reduce<Severity>((most, { severity }) => worst(most, severity), first.severity),
    startsAt: Math.min(now, (first.membership?.startsAt ?? first.startsAt).ms),
    alertCount: moved.length,
    firingCount,
    parts: mergedParts([], incident.parts, moved, new Set()),
    domains: moved.reduce<readonly Domain[]>((domains, { domain }) => withDomain(domains, domain), []),
    held: heldOf(moved),
    hush: hushOf(incident, hushedOf(moved)),
    audibleAt: incident.audibleAt === null ? null : now,
    apartFrom: [...incident.apartFrom, incident.id],
    ...(firingCount === 0 ? OVER(now) : {}),
  });
}

/** What is changed of the incident that alerts were split off from. */
function rest(incident: Incident, moved: readonly AlertState[], apart: string, now: Instant): Partial<Incident> {
  const parts = partsWithout(incident.parts, moved);
  const firingCount = incident.firingCount - firingOf(moved);
  return {
    severity: parts.reduce<Severity>((most, { severity }) => worst(most, severity), 'info'),
    alertCount: incident.alertCount - moved.length,
    firingCount,
    parts,
    domains: parts.reduce<readonly Domain[]>((domains, { domain }) => withDomain(domains, domain), []),
    held: incident.held - heldOf(moved),
    hush: hushOf(incident, (incident.hush?.count ?? 0) - hushedOf(moved)),
    apartFrom: [...incident.apartFrom, apart],
    ...(firingCount === 0 && incident.calmAt === null ? OVER(now) : {}),
  };
}

const OVER = (now: Instant) => ({ status: 'resolved', resolvedAt: now, resolution: 'alerts' }) as const satisfies Partial<Incident>;

function firingOf(alerts: readonly AlertState[]): number {
  return alerts.filter(({ status }) => status === 'firing').length;
}

function heldOf(alerts: readonly AlertState[]): number {
  return alerts.filter(({ hold }) => hold?.alone === false).length;
}

function hushedOf(alerts: readonly AlertState[]): number {
  return alerts.filter(({ status, hold }) => status === 'firing' && isHush(hold)).length;
}

function hushOf({ hush }: Incident, count: number): Incident['hush'] {
  return hush === null || count <= 0 ? null : { ...hush, count };
}
