// Decides what an error of Slack's Web API means: another attempt, or none.

import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { SECOND } from '../../model/time.ts';
import { outcomeOfStatus } from '../http-post.ts';
import type { SendOutcome } from '../integration.ts';
import { networkFailure } from '../network-failure.ts';

/** Refusals that pass; Slack did nothing. */
const PASSING: ReadonlySet<string> = new Set(['request_timeout', 'team_added_to_org']);
/** Refusals of all that the app sends, for a while. */
const LIMITED: ReadonlySet<string> = new Set(['ratelimited', 'rate_limited']);
/** Faults on Slack's side, after which the message may be there all the same. */
const FAULTS: ReadonlySet<string> = new Set(['internal_error', 'fatal_error', 'service_unavailable']);
/** Answers that say that a message cannot be edited, ever again. */
const UNEDITABLE: ReadonlySet<string> = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);
/** Answers that say that a message cannot be replied to. */
const UNREPLIABLE: ReadonlySet<string> = new Set(['thread_not_found', 'cannot_reply_to_message', 'message_not_found']);

/** Whether the error says that the message to edit is gone or closed, so that a new one is needed. */
export function isUneditable(error: unknown): boolean {
  return UNEDITABLE.has(slackErrorCode(error) ?? '');
}

/** Whether the error says that the message to reply to is gone or closed. */
export function isUnrepliable(error: unknown): boolean {
  return UNREPLIABLE.has(slackErrorCode(error) ?? '');
}

/** Slack's own code of an error, such as `channel_not_found`, or null when it is none or no code. */
export function slackErrorCode(error: unknown): string | null {
  if (!(error instanceof WebAPIPlatformError)) return null;
  const code: unknown = error.data.error;
  // The client puts the body of an answer that is no JSON here, which may hold anything.
  return typeof code === 'string' && /^[a-z][a-z0-9_]{1,63}$/.test(code) ? code : null;
}

/** The outcome of a call that threw; its text holds codes alone, never what was sent. */
export function slackFailure(error: unknown): SendOutcome {
  if (error instanceof WebAPIRateLimitedError) return limited(outcomeOfStatus(429, error.retryAfter * SECOND, ''));
  if (error instanceof WebAPIHTTPError) return outcomeOfStatus(error.statusCode, null, '');
  if (error instanceof WebAPIRequestError) return networkFailure(error.original);
  if (error instanceof WebAPIPlatformError) return platformFailure(error);
  return networkFailure(error);
}

function platformFailure(error: WebAPIPlatformError): SendOutcome {
  const code = slackErrorCode(error);
  if (code === null) return outcomeOfStatus(200, null, '');
  const seconds = error.data.response_metadata?.['retryAfter'];
  const after = typeof seconds === 'number' ? seconds * SECOND : null;
  if (LIMITED.has(code)) return { kind: 'retry', after, error: code, uncertain: false, limited: true };
  if (PASSING.has(code)) return { kind: 'retry', after, error: code, uncertain: false };
  if (FAULTS.has(code)) return { kind: 'retry', after, error: code, uncertain: true };
  return { kind: 'refused', error: code };
}

/** The outcome, where it is another attempt, as one for which the whole app is to be left alone. */
export function limited(outcome: SendOutcome): SendOutcome {
  return outcome.kind === 'retry' ? { ...outcome, limited: true } : outcome;
}
