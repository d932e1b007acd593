// Posts to a generic webhook, as Alertmanager does.

import { type Milliseconds, SECOND } from '../../model/time.ts';
import { outcomeOfStatus, postJson } from '../http-post.ts';
import type { Integration, MessageRequest, SendOutcome } from '../integration.ts';
import type { WebhookTarget } from '../target.ts';
import { webhookBulletin, webhookDocument } from './document.ts';

/** What the integration takes. */
export interface WebhookOptions {
  /** How long one call may take where the target does not say; 10 s by default. */
  readonly timeoutMs?: Milliseconds;
}

/** Makes the integration for `webhook` targets. */
export function createWebhook({ timeoutMs = 10 * SECOND }: WebhookOptions = {}): Integration<WebhookTarget> {
  return {
    kind: 'webhook',
    viewed: ({ maxAlerts }) => (maxAlerts === 0 ? Number.POSITIVE_INFINITY : maxAlerts),
    send: (request) => post(request, webhookDocument({ ...request, receiver: request.receivers?.[0] ?? '' }), timeoutMs),
    sendBulletin: (request) => post(request, webhookBulletin(request.view), timeoutMs),
  };
}

/** Any 2xx is a success, whatever it says, as in Alertmanager. A message that is sent again bears the same `Idempotency-Key`. */
async function post({ target, deliveryId, seq }: MessageRequest<WebhookTarget>, body: unknown, timeoutMs: Milliseconds): Promise<SendOutcome> {
  const result = await postJson({
    url: target.url.reveal(),
    json: JSON.stringify(body),
    headers: { 'idempotency-key': `"${deliveryId}/${seq}"`, ...(target.authorization === null ? {} : { authorization: target.authorization.reveal() }) },
    timeoutMs: target.timeoutMs ?? timeoutMs,
  });
  if ('failure' in result) return result.failure;
  const { status, retryAfter } = result.answer;
  // What is answered may repeat the URL, which is a secret.
  return status >= 200 && status < 300 ? { kind: 'sent', reference: {} } : outcomeOfStatus(status, retryAfter, '');
}
