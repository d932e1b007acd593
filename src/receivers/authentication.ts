// Decides whether a webhook comes from who it should. What headers alone can prove is judged before
// a body is read; only Grafana's signature needs the body, byte for byte as it came.

import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { WebhookAuthentication } from '../config/config.ts';
import type { Instant } from '../model/time.ts';
import { sameBytes } from './same-bytes.ts';

/** What headers say of a sender: let in, turned away, or to be judged by the signature of the body. */
export type HeaderVerdict = 'authentic' | 'refused' | 'signed';

/** Grafana's signature, as the configuration has it. */
export type SignatureSettings = NonNullable<WebhookAuthentication['hmac']>;

/** How far a signed time stamp may be from now, in seconds, either way. */
const MAX_SKEW_SECONDS = 300;

/**
 * Judges a request by its headers. Of several ways that are configured any one suffices; with none
 * everybody is let in. `signed` means that a signature is there and remains to be verified.
 */
export function judgeHeaders(authentication: WebhookAuthentication, headers: IncomingHttpHeaders): HeaderVerdict {
  const { basic, authorization, hmac } = authentication;
  if (basic === null && authorization === null && hmac === null) return 'authentic';
  const [scheme, credentials] = splitAuthorization(headers.authorization ?? '');
  if (basic !== null && scheme === 'basic') {
    if (sameBytes(Buffer.from(credentials, 'base64'), Buffer.from(`${basic.username}:${basic.password.reveal()}`))) return 'authentic';
  }
  if (authorization !== null && scheme === authorization.scheme.toLowerCase()) {
    // Node reads the bytes of a header as Latin-1.
    if (sameBytes(Buffer.from(credentials, 'latin1'), Buffer.from(authorization.credentials.reveal()))) return 'authentic';
  }
  return hmac !== null && typeof headers[hmac.header] === 'string' ? 'signed' : 'refused';
}

/**
 * Whether the body bears Grafana's signature: the hex HMAC-SHA256 of the body or, when a time stamp
 * header is configured, of `TIMESTAMP:BODY`, the time stamp in Unix seconds and at most 300 s off.
 */
export function verifySignature(settings: SignatureSettings, headers: IncomingHttpHeaders, body: Buffer, now: Instant): boolean {
  const signature = headers[settings.header];
  if (typeof signature !== 'string') return false;
  const hmac = createHmac('sha256', settings.secret.reveal());
  if (settings.timestampHeader !== null) {
    const timestamp = headers[settings.timestampHeader];
    if (typeof timestamp !== 'string' || !isRecent(timestamp, now)) return false;
    hmac.update(`${timestamp}:`);
  }
  return sameBytes(Buffer.from(signature.trim().toLowerCase()), Buffer.from(hmac.update(body).digest('hex')));
}

/** The value of `WWW-Authenticate`: one challenge for each way that is configured (RFC 9110, 11.6.1). */
export function challengeOf({ basic, authorization, hmac }: WebhookAuthentication): string {
  const schemes: string[] = [];
  if (basic !== null) schemes.push('Basic');
  if (authorization !== null) schemes.push(authorization.scheme);
  // A signature has no registered scheme; a 401 must name one all the same.
  if (hmac !== null) schemes.push('HMAC-SHA256');
  return schemes.map((scheme) => `${scheme} realm="winnow"`).join(', ');
}

function splitAuthorization(header: string): readonly [scheme: string, credentials: string] {
  const space = header.indexOf(' ');
  return space < 0 ? [header.toLowerCase(), ''] : [header.slice(0, space).toLowerCase(), header.slice(space + 1).trim()];
}

/** Whether a time stamp in Unix seconds is at most 300 s off, either way. */
export function isRecent(timestamp: string, now: Instant): boolean {
  return /^\d{1,12}$/.test(timestamp) && Math.abs(now / 1000 - Number(timestamp)) <= MAX_SKEW_SECONDS;
}
