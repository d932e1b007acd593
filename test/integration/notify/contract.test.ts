// What every integration over a network must do, whatever the other side does.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_TLS } from '../../../src/config/tls-setting.ts';
import { Secret } from '../../../src/model/secret.ts';
import type { SendOutcome, SendRequest } from '../../../src/notify/integration.ts';
import { createIntegrations } from '../../../src/notify/integrations.ts';
import type { Target } from '../../../src/notify/target.ts';
import { startPagerDuty } from '../../stand-ins/pagerduty.ts';
import type { Failure } from '../../stand-ins/scripted-server.ts';
import { startSlack } from '../../stand-ins/slack.ts';
import { type SmtpFailure, startSmtp } from '../../stand-ins/smtp.ts';
import { startWebhook } from '../../stand-ins/webhook.ts';
import { gpuNodeDown } from '../../unit/notify/incident-view.ts';

/** The other side of an integration: a target that leads there, and what it saw. */
interface OtherSide<F> {
  readonly target: Target;
  /** What no outcome may tell. */
  readonly secret: string;
  /** How many messages or incidents stand there. */
  count(): number;
  calls(): number;
  failNext(failure: F): void;
  close(): Promise<void>;
}

/** How the other side of a protocol can fail, and what each failure means. */
interface Protocol<F> {
  /** What it was too busy for, and did not do; after how many milliseconds to try again, if it said so. */
  readonly busy: readonly { readonly failure: F; readonly after: number | null }[];
  /** What is worth another attempt, and not said whether it was done. */
  readonly vague: readonly F[];
  /** What would hand the secret to somebody else. */
  readonly elsewhere: readonly F[];
  /** What it may have done all the same. */
  readonly faults: readonly F[];
  readonly refusals: readonly F[];
  readonly hang: F;
  /** Answers that are not what the protocol says, so that nobody knows what was done. */
  readonly gibberish: readonly F[];
  readonly reset: (applied: boolean) => F;
  /** Every kind of failure, each repeating the secret where it can. */
  readonly leaks: (secret: string) => readonly F[];
}

const status = (code: number, more: object = {}): Failure => ({ kind: 'status', status: code, ...more });

const HTTP: Protocol<Failure> = {
  busy: [{ failure: status(429, { retryAfter: 17 }), after: 17_000 }],
  vague: [status(429), status(408)],
  elsewhere: [status(307, { location: '/somewhere/else' })],
  faults: [500, 502, 503, 504].map((code) => status(code)),
  refusals: [400, 401, 403, 404, 410, 413].map((code) => status(code)),
  hang: { kind: 'hang' },
  gibberish: ['<html>a page of some proxy', '', '{"ok"', 'null', '"ok"', '[]'].map((body) => ({ kind: 'malformed', body })),
  reset: (applied) => ({ kind: 'reset', applied }),
  leaks: (secret) => {
    const body = JSON.stringify({ ok: false, error: secret, message: secret, errors: [`'${secret}' is wrong`] });
    const texts = [400, 404, 429, 500].flatMap((code) => [status(code, { body }), status(code, { body: secret })]);
    return [...texts, { kind: 'reset', applied: false }];
  },
};

/** As `HTTP`, for what takes any success at its word. */
const WORDLESS: Protocol<Failure> = { ...HTTP, gibberish: [] };

const reply = (at: SmtpFailure['at'], line: string): SmtpFailure => ({ kind: 'reply', at, line });

