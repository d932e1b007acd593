// Decides what a failure of SMTP means: another attempt, or none.

import { getSystemErrorName } from 'node:util';
import type { SendOutcome } from '../integration.ts';
import { networkFailure } from '../network-failure.ts';

/** What nodemailer says of a failure, as far as it is safe to repeat. */
interface SmtpError {
  readonly code?: unknown;
  readonly responseCode?: unknown;
  readonly command?: unknown;
  readonly timeoutType?: unknown;
  readonly syscall?: unknown;
  readonly errno?: unknown;
}

/** Failures before there was a connection over which a message could have gone. */
const UNSENT: ReadonlySet<string> = new Set(['EDNS', 'ETLS', 'EREQUIRETLS', 'EAUTH']);

/**
 * The outcome of a message that was not sent. A reply is what counts: 4yz passes, 5yz does not (RFC 5321, 4.2.1), and
 * neither took the message. Without a reply only what failed before the connection stood is known not to have arrived.
 * The text is made of codes alone, as a server's words may hold what was sent to it.
 */
export function smtpFailure(error: unknown): SendOutcome {
  if (typeof error !== 'object' || error === null) return networkFailure(error);
  const { code, responseCode, command, timeoutType, syscall, errno } = error as SmtpError;
  const at = typeof command === 'string' && /^[A-Z][A-Z0-9 -]{1,30}$/.test(command) ? ` to ${command}` : '';
  if (typeof responseCode === 'number' && responseCode >= 400 && responseCode < 600) {
    const text = `answered ${responseCode}${at}`;
    return responseCode >= 500 ? { kind: 'refused', error: text } : { kind: 'retry', after: null, error: text, uncertain: false };
  }
  if (code === 'ETIMEDOUT') return { kind: 'retry', after: null, error: 'no answer in time', uncertain: timeoutType === 'SOCKET_TIMEOUT' };
  if (typeof code === 'string' && UNSENT.has(code)) return { kind: 'retry', after: null, error: `could not connect (${code})`, uncertain: false };
  if (syscall === 'connect' || syscall === 'getaddrinfo') {
    const name = typeof errno === 'number' ? getSystemErrorName(errno) : 'unknown';
    return { kind: 'retry', after: null, error: `could not connect (${name})`, uncertain: false };
  }
  // Nodemailer itself would not send it: an address that is none.
  if (command === 'API') return { kind: 'refused', error: `could not be sent (${String(code)})` };
  return networkFailure(error);
}
