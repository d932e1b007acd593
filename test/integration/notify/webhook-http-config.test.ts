// What `http_config` asks for, all the way: TLS with certificates of one's own, proxies, and tokens.
//
// The certificates in test/testdata/tls are for tests alone: a CA that nobody trusts, a server's for hooks.test and 127.0.0.1, a client's.

import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_TLS } from '../../../src/config/tls-setting.ts';
import { Secret } from '../../../src/model/secret.ts';
import type { SendOutcome } from '../../../src/notify/integration.ts';
import type { OAuth2Settings, WebhookTarget } from '../../../src/notify/target.ts';
import { createWebhook } from '../../../src/notify/webhook/sender.ts';
import { startProxy } from '../../stand-ins/proxy.ts';
import { type ReceivedRequest, startScriptedServer } from '../../stand-ins/scripted-server.ts';
import { startWebhook } from '../../stand-ins/webhook.ts';
import { gpuNodeDown } from '../../unit/notify/incident-view.ts';
import { undoList } from '../service/undo.ts';

const undo = undoList();
afterEach(() => undo.all());

const pem = (name: string) => readFileSync(`test/testdata/tls/${name}`, 'utf8');
const SERVER = { cert: pem('server.pem'), key: pem('server.key') };
const MUTUAL = { ...SERVER, ca: pem('ca.pem'), requestCert: true };
const TRUSTING = { ...DEFAULT_TLS, ca: pem('ca.pem') };

async function hookOf(options: Parameters<typeof startWebhook>[0] = {}) {
  const hook = await startWebhook(options);
  undo.later(() => hook.close());
  return hook;
}

async function proxyOf(credentials: string | null = null) {
  const proxy = await startProxy(credentials);
  undo.later(() => proxy.close());
  return proxy;
}

/** Sends one message, with what a test says of the target; several by one sender when it is given. */
function send(url: string, given: Partial<WebhookTarget> = {}, webhook = createWebhook({ timeoutMs: 300 })): Promise<SendOutcome> {
  const target: WebhookTarget = { kind: 'webhook', url: new Secret(url), authorization: null, maxAlerts: 0, timeoutMs: null, ...given };
  return webhook.send({ target, view: gpuNodeDown(), kind: 'trigger', reference: {}, deliveryId: 'i~webhook/x', seq: 1, uncertain: false });
}

const SENT = { kind: 'sent', reference: {} };

describe('tls_config', () => {
  it('trusts a CA of its own, and nobody without it', async () => {
    const hook = await hookOf({ tls: SERVER });
    expect(await send(hook.url, { tls: TRUSTING })).toEqual(SENT);
    for (const tls of [undefined, DEFAULT_TLS])
      expect(await send(hook.url, tls === undefined ? {} : { tls })).toMatchObject({
        kind: 'retry',
        uncertain: false,
        error: expect.stringMatching(/^could not connect/),
      });
    expect(hook.bodies).toHaveLength(1);
  });

  it('shows the certificate of the client', async () => {
    const hook = await hookOf({ tls: MUTUAL });
    expect(await send(hook.url, { tls: { ...TRUSTING, cert: pem('client.pem'), key: new Secret(pem('client.key')) } })).toEqual(SENT);
    expect(await send(hook.url, { tls: TRUSTING })).toMatchObject({ kind: 'retry' });
    expect(hook.bodies).toHaveLength(1);
  });

  it('holds the name of the server against its certificate, unless it is told not to look', async () => {
    const hook = await hookOf({ tls: SERVER });
    expect(await send(hook.url, { tls: { ...TRUSTING, serverName: 'hooks.test' } })).toEqual(SENT);
    expect(await send(hook.url, { tls: { ...TRUSTING, serverName: 'other.test' } })).toMatchObject({
      kind: 'retry',
      error: 'could not connect (ERR_TLS_CERT_ALTNAME_INVALID)',
    });
    expect(await send(hook.url, { tls: { ...DEFAULT_TLS, verify: false } })).toEqual(SENT);
  });

  it('keeps to its versions', async () => {
    const hook = await hookOf({ tls: { ...SERVER, maxVersion: 'TLSv1.2' } });
    expect(await send(hook.url, { tls: { ...TRUSTING, minVersion: 'TLSv1.3' } })).toMatchObject({ kind: 'retry', uncertain: false });
    expect(await send(hook.url, { tls: { ...TRUSTING, maxVersion: 'TLSv1.2' } })).toEqual(SENT);
  });

  it('changes nothing of what answers mean', async () => {
    const hook = await hookOf({ tls: SERVER });
    hook.failNext({ kind: 'status', status: 429, retryAfter: 17 });
    hook.failNext({ kind: 'status', status: 307, location: '/elsewhere' });
    hook.failNext({ kind: 'hang', applied: true });
    hook.failNext({ kind: 'reset', applied: true });
    expect(await send(hook.url, { tls: TRUSTING })).toEqual({ kind: 'retry', after: 17_000, error: 'answered 429', uncertain: false });
    expect(await send(hook.url, { tls: TRUSTING })).toEqual({ kind: 'refused', error: 'answered 307' });
    expect(await send(hook.url, { tls: TRUSTING })).toEqual({ kind: 'retry', after: null, error: 'no answer in time', uncertain: true });
    expect(await send(hook.url, { tls: TRUSTING })).toMatchObject({ kind: 'retry', uncertain: true });
  });
});

