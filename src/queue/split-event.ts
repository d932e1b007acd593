// Cuts large webhooks into pieces that fit a job.

import type { EngineEvent, WebhookEvent } from '../correlate/event.ts';
import { sizeOf } from './job-codec.ts';

/** How much one job holds at most. A single alert larger than that is a job of its own. */
export const JOB_LIMITS = { alerts: 500, bytes: 1024 * 1024 } as const;

/** A webhook in pieces of at most one job each, in order; anything else as it is. */
export function splitEvent(event: EngineEvent): readonly EngineEvent[] {
  if (event.kind !== 'webhook' || (event.alerts.length + event.malformed.length <= JOB_LIMITS.alerts && sizeOf(event) <= JOB_LIMITS.bytes)) return [event];
  const pieces: WebhookEvent[] = [];
  let alerts: WebhookEvent['alerts'][number][] = [];
  let bytes = 0;
  const cut = () => {
    if (alerts.length > 0) pieces.push({ ...event, alerts, malformed: [] });
    alerts = [];
    bytes = 0;
  };
  for (const alert of event.alerts) {
    const size = sizeOf({ ...event, alerts: [alert], malformed: [] });
    if (alerts.length >= JOB_LIMITS.alerts || bytes + size > JOB_LIMITS.bytes) cut();
    alerts.push(alert);
    bytes += size;
  }
  cut();
  const perJob = 50;
  for (let i = 0; i < event.malformed.length; i += perJob) pieces.push({ ...event, alerts: [], malformed: event.malformed.slice(i, i + perJob) });
  return pieces;
}

/** How many alerts an event brings. */
export function alertsIn(event: EngineEvent): number {
  return event.kind === 'webhook' ? event.alerts.length + event.malformed.length : 0;
}
