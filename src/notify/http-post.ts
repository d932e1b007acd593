// Posts JSON once, and decides what a status means where the other side follows HTTP's habits.

import { type Milliseconds, SECOND } from '../model/time.ts';
import { carry, type Way } from './http-transport.ts';
import type { SendOutcome } from './integration.ts';
import { networkFailure } from './network-failure.ts';
import { plainText } from './plain-text.ts';

/** A whole answer; the body is cut at 16 KiB. */
export interface HttpAnswer {
  readonly status: number;
  readonly retryAfter: Milliseconds | null;
  readonly body: string;
}

const MAX_BODY = 16 * 1024;

/** One request. */
export interface HttpPost extends Way {
  readonly url: string;
  /** The body as JSON text. */
  readonly json: string;
  /** Further headers, such as `authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How long the whole exchange may take. */
  readonly timeoutMs: Milliseconds;
}

type Result = { readonly answer: HttpAnswer } | { readonly failure: SendOutcome };

/** A form to post. */
export interface FormPost extends Omit<HttpPost, 'json'> {
  readonly form: Readonly<Record<string, string>>;
}

/** Posts once and follows no redirect. Answers the other side's answer, or how the request failed. */
export function postJson({ json, ...post }: HttpPost): Promise<Result> {
  return postText(json, 'application/json', post);
}

/** Posts a form once, as `postJson` posts JSON. */
export function postForm({ form, ...post }: FormPost): Promise<Result> {
  return postText(new URLSearchParams(form).toString(), 'application/x-www-form-urlencoded', post);
}

async function postText(body: string, type: string, { url, headers, timeoutMs, ...way }: Omit<HttpPost, 'json'>): Promise<Result> {
  try {
    const posted = { url, body, headers: { ...headers, 'content-type': type, 'user-agent': 'winnow' }, signal: AbortSignal.timeout(timeoutMs) };
    const answer = await carry(posted, way);
    const retryAfter = readRetryAfter(answer.header('retry-after'), answer.header('date'));
    return { answer: { status: answer.status, retryAfter, body: await beginningOf(answer.body) } };
  } catch (error) {
    return { failure: networkFailure(error) };
  }
}

/**
 * The outcome of a status that does not mean success: 408, 429 and 5xx are worth another attempt,
 * and so is a 2xx that is not the agreed one, as a proxy may have answered; anything else is refused.
 * `detail` is what the answer said, already without secrets; it may be empty.
 */
export function outcomeOfStatus(status: number, retryAfter: Milliseconds | null, detail: string): SendOutcome {
  const error = `answered ${status}${detail === '' ? '' : `: ${plainText(detail, 300)}`}`;
  if (status === 429 || status === 408) return { kind: 'retry', after: retryAfter, error, uncertain: false };
  if (status >= 500) return { kind: 'retry', after: retryAfter, error, uncertain: true };
  if (status >= 200 && status < 300) return { kind: 'retry', after: null, error: `gave an answer that is not understood (${status})`, uncertain: true };
  return { kind: 'refused', error };
}

/** `Retry-After` (RFC 9110, 10.2.3): seconds, or a date that is held against the answer's own `Date`. */
export function readRetryAfter(value: string | null, date: string | null): Milliseconds | null {
  if (value === null) return null;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * SECOND;
  const wait = date === null ? Number.NaN : Date.parse(value) - Date.parse(date);
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}

async function beginningOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length >= MAX_BODY) break;
  }
  return text.slice(0, MAX_BODY);
}
