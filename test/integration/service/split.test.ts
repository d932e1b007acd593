// Alerts that are split off through a whole service: their labels are looked up in Redis, and routed again.

import { afterEach, expect, it } from 'vitest';
import { type PagerDutyStandIn, startPagerDuty } from '../../stand-ins/pagerduty.ts';
import { type SlackStandIn, startSlack } from '../../stand-ins/slack.ts';
import { startRedis } from './redis-process.ts';
import { ask, incidentsOf, settledLedger } from './rest-client.ts';
import { startService } from './running-service.ts';
import { CHANNEL, ROUTING_KEY } from './service-config.ts';
import { undoList } from './undo.ts';
import { until } from './until.ts';
import { nodeDown, postUntilAccepted, webhookBody } from './webhooks.ts';

const undo = undoList();
afterEach(() => undo.all());

const configOf = (slack: SlackStandIn, pagerDuty: PagerDutyStandIn) => `
route:
  receiver: pager
  group_wait: 10ms
  group_interval: 1ms
  routes: [{receiver: chat, matchers: [alertname="DiskFull"]}]
receivers:
  - {name: pager, pagerduty_configs: [{routing_key: ${ROUTING_KEY}, url: '${pagerDuty.url}'}]}
  - {name: chat, slack_configs: [{app_token: xoxb-test, app_url: '${slack.url}', channel: '${CHANNEL.name}'}]}
`;

it('alerts that are split off are told of where they are routed to', async () => {
  const redis = await startRedis();
  undo.later(() => redis.remove());
  const [slack, pagerDuty] = [await startSlack(), await startPagerDuty()];
  undo.later(() => Promise.all([slack.close(), pagerDuty.close()]));
  const { url, close } = await startService({ redisUrl: redis.url, config: configOf(slack, pagerDuty) });
  undo.later(() => close());
  await postUntilAccepted(url, webhookBody([nodeDown('gpu-7'), { labels: { alertname: 'DiskFull', node: 'gpu-7', severity: 'warning' } }]));
  await settledLedger(url, 2);
  const [incident] = await incidentsOf(url);
  expect(incident).toMatchObject({ receivers: ['chat', 'pager'], alertCount: 2 });
  await until('both to be told', () => slack.messages.length === 1 && pagerDuty.incidents.length === 1);

  const { alerts } = await ask<{ alerts: { fingerprint: string; labels: Record<string, string> }[] }>(url, `/api/v1/incidents/${incident?.id ?? ''}`);
  const fingerprints = alerts.filter(({ labels }) => labels['alertname'] === 'DiskFull').map(({ fingerprint }) => fingerprint);
  const own = await ask<{ id: string; receivers: string[] }>(url, `/api/v1/incidents/${incident?.id ?? ''}/split`, { method: 'POST', body: { fingerprints } });
  expect(own.receivers).toEqual(['chat']);
  await until('the channel to be told of it', () => slack.messages.length === 2);
  expect(pagerDuty.incidents).toHaveLength(1);
});