describe('proxy_url', () => {
  it('is the way to a plain address', async () => {
    const [hook, proxy] = [await hookOf(), await proxyOf()];
    expect(await send(hook.url, { proxy: new Secret(`http://${proxy.origin}`) })).toEqual(SENT);
    expect(proxy.asked).toEqual([`POST ${hook.url}`]);
  });

  it('is the way to an encrypted one, which it cannot read', async () => {
    const [hook, proxy] = [await hookOf({ tls: SERVER }), await proxyOf()];
    expect(await send(hook.url, { tls: TRUSTING, proxy: new Secret(`http://${proxy.origin}`) })).toEqual(SENT);
    expect(proxy.asked).toEqual([`CONNECT ${new URL(hook.url).host}`]);
    expect(await send(hook.url, { proxy: new Secret(`http://${proxy.origin}`) })).toMatchObject({ kind: 'retry', uncertain: false });
    expect(hook.bodies).toHaveLength(1);
  });

  it('may hold a password, which the other side does not get and nobody is told', async () => {
    for (const tls of [null, SERVER]) {
      const [hook, proxy] = [await hookOf({ tls }), await proxyOf('ada:s3cret/')];
      const way = (credentials: string) => ({ tls: TRUSTING, proxy: new Secret(`http://${credentials}@${proxy.origin}`) });
      expect(await send(hook.url, way('ada:s3cret%2F'))).toEqual(SENT);
      expect(JSON.stringify(hook.calls)).not.toContain('proxy-authorization');
      const refused = await send(hook.url, way('ada:wr0ng'));
      expect(refused).toMatchObject(
        tls === null ? { kind: 'refused', error: 'answered 407' } : { kind: 'retry', uncertain: false, error: 'could not connect (PROXY_ANSWERED_407)' },
      );
      expect(JSON.stringify(refused)).not.toContain('wr0ng');
    }
  });

  it('that is away is told of, and so is a server behind it that does not answer', async () => {
    const [hook, proxy] = [await hookOf({ tls: SERVER }), await proxyOf()];
    const way = { tls: TRUSTING, proxy: new Secret(`http://${proxy.origin}`) };
    hook.failNext({ kind: 'hang' });
    expect(await send(hook.url, way)).toEqual({ kind: 'retry', after: null, error: 'no answer in time', uncertain: true });
    await proxy.close();
    expect(await send(hook.url, way)).toMatchObject({ kind: 'retry', uncertain: false, error: expect.stringMatching(/^could not connect \(ECONNREFUSED\)/) });
  });
});

