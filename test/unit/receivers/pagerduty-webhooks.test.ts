import { createHmac } from 'node:crypto';
import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { installProblemHandlers } from '../../../src/api/problem.ts';
import type { ActionTaken } from '../../../src/correlate/event.ts';
import { Secret } from '../../../src/model/secret.ts';
import { readPagerDutyEvent } from '../../../src/receivers/pagerduty-event.ts';
import { registerPagerDutyWebhooks } from '../../../src/receivers/pagerduty-webhooks.ts';

const KEY = '01KJK5Z8R0QWERTY0123456789/2';
const INCIDENT = '01KJK5Z8R0QWERTY0123456789';
const USER = { type: 'user_reference', id: 'PLH1HKV', summary: 'Ada Lovelace' };

/** A webhook as PagerDuty documents it, but for what is said otherwise. */
const webhook = (given: Record<string, unknown> = {}, key: unknown = KEY) => ({
  event: {
    id: '01BRB6ZP4M6T8ZG4X6BP63ZB9O',
    event_type: 'incident.acknowledged',
    resource_type: 'incident',
    occurred_at: '2026-03-01T03:14:10Z',
    agent: USER,
    client: null,
    data: { id: 'PGR0VU2', type: 'incident', status: 'acknowledged', incident_key: key, title: 'GPUNodeNotReady on node/gpu-7' },
    ...given,
  },
});

describe('of a webhook', () => {
  it.each([
    ['incident.acknowledged', 'acknowledge'],
    ['incident.resolved', 'resolve'],
  ])('%s means to %s, by the name of who did it', (type, action) => {
    expect(readPagerDutyEvent(webhook({ event_type: type }))).toEqual({ kind: 'action', action, dedupKey: KEY, by: 'Ada Lovelace' });
  });

  it.each([
    ['an event that changes no state', { event_type: 'incident.annotated' }],
    ['a test of the subscription', { event_type: 'pagey.ping', agent: null, data: { message: 'Hello from your friend Pagey!', type: 'ping' } }],
    ['a name of an object’s own', { event_type: 'constructor' }],
    ['what nobody did', { agent: null }],
    ['the echo of an event sent there', { agent: { type: 'events_api_v2_inbound_integration_reference', summary: 'Winnow' } }],
    ['a time-out of the service', { agent: { type: 'service_reference', summary: 'ML platform' } }],
    ['a nameless agent', { agent: { type: 'user_reference', summary: ' ' } }],
  ])('%s is ignored', (_, given) => {
    expect(readPagerDutyEvent(webhook(given))).toEqual({ kind: 'ignored' });
  });

  it('an incident without a key is ignored', () => {
    expect(readPagerDutyEvent(webhook({}, null))).toEqual({ kind: 'ignored' });
  });

  it('a long name is cut', () => {
    expect(readPagerDutyEvent(webhook({ agent: { ...USER, summary: 'x'.repeat(1000) } }))).toMatchObject({ by: 'x'.repeat(100) });
  });

  it.each([null, [], {}, { event: [] }, { messages: [] }])('%j is none', (body) => {
    expect(readPagerDutyEvent(body)).toMatchObject({ kind: 'fault', pointer: '/event' });
  });
});

const SECRET = 'whsec-0123456789';
const sign = (body: string, secret = SECRET) => `v1=${createHmac('sha256', secret).update(body).digest('hex')}`;

/** Posts a body to the endpoint, which knows one page of the incident. */
async function post(body: string, signature: string | undefined, secret: string | null = SECRET) {
  const actions: ActionTaken[] = [];
  const app = Fastify();
  installProblemHandlers(app);
  registerPagerDutyWebhooks(app, {
    secret: () => (secret === null ? null : new Secret(secret)),
    incidentOf: async (key) => (key === KEY ? INCIDENT : null),
    submit: async (action) => void actions.push(action),
    now: () => 1000,
  });
  const headers = { 'content-type': 'application/json', ...(signature === undefined ? {} : { 'x-pagerduty-signature': signature }) };
  const { statusCode } = await app.inject({ method: 'POST', url: '/integrations/pagerduty/webhooks', headers, payload: body });
  await app.close();
  return { statusCode, actions };
}
const BODY = JSON.stringify(webhook());

describe('the endpoint', () => {
  it('does here what was done there', async () => {
    expect(await post(BODY, sign(BODY))).toEqual({
      statusCode: 202,
      actions: [
        { kind: 'action', receivedAt: 1000, action: 'acknowledge', incidentId: INCIDENT, fingerprints: [], by: 'Ada Lovelace', comment: 'in PagerDuty' },
      ],
    });
  });

  it('takes one right signature among several, as while a secret is changed', async () => {
    expect((await post(BODY, `${sign(BODY, 'the old one')}, ${sign(BODY)}`)).statusCode).toBe(202);
  });

  it.each([
    ['no signature', undefined],
    ['an empty one', ''],
    ['that of another secret', sign(BODY, 'another')],
    ['that of another body', sign(`${BODY} `)],
    ['another version', sign(BODY).replace('v1=', 'v2=')],
    ['the digest alone', sign(BODY).slice(3)],
  ])('refuses %s', async (_, signature) => {
    expect(await post(BODY, signature)).toEqual({ statusCode: 401, actions: [] });
  });

  it('refuses everybody while no secret is configured', async () => {
    expect(await post(BODY, sign(BODY, ''), null)).toEqual({ statusCode: 401, actions: [] });
  });

  it('is content with a page that it does not know', async () => {
    const body = JSON.stringify(webhook({}, 'another key'));
    expect(await post(body, sign(body))).toEqual({ statusCode: 202, actions: [] });
  });

  it('names what cannot be read', async () => {
    expect((await post('{', sign('{'))).statusCode).toBe(400);
    expect((await post('{}', sign('{}'))).statusCode).toBe(400);
  });
});
