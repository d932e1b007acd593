// Sends e-mails by SMTP. A repeat bears the same Message-ID, by which mail readers know it.

import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { type Milliseconds, SECOND } from '../../model/time.ts';
import { composeBulletin } from '../bulletin-message.ts';
import type { Integration, MessageRequest, SendOutcome } from '../integration.ts';
import { composeMessage } from '../message.ts';
import type { EmailTarget } from '../target.ts';
import { tlsOptions } from '../tls-options.ts';
import { type EmailBody, emailBody, emailBulletin } from './body.ts';
import { smtpFailure } from './failure.ts';

/** What the integration takes. */
export interface EmailOptions {
  /** How long each step of one exchange may take; 10 s by default. */
  readonly timeoutMs?: Milliseconds;
}

/** Makes the integration for `email` targets. */
export function createEmail({ timeoutMs = 10 * SECOND }: EmailOptions = {}): Integration<EmailTarget> {
  return {
    kind: 'email',
    send: (request) => post(request, emailBody(composeMessage(request.view), request.kind), timeoutMs),
    sendBulletin: (request) => post(request, emailBulletin(composeBulletin(request.view)), timeoutMs),
  };
}

async function post(request: MessageRequest<EmailTarget>, body: EmailBody, timeout: Milliseconds): Promise<SendOutcome> {
  const { target } = request;
  const transport = createTransport({
    host: target.host,
    port: target.port,
    secure: target.implicitTls,
    requireTLS: target.requireTls && !target.implicitTls,
    ...(target.hello === null ? {} : { name: target.hello }),
    tls: tlsOptions(target.tls),
    ...(target.auth === null ? {} : { auth: authOf(target.auth) }),
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    dnsTimeout: timeout,
    socketCloseTimeout: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({ ...mailOf(request, body) });
    return { kind: 'sent', reference: {} };
  } catch (error) {
    return smtpFailure(error);
  } finally {
    transport.close();
  }
}

function authOf({ username, password, cramMd5 }: NonNullable<EmailTarget['auth']>) {
  return { user: username, pass: password.reveal(), ...(cramMd5 ? { method: 'CRAM-MD5' } : {}) };
}

/** All messages about one incident are one conversation: each refers to a message that is never sent. */
function mailOf({ target, deliveryId, seq }: MessageRequest<EmailTarget>, { subject, text, html }: EmailBody) {
  const domain = /@([\w.-]+)>?\s*$/.exec(target.from)?.[1] ?? 'winnow.invalid';
  const name = createHash('sha256').update(deliveryId).digest('hex').slice(0, 32);
  const { headers } = target;
  return {
    from: target.from,
    to: target.to,
    subject: headers.get('Subject') ?? subject,
    text,
    html,
    messageId: `<${name}.${seq}@${domain}>`,
    references: `<${name}@${domain}>`,
    headers: { 'Auto-Submitted': 'auto-generated', ...Object.fromEntries([...headers].filter(([header]) => header !== 'Subject')) },
  };
}
