// Webhooks for the tests of the queues, each alert named by its fingerprint.

import type { MalformedAlert, WebhookEvent } from '../../../src/correlate/event.ts';
import type { ReceivedAlert } from '../../../src/model/alert.ts';

/** An alert that fires, with a fingerprint made of its number, but for what is said otherwise. */
export function alert(number: number, given: Partial<ReceivedAlert> = {}): ReceivedAlert {
  return {
    fingerprint: number.toString(16).padStart(16, '0'),
    status: 'firing',
    labels: new Map([['alertname', 'NodeDown']]),
    annotations: new Map(),
    startsAt: null,
    endsAt: null,
    links: {},
    source: 'alertmanager',
    groupKey: '',
    ...given,
  };
}

/** Alerts with the numbers from `first` on. */
export function alerts(count: number, first = 0, given: Partial<ReceivedAlert> = {}): readonly ReceivedAlert[] {
  return Array.from({ length: count }, (_, i) => alert(first + i, given));
}

/** Malformed alerts, told apart by their pointers. */
export function malformed(count: number): readonly MalformedAlert[] {
  return Array.from({ length: count }, (_, i) => ({ pointer: `/alerts/${i}`, detail: 'must be an object, not null', raw: 'null' }));
}

/** A webhook of 2026-03-01 at 10:00. */
export function webhook(given: Partial<WebhookEvent> = {}): WebhookEvent {
  return { kind: 'webhook', receivedAt: Date.UTC(2026, 2, 1, 10), source: 'alertmanager', alerts: [], malformed: [], ...given };
}
