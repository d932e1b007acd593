// What every integration over a network must do, whatever the other side does.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../src/model/secret.ts';
import type { SendOutcome, SendRequest } from '../../../src/notify/integration.ts';
import { createIntegrations } from '../../../src/notify/integrations.ts';
import type { Target } from '../../../src/notify/target.ts';
import { startPagerDuty } from '../../stand-ins/pagerduty.ts';
import type { Failure } from '../../stand-ins/scripted-server.ts';
import { startSlack } from '../../stand-ins/slack.ts';
import { gpuNodeDown } from '../../unit/notify/incident-view.ts';

/** The other side of an integration: a target that leads there, and what it saw. */
interface OtherSide {
  readonly target: Target;
  /** What no outcome may tell. */
  readonly secret: string;
  /** How many messages or incidents stand there. */
  count(): number;
  calls(): number;
  failNext(failure: Failure, times?: number): void;
  close(): Promise<void>;
}

const TOKEN = 'xoxb-0123456789-secret';
const ROUTING_KEY = 'f0e1d2c3b4a5968778695a4b3c2d1e0f';

const SIDES: Readonly<Record<string, () => Promise<OtherSide>>> = {
  'slack-app': async () => {
    const slack = await startSlack({ token: TOKEN });
    const target = { kind: 'slack-app', token: new Secret(TOKEN), apiUrl: slack.url, channel: '#ml-alerts' } as const;
    return { target, secret: TOKEN, count: () => slack.messages.length, calls: () => slack.calls.length, failNext: slack.failNext, close: slack.close };
  },
  'slack-webhook': async () => {
    const slack = await startSlack();
    const target = { kind: 'slack-webhook', url: new Secret(slack.webhookUrl), channel: '' } as const;
    const secret = 'webhook-secret-0123456789';
    return { target, secret, count: () => slack.messages.length, calls: () => slack.calls.length, failNext: slack.failNext, close: slack.close };
  },
  pagerduty: async () => {
    const pagerduty = await startPagerDuty();
    const target = { kind: 'pagerduty', routingKey: new Secret(ROUTING_KEY), url: pagerduty.url } as const;
    return {
      target,
      secret: ROUTING_KEY,
      count: () => pagerduty.incidents.length,
      calls: () => pagerduty.calls.length,
      failNext: pagerduty.failNext,
      close: pagerduty.close,
    };
  },
};

const terminal = { write: () => undefined, color: false };
const integrations = createIntegrations({ console: terminal });
const impatient = createIntegrations({ console: terminal, timeoutMs: 500 });

it('covers every integration that goes over a network', () => {
  expect(Object.keys(SIDES)).toEqual([...integrations.keys()].filter((kind) => kind !== 'console'));
});

describe.each(Object.entries(SIDES))('%s', (_, start) => {
  let side: OtherSide;
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

  it('does not try again by itself', async () => {
    side.failNext({ kind: 'status', status: 500 });
    await send();
    expect([side.calls(), side.count()]).toEqual([1, 0]);
  });

  it('asks to wait as long as the other side says', async () => {
    side.failNext({ kind: 'status', status: 429, retryAfter: 17 });
    expect(await send()).toMatchObject({ kind: 'retry', after: 17_000, uncertain: false });
  });

  it('asks for another attempt when told to wait without a time', async () => {
    side.failNext({ kind: 'status', status: 429 });
    expect(await send()).toMatchObject({ kind: 'retry', after: null });
  });

  it.each([500, 502, 503, 504])('asks for another attempt after a %i', async (status) => {
    side.failNext({ kind: 'status', status });
    expect(await send()).toMatchObject({ kind: 'retry', uncertain: true });
  });

  it.each([400, 401, 403, 404, 410, 413])('gives up on a %i', async (status) => {
    side.failNext({ kind: 'status', status });
    expect(await send()).toMatchObject({ kind: 'refused' });
  });

  it('waits no longer than its time-out, and does not know then whether it was heard', async () => {
    side.failNext({ kind: 'hang' });
    expect(await send(impatient)).toEqual({ kind: 'retry', after: null, error: 'no answer in time', uncertain: true });
  });

  it.each(['<html>a page of some proxy', '', '{"ok"', 'null', '"ok"', '[]'])('does not take %j for a success', async (body) => {
    side.failNext({ kind: 'malformed', body });
    expect(await send()).toMatchObject({ kind: 'retry', uncertain: true });
  });

  it.each([true, false])('does not know whether it was heard when the connection breaks (it was: %s)', async (applied) => {
    side.failNext({ kind: 'reset', applied });
    expect(await send()).toMatchObject({ kind: 'retry', uncertain: true });
    expect(side.count()).toBe(applied ? 1 : 0);
  });

  it('is certain that it was not heard when nobody listens', async () => {
    await side.close();
    expect(await send()).toEqual({ kind: 'retry', after: null, error: 'could not connect (ECONNREFUSED)', uncertain: false });
  });

  it('follows no redirect, which would hand the secret to somebody else', async () => {
    side.failNext({ kind: 'status', status: 307, location: '/somewhere/else' });
    expect(await send()).not.toMatchObject({ kind: 'sent' });
    expect(side.calls()).toBe(1);
  });

  it('never tells its secret in an error, even when the other side repeats it', async () => {
    const body = JSON.stringify({ ok: false, error: side.secret, message: side.secret, errors: [`'${side.secret}' is wrong`] });
    const failures: readonly Failure[] = [
      ...[400, 404, 429, 500].flatMap((status): Failure[] => [
        { kind: 'status', status, body },
        { kind: 'status', status, body: side.secret },
      ]),
      { kind: 'malformed', body },
      { kind: 'malformed', body: side.secret },
      { kind: 'reset', applied: false },
    ];
    for (const failure of failures) {
      side.failNext(failure);
      const outcome = await send();
      expect(outcome.kind).not.toBe('sent');
      expect(JSON.stringify(outcome)).not.toContain(side.secret);
    }
  });
});