const SMTP: Protocol<SmtpFailure> = {
  busy: [
    reply('greeting', '421 4.3.2 come back later'),
    reply('AUTH', '454 4.7.0 temporary'),
    reply('MAIL', '451 4.3.0 busy'),
    reply('RCPT', '450 4.2.1 slow down'),
    reply('DATA', '451 4.3.0 busy'),
    reply('message', '452 4.3.1 no room'),
  ].map((failure) => ({ failure, after: null })),
  vague: [],
  elsewhere: [],
  faults: [],
  refusals: [
    reply('greeting', '554 5.7.1 no service'),
    reply('AUTH', '535 5.7.8 wrong password'),
    reply('MAIL', '550 5.7.1 not you'),
    reply('RCPT', '550 5.1.1 nobody of that name'),
    reply('DATA', '554 5.5.1 no'),
    reply('message', '554 5.7.1 spam'),
  ],
  hang: { kind: 'hang', at: 'message' },
  gibberish: [reply('message', '<html>a page of some proxy'), reply('message', '999 what'), reply('message', '')],
  reset: (applied) => ({ kind: 'reset', at: 'message', applied }),
  leaks: (secret) =>
    (['greeting', 'EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA', 'message'] as const).flatMap((at) => [reply(at, `451 ${secret}`), reply(at, `550 ${secret}`)]),
};

const TOKEN = 'xoxb-0123456789-secret';
const ROUTING_KEY = 'f0e1d2c3b4a5968778695a4b3c2d1e0f';

/** An integration's other side with the protocol that it speaks. */
interface Side<F> {
  readonly protocol: Protocol<F>;
  start(): Promise<OtherSide<F>>;
}

const slackApp: Side<Failure> = {
  protocol: HTTP,
  async start() {
    const slack = await startSlack({ token: TOKEN });
    const target = { kind: 'slack-app', token: new Secret(TOKEN), apiUrl: slack.url, channel: '#ml-alerts' } as const;
    return { target, secret: TOKEN, count: () => slack.messages.length, calls: () => slack.calls.length, failNext: slack.failNext, close: slack.close };
  },
};

const slackWebhook: Side<Failure> = {
  protocol: HTTP,
  async start() {
    const slack = await startSlack();
    const target = { kind: 'slack-webhook', url: new Secret(slack.webhookUrl), channel: '' } as const;
    const secret = 'webhook-secret-0123456789';
    return { target, secret, count: () => slack.messages.length, calls: () => slack.calls.length, failNext: slack.failNext, close: slack.close };
  },
};

const pagerDuty: Side<Failure> = {
  protocol: HTTP,
  async start() {
    const pagerduty = await startPagerDuty();
    const { failNext, close } = pagerduty;
    const target = { kind: 'pagerduty', routingKey: new Secret(ROUTING_KEY), url: pagerduty.url } as const;
    return { target, secret: ROUTING_KEY, count: () => pagerduty.incidents.length, calls: () => pagerduty.calls.length, failNext, close };
  },
};

const webhook: Side<Failure> = {
  protocol: WORDLESS,
  async start() {
    const secret = 'hook-secret-0123456789';
    const hook = await startWebhook({ secret });
    const target = { kind: 'webhook', url: new Secret(hook.url), authorization: new Secret(`Bearer ${secret}`), maxAlerts: 0, timeoutMs: null } as const;
    return { target, secret, count: () => hook.bodies.length, calls: () => hook.calls.length, failNext: hook.failNext, close: hook.close };
  },
};

const email: Side<SmtpFailure> = {
  protocol: SMTP,
  async start() {
    const secret = 'mail-secret-0123456789';
    const smtp = await startSmtp();
    const target = {
      kind: 'email',
      to: 'oncall@example.com',
      from: 'winnow@example.com',
      host: '127.0.0.1',
      port: smtp.port,
      hello: null,
      implicitTls: false,
      requireTls: false,
      tls: DEFAULT_TLS,
      auth: { username: 'winnow', password: new Secret(secret), cramMd5: false },
      headers: new Map<string, string>(),
    } as const;
    return { target, secret, count: () => smtp.mails.length, calls: () => smtp.connections, failNext: smtp.failNext, close: smtp.close };
  },
};

/** A new integration is a line here. */
const SIDES: Readonly<Record<string, Side<Failure> | Side<SmtpFailure>>> = {
  'slack-app': slackApp,
  'slack-webhook': slackWebhook,
  pagerduty: pagerDuty,
  webhook,
  email,
};

const terminal = { write: () => undefined, color: false };
const integrations = createIntegrations({ console: terminal });
const impatient = createIntegrations({ console: terminal, timeoutMs: 500 });

