// An incident and its page at PagerDuty, through a whole service: what is done at either is done at both.

import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type PagerDutyStandIn, startPagerDuty } from '../../stand-ins/pagerduty.ts';
import { type RedisProcess, startRedis } from './redis-process.ts';
import { ask, type IncidentAnswer, incidentsOf, settledLedger } from './rest-client.ts';
import { startService } from './running-service.ts';
import { serviceConfig } from './service-config.ts';
import { undoList } from './undo.ts';
import { until } from './until.ts';
import { nodeDown, postUntilAccepted, postWebhook, webhookBody } from './webhooks.ts';

const SECRET = 'whsec-0123456789';
const undo = undoList();
let redis: RedisProcess;
let pagerDuty: PagerDutyStandIn;
let url: string;
let id: string;

beforeEach(async () => {
  redis = await startRedis();
  undo.later(() => redis.remove());
  pagerDuty = await startPagerDuty();
  undo.later(() => pagerDuty.close());
  const more = `global: {pagerduty_webhook_secret: ${SECRET}}`;
  const service = await startService({ redisUrl: redis.url, config: serviceConfig({ pagerDuty: pagerDuty.url, more }) });
  undo.later(() => service.close());
  url = service.url;
  await postUntilAccepted(url, webhookBody([{ labels: { alertname: 'NodeSlow', severity: 'warning', node: 'gpu-7' } }]));
  await settledLedger(url, 1);
  id = (await incidentsOf(url))[0]?.id ?? '';
});

afterEach(() => undo.all());

const pages = () => pagerDuty.incidents.map(({ dedupKey, status }) => `${dedupKey.replace(id, 'ID')} ${status}`);
const incident = () => ask<IncidentAnswer>(url, `/api/v1/incidents/${id}`);

/** What PagerDuty posts when somebody does something to a page. */
async function fromPagerDuty(type: string, dedupKey: string, agent: object = { type: 'user_reference', summary: 'Ada Lovelace' }): Promise<unknown> {
  const body = JSON.stringify({ event: { event_type: type, agent, data: { type: 'incident', incident_key: dedupKey } } });
  const signature = `v1=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
  const answer = await fetch(`${url}/integrations/pagerduty/webhooks`, { method: 'POST', body, headers: { 'x-pagerduty-signature': signature } });
  expect(answer.status).toBe(202);
  return answer.json();
}

it('a change is told as a change event where that is asked for, again after a 503, and never after a 400', async () => {
  const config = serviceConfig({ pagerDuty: pagerDuty.url }).replace('}]', ', change_events: true}]');
  const other = await startRedis();
  undo.later(() => other.remove());
  const service = await startService({ redisUrl: other.url, config });
  undo.later(() => service.close());
  const report = (summary: string) =>
    ask(service.url, '/api/v1/changes', { method: 'POST', body: { entity: 'model/ranker', summary, kind: 'model-promotion', at: '2026-03-01T09:40:00Z' } });
  pagerDuty.failNext({ kind: 'status', status: 503 });
  await report('ranker v41');
  await until('PagerDuty to know', () => pagerDuty.changes.length === 1);
  expect(pagerDuty.changes).toMatchObject([{ payload: { summary: 'model-promotion on model/ranker: ranker v41', timestamp: '2026-03-01T09:40:00Z' } }]);
  pagerDuty.failNext({ kind: 'status', status: 400 });
  await report('ranker v42');
  await report('ranker v43');
  await until('the next to be told', () => pagerDuty.changes.length === 2);
  expect(pagerDuty.calls.filter(({ request }) => request.path === '/v2/change/enqueue')).toHaveLength(4);
});

it('what is acknowledged over REST is so at PagerDuty', async () => {
  await ask(url, `/api/v1/incidents/${id}/acknowledge`, { method: 'POST', body: { by: 'ada' } });
  await until('PagerDuty to know', () => pages()[0] === 'ID acknowledged');
});

it('what is acknowledged, then resolved at PagerDuty is so here, by the name of who did it', async () => {
  expect(await fromPagerDuty('incident.acknowledged', id)).toEqual({ action: 'acknowledge', incidentId: id });
  expect(await incident()).toMatchObject({ status: 'acknowledged', acknowledgedBy: 'Ada Lovelace' });
  expect(await fromPagerDuty('incident.resolved', id)).toEqual({ action: 'resolve', incidentId: id });
  expect(await incident()).toMatchObject({ status: 'resolved' });
});

it('the echo of what was sent there does nothing', async () => {
  const echo = { type: 'events_api_v2_inbound_integration_reference', summary: 'Events API v2' };
  expect(await fromPagerDuty('incident.resolved', id, echo)).toEqual({ action: null, incidentId: null });
  expect(await incident()).toMatchObject({ status: 'open' });
});

it('a rise to critical calls under a new key, and whoever answers the old one answers nothing', async () => {
  await postWebhook(url, webhookBody([nodeDown('gpu-7')]));
  await until('PagerDuty to call again', () => pages().join() === 'ID resolved,ID/2 open');
  expect(await fromPagerDuty('incident.resolved', id)).toEqual({ action: null, incidentId: null });
  expect(await fromPagerDuty('incident.acknowledged', `${id}/2`)).toMatchObject({ action: 'acknowledge' });
});
