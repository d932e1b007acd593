// Posts to a generic webhook, as Alertmanager does.

import { type Milliseconds, SECOND } from '../../model/time.ts';
import { outcomeOfStatus, postJson } from '../http-post.ts';
import type { Integration, MessageRequest, SendOutcome } from '../integration.ts';
import type { WebhookTarget } from '../target.ts';
import { webhookBulletin, webhookDocument } from './document.ts';
import { createTokens, type Tokens } from './oauth-token.ts';

/** What the integration takes. */
export interface WebhookOptions {
  /** How long one call may take where the target does not say; 10 s by default. */
  readonly timeoutMs?: Milliseconds;
}

/** Makes the integration for `webhook` targets. */
export function createWebhook({ timeoutMs = 10 * SECOND }: WebhookOptions = {}): Integration<WebhookTarget> {
  const tokens = createTokens();
  return {
    kind: 'webhook',
    viewed: ({ maxAlerts }) => (maxAlerts === 0 ? Number.POSITIVE_INFINITY : maxAlerts),
    send: (request) => send(request, webhookDocument({ ...request, receiver: request.receivers?.[0] ?? '' }), { tokens, timeoutMs }),
    sendBulletin: (request) => send(request, webhookBulletin(request.view), { tokens, timeoutMs }),
  };
}

interface Means {
  readonly tokens: Tokens;
  readonly timeoutMs: Milliseconds;
}

/** Any 2xx is a success, whatever it says, as in Alertmanager. A token that was kept and is refused is asked for anew, once. */
async function send(request: MessageRequest<WebhookTarget>, body: unknown, { tokens, timeoutMs }: Means): Promise<SendOutcome> {
  const { target } = request;
  const { oauth2, authorization } = target;
  const timeout = target.timeoutMs ?? timeoutMs;
  if (oauth2 === undefined) return outcomeOf(await post(request, body, authorization?.reveal() ?? null, timeout));
  for (let last = false; ; last = true) {
    const token = await tokens.get(oauth2, timeout);
    if ('failure' in token) return token.failure;
    const result = await post(request, body, token.authorization, timeout);
    const refused = 'answer' in result && result.answer.status === 401;
    if (refused) tokens.forget(oauth2, token.authorization);
    if (!refused || !token.kept || last) return outcomeOf(result);
  }
}

/** A message that is sent again bears the same `Idempotency-Key`. */
function post({ target, deliveryId, seq }: MessageRequest<WebhookTarget>, body: unknown, authorization: string | null, timeoutMs: Milliseconds) {
  const { url, tls, proxy } = target;
  return postJson({
    url: url.reveal(),
    json: JSON.stringify(body),
    headers: { 'idempotency-key': `"${deliveryId}/${seq}"`, ...(authorization === null ? {} : { authorization }) },
    timeoutMs,
    ...(tls === undefined ? {} : { tls }),
    ...(proxy === undefined ? {} : { proxy }),
  });
}

function outcomeOf(result: Awaited<ReturnType<typeof post>>): SendOutcome {
  if ('failure' in result) return result.failure;
  const { status, retryAfter } = result.answer;
  // What is answered may repeat the URL, which is a secret.
  return status >= 200 && status < 300 ? { kind: 'sent', reference: {} } : outcomeOfStatus(status, retryAfter, '');
}