describe('oauth2', () => {
  /** A server of tokens `t1`, `t2` and so on, that takes credentials in the header or only in the form. */
  async function tokensOf({ inForm = false, expiresIn = 3600 }: { readonly inForm?: boolean; readonly expiresIn?: number | null } = {}) {
    let given = 0;
    const forms: Record<string, string>[] = [];
    const server = await startScriptedServer(({ headers, body }: ReceivedRequest) => {
      const form = Object.fromEntries(new URLSearchParams(body));
      const basic = headers['authorization'] === `Basic ${Buffer.from('win%3Anow:s3cret%2F').toString('base64')}`;
      const posted = form['client_id'] === 'win:now' && form['client_secret'] === 's3cret/';
      if (!(inForm ? posted : basic)) return { status: 401, body: { error: 'invalid_client', error_description: 's3cret/' } };
      forms.push(form);
      return { status: 200, body: { access_token: `t${++given}`, token_type: 'bearer', expires_in: expiresIn } };
    });
    undo.later(() => server.close());
    const oauth2: OAuth2Settings = {
      clientId: 'win:now',
      clientSecret: new Secret('s3cret/'),
      tokenUrl: `${server.origin}/token`,
      scopes: ['write', 'read'],
      endpointParams: new Map([['audience', 'hooks']]),
    };
    return { server, oauth2, forms };
  }
  const borne = (hook: { readonly calls: readonly ReceivedRequest[] }) => hook.calls.map(({ headers }) => headers['authorization']);

  it('asks for a token once, and each message bears it', async () => {
    const [hook, { oauth2, forms }] = [await hookOf(), await tokensOf()];
    const webhook = createWebhook();
    expect(await Promise.all([send(hook.url, { oauth2 }, webhook), send(hook.url, { oauth2 }, webhook)])).toEqual([SENT, SENT]);
    expect(await send(hook.url, { oauth2 }, webhook)).toEqual(SENT);
    expect(borne(hook)).toEqual(['Bearer t1', 'Bearer t1', 'Bearer t1']);
    expect(forms).toEqual([{ grant_type: 'client_credentials', scope: 'write read', audience: 'hooks' }]);
  });

  it('gives its credentials in the form where the header is refused', async () => {
    const [hook, { oauth2 }] = [await hookOf(), await tokensOf({ inForm: true })];
    expect(await send(hook.url, { oauth2 })).toEqual(SENT);
    expect(borne(hook)).toEqual(['Bearer t1']);
  });

  it('asks anew when a token is over, and once when one is refused', async () => {
    const hook = await hookOf();
    const brief = await tokensOf({ expiresIn: 10 });
    const webhook = createWebhook();
    for (let i = 0; i < 2; i++) await send(hook.url, { oauth2: brief.oauth2 }, webhook);
    expect(borne(hook)).toEqual(['Bearer t1', 'Bearer t2']);

    const lasting = await tokensOf({ expiresIn: null });
    await send(hook.url, { oauth2: lasting.oauth2 }, webhook);
    hook.failNext({ kind: 'status', status: 401 });
    expect(await send(hook.url, { oauth2: lasting.oauth2 }, webhook)).toEqual(SENT);
    expect(borne(hook).slice(2)).toEqual(['Bearer t1', 'Bearer t1', 'Bearer t2']);
    hook.failNext({ kind: 'status', status: 401 }, 5);
    expect(await send(hook.url, { oauth2: lasting.oauth2 }, webhook)).toEqual({ kind: 'refused', error: 'answered 401' });
    expect(borne(hook)).toHaveLength(7);
  });

  it('sends nothing without a token, and tells no secret', async () => {
    const [hook, { oauth2, server }] = [await hookOf(), await tokensOf()];
    const wrong = { ...oauth2, clientSecret: new Secret('wr0ng') };
    expect(await send(hook.url, { oauth2: wrong })).toEqual({ kind: 'refused', error: 'answered 401: asked for a token' });
    server.failNext({ kind: 'status', status: 503 });
    expect(await send(hook.url, { oauth2 })).toEqual({ kind: 'retry', after: null, error: 'answered 503: asked for a token', uncertain: false });
    server.failNext({ kind: 'hang' });
    expect(await send(hook.url, { oauth2 })).toEqual({ kind: 'retry', after: null, error: 'no answer in time', uncertain: false });
    for (const body of ['<html>', '[]', '{"access_token": 7}', '{"access_token": "a\\nb"}', '']) {
      server.failNext({ kind: 'malformed', body });
      expect(await send(hook.url, { oauth2 })).toMatchObject({ kind: 'retry', error: 'was given no token that can be used', uncertain: false });
    }
    expect(hook.calls).toEqual([]);
  });
});
