// What only e-mail does.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_TLS } from '../../../src/config/tls-setting.ts';
import { Secret } from '../../../src/model/secret.ts';
import { createEmail } from '../../../src/notify/email/sender.ts';
import type { EmailTarget } from '../../../src/notify/target.ts';
import { type SmtpStandIn, startSmtp } from '../../stand-ins/smtp.ts';
import { gpuNodeDown } from '../../unit/notify/incident-view.ts';

const integration = createEmail({ timeoutMs: 2000 });
const about = { view: gpuNodeDown(), kind: 'trigger', reference: {}, deliveryId: 'i~email/x', seq: 1, uncertain: false } as const;

let smtp: SmtpStandIn;
beforeEach(async () => {
  smtp = await startSmtp();
});
afterEach(() => smtp.close());

const to = (given: Partial<EmailTarget> = {}): EmailTarget => ({
  kind: 'email',
  to: 'Ada <ada@example.com>, bob@example.com',
  from: 'Winnow <winnow@example.com>',
  host: '127.0.0.1',
  port: smtp.port,
  hello: null,
  implicitTls: false,
  requireTls: false,
  tls: DEFAULT_TLS,
  auth: null,
  headers: new Map(),
  ...given,
});
const header = (name: string, mail = smtp.mails[0]) => new RegExp(`^${name}: (.*(?:\r\n .*)*)`, 'im').exec(mail?.data ?? '')?.[1];

describe('an e-mail', () => {
  it('goes to everybody who is named, as text and as HTML', async () => {
    await integration.send({ target: to(), ...about });
    expect(smtp.mails).toMatchObject([{ from: 'winnow@example.com', to: ['ada@example.com', 'bob@example.com'], login: null }]);
    expect(header('Subject')).toMatch(/^\[CRITICAL\] GPUNodeNotReady on node\/gpu-7/);
    expect(smtp.mails[0]?.data).toMatch(/text\/plain[\s\S]*text\/html/);
  });

  it('logs in when it is told how', async () => {
    await integration.send({ target: to({ auth: { username: 'winnow', password: new Secret('hunter2'), cramMd5: false } }), ...about });
    expect(smtp.mails[0]?.login).toBe('\0winnow\0hunter2');
  });

  it('bears the headers of the configuration', async () => {
    await integration.send({
      target: to({
        headers: new Map([
          ['Subject', 'Trouble'],
          ['Reply-To', 'ml@example.com'],
        ]),
      }),
      ...about,
    });
    expect([header('Subject'), header('Reply-To'), header('Auto-Submitted')]).toEqual(['Trouble', 'ml@example.com', 'auto-generated']);
  });

  it('is known again when it is sent twice, and belongs to the others about the incident', async () => {
    for (const seq of [1, 1, 2]) await integration.send({ target: to(), ...about, seq });
    const [first, again, next] = smtp.mails.map((mail) => ({ id: header('Message-ID', mail), of: header('References', mail) }));
    expect(again).toEqual(first);
    expect(next?.id).not.toBe(first?.id);
    expect(next?.of).toBe(first?.of);
  });

  it('is not sent in the clear when encryption is required', async () => {
    const outcome = await integration.send({ target: to({ requireTls: true }), ...about });
    expect(outcome).toMatchObject({ kind: expect.stringMatching(/retry|refused/) });
    expect(smtp.mails).toEqual([]);
  });
});
