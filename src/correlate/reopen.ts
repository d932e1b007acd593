// An incident that a person resolved while alerts fire comes back when they go on firing.

import type { AlertState } from '../model/alert.ts';
import type { Incident } from '../model/incident.ts';
import { formatDuration, type Instant } from '../model/time.ts';
import type { Draft } from './draft.ts';
import { isHush } from './hold/hush.ts';
import { touch } from './touch.ts';

/** What an incident is changed to when it goes on: nobody has it in hand any more. */
export const REOPENED = {
  status: 'open',
  resolvedAt: null,
  resolution: null,
  resolvedBy: null,
  acknowledgedAt: null,
  acknowledgedBy: null,
  snoozedUntil: null,
  snoozedBy: null,
  calmAt: null,
} as const satisfies Partial<Incident>;

/** When an incident that a person resolved reopens if an alert of it is still heard firing; infinite when nobody would be told. */
export function reopensAt(draft: Draft, incident: Incident, { hold }: Pick<AlertState, 'hold'>): Instant {
  const timings = [...draft.deliveriesOf(incident), ...(hold?.routes ?? [])].map(({ timing }) => timing.repeatInterval);
  return (incident.resolvedAt ?? 0) + Math.min(...timings);
}

/** Reopens the incident of an alert that is still heard firing `repeat_interval` after a person resolved it. */
export function reopenResolvedByPerson(draft: Draft, alert: AlertState, now: Instant): void {
  const incident = alert.membership === null ? undefined : draft.incident(alert.membership.incidentId);
  if (incident === undefined || incident.status !== 'resolved' || incident.resolvedAt === null) return;
  const due = reopensAt(draft, incident, alert);
  if (now < due || (isHush(alert.hold) && now < alert.hold.until)) return;
  const over = now - incident.resolvedAt;
  const what = alert.entity === null ? alert.rule : `${alert.rule} on ${alert.entity}`;
  touch(draft, incident, now, { ...REOPENED, audibleAt: now }, { news: 'urgent' });
  const evidence = [
    {
      kind: 'still-firing',
      summary: `is still heard firing ${formatDuration(over)} after ${incident.resolvedBy ?? 'a person'} resolved it`,
      value: Math.round(over / 1000),
      threshold: (due - incident.resolvedAt) / 1000,
    },
  ];
  draft.record(incident.id, { at: now, kind: 'reopened', summary: `${what} goes on firing and reopened it`, evidence, fingerprint: alert.fingerprint });
}
