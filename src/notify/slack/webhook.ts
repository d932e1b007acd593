// Sends to a Slack incoming webhook, which can neither edit nor thread: each message is a new one.

import { type Milliseconds, SECOND } from '../../model/time.ts';
import { composeBulletin } from '../bulletin-message.ts';
import { outcomeOfStatus, postJson } from '../http-post.ts';
import type { Integration, SendOutcome } from '../integration.ts';
import { composeMessage } from '../message.ts';
import type { SlackWebhookTarget } from '../target.ts';
import { type SlackBody, slackBody } from './blocks.ts';
import { slackBulletin } from './bulletin-blocks.ts';
import { limited } from './failure.ts';

/** What the integration takes. */
export interface SlackWebhookOptions {
  /** How long one call may take; 10 s by default. */
  readonly timeoutMs?: Milliseconds;
}

/** Makes the integration for `slack-webhook` targets. */
export function createSlackWebhook({ timeoutMs = 10 * SECOND }: SlackWebhookOptions = {}): Integration<SlackWebhookTarget> {
  return {
    kind: 'slack-webhook',
    send: ({ target, view }) => post(target, slackBody(composeMessage(view), { mention: target.mention?.get(view.incident.severity) ?? '' }), timeoutMs),
    sendBulletin: ({ target, view }) => post(target, slackBulletin(composeBulletin(view)), timeoutMs),
  };
}

async function post({ url, channel }: SlackWebhookTarget, message: SlackBody, timeoutMs: Milliseconds): Promise<SendOutcome> {
  const body = { ...message, ...(channel === '' ? {} : { channel }) };
  const result = await postJson({ url: url.reveal(), json: JSON.stringify(body), timeoutMs });
  if ('failure' in result) return result.failure;
  const { status, retryAfter, body: said } = result.answer;
  if (status === 200 && said.trim() === 'ok') return { kind: 'sent', reference: {} };
  // Slack answers with a code such as `no_service`; anything else may repeat the URL.
  const outcome = outcomeOfStatus(status, retryAfter, /^[a-z][a-z0-9_]{1,63}$/.test(said.trim()) ? said.trim() : '');
  return status === 429 ? limited(outcome) : outcome;
}
