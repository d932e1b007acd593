import { createHmac } from 'node:crypto';
import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { installProblemHandlers } from '../../../src/api/problem.ts';
import { Secret } from '../../../src/model/secret.ts';
import { registerSlackInteractions } from '../../../src/receivers/slack-interactions.ts';

const SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
const NOW = 1_531_420_618_000;
const BODY = `payload=${encodeURIComponent('{"type":"block_actions"}')}`;

/** A service that acts slowly, and what it was given to act on. */
function service({ secret = new Secret(SECRET), firstTime }: { secret?: Secret | null; firstTime?: () => Promise<boolean> } = {}) {
  const app = Fastify();
  installProblemHandlers(app);
  const acted: unknown[] = [];
  const seen = new Set<string>();
  registerSlackInteractions(app, {
    signingSecret: () => secret,
    firstTime: firstTime ?? (async (id) => seen.size < seen.add(id).size),
    act: (payload) => {
      acted.push(payload);
      return new Promise(() => undefined);
    },
    now: () => NOW,
  });
  const post = (body = BODY, { at = NOW / 1000, by = SECRET, ...headers }: { at?: number | string; by?: string; [header: string]: unknown } = {}) =>
    app.inject({
      method: 'POST',
      url: '/integrations/slack/interactions',
      payload: body,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': String(at),
        'x-slack-signature': `v0=${createHmac('sha256', by).update(`v0:${at}:${body}`).digest('hex')}`,
        ...(headers as Record<string, string>),
      },
    });
  return { post, acted };
}

describe('a request that Slack signed', () => {
  it('is answered 200 with nothing, without waiting for what is done', async () => {
    const { post, acted } = service();
    const answer = await post();
    expect([answer.statusCode, answer.body]).toEqual([200, '']);
    expect(acted).toEqual([{ type: 'block_actions' }]);
  });

  it("is known by Slack's own example of a signature", async () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    const { post } = service();
    const signature = 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503';
    // It has no payload, but it is let in.
    expect((await post(body, { at: 1531420618, 'x-slack-signature': signature })).json()).toMatchObject({ status: 400, code: 'not-json' });
  });

  it.each([-300, 300])('is believed %i s off', async (off) => {
    expect((await service().post(BODY, { at: NOW / 1000 + off })).statusCode).toBe(200);
  });

  it('is done once, however often it is made', async () => {
    const { post, acted } = service();
    await post();
    expect((await post()).json()).toMatchObject({ status: 401, code: 'unauthorized', detail: 'this request was made before' });
    expect(acted).toHaveLength(1);
  });

  it('is not done when it cannot be known whether it was done before', async () => {
    const { post, acted } = service({ firstTime: () => Promise.reject(new Error('Redis is away')) });
    expect((await post()).json()).toMatchObject({ status: 503, code: 'unavailable' });
    expect(acted).toEqual([]);
  });
});

describe('any other request', () => {
  it.each([
    ['signed with another secret', { by: 'hush' }],
    ['without a signature', { 'x-slack-signature': '' }],
    ['with the signature of another version', { 'x-slack-signature': 'v1=00' }],
    ['301 s old', { at: NOW / 1000 - 301 }],
    ['301 s early', { at: NOW / 1000 + 301 }],
    ['with a time stamp that is none', { at: 'now' }],
    ['whose time stamp was not signed', { 'x-slack-request-timestamp': String(NOW / 1000 - 1) }],
  ])('%s is refused', async (_, given) => {
    const { post, acted } = service();
    expect((await post(BODY, given)).json()).toMatchObject({ status: 401, code: 'unauthorized' });
    expect(acted).toEqual([]);
  });

  it('finds no path where no secret is configured', async () => {
    expect((await service({ secret: null }).post()).json()).toMatchObject({ status: 404, code: 'no-such-path' });
  });

  it('that is too large is refused', async () => {
    expect((await service().post(`payload=${'x'.repeat(300_000)}`)).statusCode).toBe(413);
  });
});
