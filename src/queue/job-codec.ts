// How events stand in jobs: JSON with a version, labels as objects.

import type { EngineEvent, WebhookEvent } from '../correlate/event.ts';
import type { ReceivedAlert } from '../model/alert.ts';
import { labelsFromObject, labelsToObject } from '../model/labels.ts';

/** The version that is written. */
const VERSION = 1;

/** What a job of the intake queue holds. */
export interface BatchJob {
  readonly v: number;
  readonly events: readonly unknown[];
}

/** Makes the content of a job. */
export function encodeBatch(events: readonly EngineEvent[]): BatchJob {
  return { v: VERSION, events: events.map((event) => (event.kind === 'webhook' ? { ...event, alerts: event.alerts.map(encodeAlert) } : event)) };
}

/** Reads the content of a job; throws when it was written by a version that this one does not know. */
export function decodeBatch(job: BatchJob): readonly EngineEvent[] {
  if (job.v !== VERSION) throw new Error(`a job of version ${String(job.v)} cannot be read; this service knows version ${VERSION}`);
  return job.events.map((event) => {
    const stored = event as EngineEvent | StoredWebhook;
    return stored.kind === 'webhook' ? { ...stored, alerts: (stored as StoredWebhook).alerts.map(decodeAlert) } : stored;
  });
}

interface StoredAlert extends Omit<ReceivedAlert, 'labels' | 'annotations'> {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

interface StoredWebhook extends Omit<WebhookEvent, 'alerts'> {
  readonly alerts: readonly StoredAlert[];
}

function encodeAlert(alert: ReceivedAlert): StoredAlert {
  return { ...alert, labels: labelsToObject(alert.labels), annotations: labelsToObject(alert.annotations) };
}

function decodeAlert(alert: StoredAlert): ReceivedAlert {
  return { ...alert, labels: labelsFromObject(alert.labels), annotations: labelsFromObject(alert.annotations) };
}

/** Roughly how many bytes an event takes in a job: characters, and an allowance for each alert. */
export function sizeOf(event: EngineEvent): number {
  if (event.kind !== 'webhook') return 1000;
  let size = 200 + event.malformed.reduce((sum, m) => sum + m.raw.length + m.detail.length + 200, 0);
  for (const alert of event.alerts) {
    size += 200 + alert.groupKey.length;
    for (const link of Object.values(alert.links)) size += link.length;
    for (const [name, value] of alert.labels) size += name.length + value.length + 8;
    for (const [name, value] of alert.annotations) size += name.length + value.length + 8;
  }
  return size;
}
