// Webhooks as Alertmanager posts them, and its habit of posting again what was not accepted.

import { until } from './until.ts';

/** An alert as far as a test cares. */
export interface PostedAlert {
  readonly status?: 'firing' | 'resolved';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** RFC 3339; a fixed time by default. */
  readonly startsAt?: string;
  readonly endsAt?: string;
}

/** When alerts start and end that do not say so themselves. */
export const STARTS_AT = '2026-03-01T10:00:00Z';
const ENDS_AT = '2026-03-01T10:05:00Z';

/** The body of a webhook. */
export function webhookBody(alerts: readonly PostedAlert[]): Readonly<Record<string, unknown>> {
  return {
    version: '4',
    groupKey: '{}:{}',
    status: alerts.some(({ status }) => status !== 'resolved') ? 'firing' : 'resolved',
    receiver: 'winnow',
    groupLabels: {},
    commonLabels: {},
    commonAnnotations: {},
    externalURL: 'http://alertmanager.example',
    truncatedAlerts: 0,
    alerts: alerts.map(({ status = 'firing', labels, annotations = {}, startsAt = STARTS_AT, endsAt = ENDS_AT }) => ({
      status,
      labels,
      annotations,
      startsAt,
      endsAt: status === 'resolved' ? endsAt : '0001-01-01T00:00:00Z',
      generatorURL: 'http://prometheus.example/graph',
    })),
  };
}

/** An alert about a node. */
export function nodeDown(node: string, more: Partial<PostedAlert> = {}): PostedAlert {
  return { labels: { alertname: 'NodeDown', severity: 'critical', node }, annotations: { summary: `${node} does not answer` }, ...more };
}

/** Posts a webhook once. The body may also be the text of a recording. */
export function postWebhook(url: string, body: string | Readonly<Record<string, unknown>>): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(`${url}/webhooks/alertmanager`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: text });
}

/** Posts a webhook until it is accepted, as Alertmanager does after a 5xx or a broken connection. Answers how often it was posted. */
export async function postUntilAccepted(url: string, body: string | Readonly<Record<string, unknown>>): Promise<number> {
  let posts = 0;
  await until('a webhook to be accepted', async () => {
    posts += 1;
    return (await postWebhook(url, body)).status === 202;
  });
  return posts;
}
