// Decides what a failed request means: whether the other side may have received it.

import type { SendOutcome } from './integration.ts';

/** Errors that come before a byte of the request was sent. */
const BEFORE_SENDING: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPROTO',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_INVALID_URL',
]);
/** Errors of TLS, and of a proxy that lets nothing through. */
const REFUSED_ON_THE_WAY = /^(?:PROXY_|CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/**
 * The outcome of a request that ended with an exception of `fetch`. Its text is made of error codes
 * alone, as messages of `fetch` may hold the URL.
 */
export function networkFailure(error: unknown): SendOutcome {
  const code = errorCode(error);
  if (code === 'TimeoutError') return { kind: 'retry', after: null, error: 'no answer in time', uncertain: true };
  const unsent = code !== null && (BEFORE_SENDING.has(code) || REFUSED_ON_THE_WAY.test(code));
  const text = unsent ? 'could not connect' : 'the connection broke before an answer came';
  return { kind: 'retry', after: null, error: code === null ? text : `${text} (${code})`, uncertain: !unsent };
}

/** The system's code of an error or of what caused it, `TimeoutError`, or null. */
function errorCode(error: unknown): string | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if (at.name === 'TimeoutError') return at.name;
    if ('code' in at && typeof at.code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(at.code)) return at.code;
  }
  return null;
}
