// Posts JSON once, and decides what a status means where the other side follows HTTP's habits.

import { type Milliseconds, SECOND } from '../model/time.ts';
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
export interface HttpPost {
  readonly url: string;
  /** The body as JSON text. */
  readonly json: string;
  /** Further headers, such as `authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How long the whole exchange may take. */
  readonly timeoutMs: Milliseconds;
}

/** Posts once and follows no redirect. Answers the other side's answer, or how the request failed. */
export async function postJson({ url, json, headers, timeoutMs }: HttpPost): Promise<{ readonly answer: HttpAnswer } | { readonly failure: SendOutcome }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'winnow' },
      body: json,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const retryAfter = readRetryAfter(response.headers.get('retry-after'), response.headers.get('date'));
    return { answer: { status: response.status, retryAfter, body: await beginningOf(response) } };
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

async function beginningOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length >= MAX_BODY) break;
  }
  return text.slice(0, MAX_BODY);
}