it('covers every integration that goes over a network', () => {
  expect(Object.keys(SIDES)).toEqual([...integrations.keys()].filter((kind) => kind !== 'console'));
});

describe.each(Object.entries(SIDES) as [string, Side<unknown>][])('%s', (_, { protocol, start }) => {
  let side: OtherSide<unknown>;
  const send = (from = integrations): Promise<SendOutcome> => {
    const request: SendRequest = { target: side.target, view: gpuNodeDown(), kind: 'trigger', reference: {}, deliveryId: 'i~d', seq: 1, uncertain: false };
    const integration = from.get(side.target.kind);
    if (integration === undefined) throw new Error(`no integration for ${side.target.kind}`);
    return integration.send(request);
  };

  beforeEach(async () => {
    side = await start();
  });
  afterEach(() => side.close());

  it('sends once', async () => {
    expect(await send()).toMatchObject({ kind: 'sent' });
    expect([side.calls(), side.count()]).toEqual([1, 1]);
  });

  it.each(protocol.busy)('asks for another attempt, as nothing was done, after $failure', async ({ failure, after }) => {
    side.failNext(failure);
    expect(await send()).toMatchObject({ kind: 'retry', after, uncertain: false });
    expect([side.calls(), side.count()]).toEqual([1, 0]);
  });

  it.each(protocol.vague)('asks for another attempt after %j', async (failure) => {
    side.failNext(failure);
    expect(await send()).toMatchObject({ kind: 'retry' });
    expect([side.calls(), side.count()]).toEqual([1, 0]);
  });

  it.each(protocol.elsewhere)('is not led elsewhere by %j', async (failure) => {
    side.failNext(failure);
    expect(await send()).not.toMatchObject({ kind: 'sent' });
    expect([side.calls(), side.count()]).toEqual([1, 0]);
  });

  it.each([...protocol.faults, ...protocol.gibberish])('asks for another attempt, and does not know what was done, after %j', async (failure) => {
    side.failNext(failure);
    expect(await send(impatient)).toMatchObject({ kind: 'retry', uncertain: true });
    expect([side.calls(), side.count()]).toEqual([1, 0]);
  });

  it.each(protocol.refusals)('gives up after %j', async (failure) => {
    side.failNext(failure);
    expect(await send()).toMatchObject({ kind: 'refused' });
    expect([side.calls(), side.count()]).toEqual([1, 0]);
  });

  it('waits no longer than its time-out, and does not know then whether it was heard', async () => {
    side.failNext(protocol.hang);
    expect(await send(impatient)).toEqual({ kind: 'retry', after: null, error: 'no answer in time', uncertain: true });
  });

  it.each([true, false])('does not know whether it was heard when the connection breaks (it was: %s)', async (applied) => {
    side.failNext(protocol.reset(applied));
    expect(await send()).toMatchObject({ kind: 'retry', uncertain: true });
    expect(side.count()).toBe(applied ? 1 : 0);
  });

  it('is certain that it was not heard when nobody listens', async () => {
    await side.close();
    expect(await send()).toEqual({ kind: 'retry', after: null, error: 'could not connect (ECONNREFUSED)', uncertain: false });
  });

  it('never tells its secret in an error, even when the other side repeats it', async () => {
    for (const failure of [...protocol.leaks(side.secret), ...protocol.gibberish]) {
      side.failNext(failure);
      const outcome = await send(impatient);
      expect(outcome.kind).not.toBe('sent');
      expect(JSON.stringify(outcome)).not.toContain(side.secret);
    }
  });
});

it('a webhook takes any success at its word', async () => {
  const side = await webhook.start();
  side.failNext({ kind: 'malformed', body: '<html>thanks' });
  const request: SendRequest = { target: side.target, view: gpuNodeDown(), kind: 'trigger', reference: {}, deliveryId: 'i~d', seq: 1, uncertain: false };
  expect(await integrations.get('webhook')?.send(request)).toEqual({ kind: 'sent', reference: {} });
  await side.close();
});
