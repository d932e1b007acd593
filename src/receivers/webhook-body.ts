// Normalises a parsed webhook of Alertmanager or Grafana. No I/O: the service and the replay of
// recorded webhooks read bodies by this one function.

import type { MalformedAlert, WebhookEvent } from '../correlate/event.ts';
import type { AlertSource, ReceivedAlert } from '../model/alert.ts';
import { Fnv64 } from '../model/labels.ts';
import type { Instant } from '../model/time.ts';
import { statusOf } from './alert-status.ts';
import { describeJson, type Fault, fault } from './fault.ts';
import { isJsonObject, type JsonObject, textMember, wellFormed } from './json-object.ts';
import { MAX_ALERTS, MAX_GROUP_KEY } from './limits.ts';
import { readExternalUrl } from './links.ts';
import { malformedAlert } from './malformed-alert.ts';
import { readAlert } from './received-alert.ts';
import { sourceOf } from './webhook-source.ts';

/** How a body came. */
export interface WebhookArrival {
  /** What the path or the recording says of the sender; the body has the last word. */
  readonly source: AlertSource;
  readonly receivedAt: Instant;
}

/**
 * Normalises the parsed JSON of a webhook, or says why it is none. Each alert of it ends in
 * `alerts` or, alone, in `malformed`; fields that are not known are left aside.
 */
export function readWebhook(body: unknown, arrival: WebhookArrival): WebhookEvent | Fault {
  if (!isJsonObject(body)) return fault('', `a webhook is an object with an array of alerts, not ${describeJson(body)}`);
  const values = body['alerts'];
  if (!Array.isArray(values)) return fault('/alerts', `must be an array of alerts, not ${describeJson(values)}`);
  if (values.length > MAX_ALERTS) return fault('/alerts', `has ${values.length} alerts; at most ${MAX_ALERTS} are allowed`);
  const source = sourceOf(body, arrival.source);
  const context = {
    source,
    groupKey: groupKeyOf(body),
    externalUrl: readExternalUrl(body),
    bodyStatus: statusOf(body['status']) ?? statusOf(body['state']),
    receivedAt: arrival.receivedAt,
  };
  const alerts: ReceivedAlert[] = [];
  const malformed: MalformedAlert[] = [];
  for (let i = 0; i < values.length; i++) {
    const alert = readAlert(values[i], `/alerts/${i}`, context);
    if ('kind' in alert) malformed.push(malformedAlert(alert, values[i]));
    else alerts.push(alert);
  }
  return { kind: 'webhook', receivedAt: arrival.receivedAt, source, alerts, malformed };
}

/**
 * The group key as sent, empty when there is none. It only tells groups apart and every alert of
 * the webhook carries it, so a very long one is stood for by its hash.
 */
function groupKeyOf(body: JsonObject): string {
  const key = wellFormed(textMember(body, 'groupKey') ?? '');
  return key.length <= MAX_GROUP_KEY ? key : `fnv64:${new Fnv64().text(key).hex()}`;
}
