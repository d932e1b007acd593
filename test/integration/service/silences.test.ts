// Silences through a whole service: made over REST, matched in Redis, kept over a restart.

import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PagerDutyStandIn } from '../../stand-ins/pagerduty.ts';
import type { SlackStandIn } from '../../stand-ins/slack.ts';
import type { RedisProcess } from './redis-process.ts';
import { ask, incidentsOf, ledgerOf, settledLedger } from './rest-client.ts';
import { startService } from './running-service.ts';
import { serviceConfig } from './service-config.ts';
import { startSurroundings } from './surroundings.ts';
import { undoList } from './undo.ts';
import { until } from './until.ts';
import { nodeDown, postUntilAccepted, webhookBody } from './webhooks.ts';

const undo = undoList();
let redis: RedisProcess;
let slack: SlackStandIn;
let pagerDuty: PagerDutyStandIn;

beforeEach(async () => {
  ({ redis, slack, pagerDuty } = await startSurroundings(undo));
});

afterEach(() => undo.all());

const start = () => startService({ redisUrl: redis.url, config: serviceConfig({ slack: slack.url, pagerDuty: pagerDuty.url }) });
const silence = (url: string, matcher: string) =>
  ask<{ id: string }>(url, '/api/v1/silences', {
    method: 'POST',
    body: { matchers: [matcher], endsAt: new Date(Date.now() + 3_600_000).toISOString(), createdBy: 'ada', comment: 'replacing the disk' },
  });

it('an alert is not told while it is silenced, over a restart, and is told when the silence is deleted', async () => {
  const first = await start();
  await until('the service to be ready', () => ask(first.url, '/-/ready'));
  const { id } = await silence(first.url, 'node="gpu-7"');
  await postUntilAccepted(first.url, webhookBody([nodeDown('gpu-7')]));
  await until('the alert to be taken in', async () => (await incidentsOf(first.url)).length === 1);
  expect(await ledgerOf(first.url)).toMatchObject({ received: 1, pending: 1 });
  await first.close();

  const second = await start();
  undo.later(() => second.close());
  await until('the service to be ready', () => ask(second.url, '/-/ready'));
  expect(await ask(second.url, `/api/v1/silences/${id}`)).toMatchObject({ createdBy: 'ada', status: { state: 'active' }, matching: { count: 1 } });
  expect(slack.messages).toEqual([]);
  await ask(second.url, `/api/v1/silences/${id}?by=bob`, { method: 'DELETE' });
  await until('both to be told', () => slack.messages.length === 1 && pagerDuty.incidents.length === 1);
  expect(await settledLedger(second.url, 1)).toMatchObject({ notified: 1, pending: 0 });
});

it('a silence that is made while alerts fire matches their labels as they stand in Redis, and its message says so', async () => {
  const { url, close } = await start();
  undo.later(() => close());
  await postUntilAccepted(url, webhookBody([nodeDown('gpu-7')]));
  await until('both to be told', () => slack.messages.length === 1 && pagerDuty.incidents.length === 1);
  expect(await ask(url, '/api/v1/silences/preview', { method: 'POST', body: { matchers: ['node=~"gpu-.*"'] } })).toMatchObject({ count: 1 });
  await silence(url, 'node=~"gpu-.*"');
  await until('the message to say so', () => JSON.stringify(slack.messages[0]).includes('silenced by ada'));
});
