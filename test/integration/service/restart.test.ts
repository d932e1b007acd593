import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PagerDutyStandIn } from '../../stand-ins/pagerduty.ts';
import type { SlackStandIn } from '../../stand-ins/slack.ts';
import type { RedisProcess } from './redis-process.ts';
import { addsUp, ask, type DeliveryAnswer, type IncidentAnswer, incidentsOf, ledgerOf, settledLedger } from './rest-client.ts';
import { startService } from './running-service.ts';
import { serviceConfig } from './service-config.ts';
import { startSurroundings } from './surroundings.ts';
import { undoList } from './undo.ts';
import { until } from './until.ts';
import { nodeDown, postWebhook, webhookBody } from './webhooks.ts';

const undo = undoList();
let redis: RedisProcess;
let slack: SlackStandIn;
let pagerDuty: PagerDutyStandIn;

beforeEach(async () => {
  ({ redis, slack, pagerDuty } = await startSurroundings(undo));
});

afterEach(() => undo.all());

async function start(groupWait = '100ms') {
  const service = await startService({ redisUrl: redis.url, config: serviceConfig({ slack: slack.url, pagerDuty: pagerDuty.url, groupWait }) });
  undo.later(() => service.close());
  return service;
}

const FIRING = webhookBody([nodeDown('gpu-7')]);
const RESOLVED = webhookBody([nodeDown('gpu-7', { status: 'resolved' })]);

describe('a service that is stopped and started again', () => {
  it('edits the message that it posted before, and resolves the page that it opened', async () => {
    const first = await start();
    await postWebhook(first.url, FIRING);
    await settledLedger(first.url, 1);
    const [before] = await incidentsOf(first.url);
    await first.close();

    const second = await start();
    expect(await incidentsOf(second.url)).toEqual([before]);
    await postWebhook(second.url, RESOLVED);
    expect(await settledLedger(second.url, 2)).toMatchObject({ notified: 2, duplicate: 0 });
    await until('both to be told', () => slack.messages.length === 2 && pagerDuty.incidents[0]?.status === 'resolved');
    expect(slack.calls.map(({ method }) => method)).toEqual(['chat.postMessage', 'chat.update', 'chat.postMessage']);
    expect(pagerDuty.calls.map(({ event }) => [event?.['event_action'], event?.['dedup_key']])).toEqual([
      ['trigger', before?.id],
      ['resolve', before?.id],
    ]);
    expect(slack.messages[0]?.text).toMatch(/resolved/i);
  });

  it('sends at its time what was not due when it stopped', async () => {
    const first = await start('2s');
    await postWebhook(first.url, FIRING);
    await until('the incident', async () => (await incidentsOf(first.url)).length === 1);
    await first.close();
    expect(slack.calls).toEqual([]);

    const second = await start('2s');
    expect(await settledLedger(second.url, 1)).toMatchObject({ notified: 1 });
    await until('both to be told', () => slack.messages.length === 1 && pagerDuty.incidents.length === 1);
    const [incident] = await incidentsOf(second.url);
    expect(Number(slack.calls[0]?.request.at) - Date.parse(incident?.updatedAt ?? '')).toBeGreaterThanOrEqual(2000);
  });

  it('sends what could not be sent when it stopped', async () => {
    slack.failNext({ kind: 'status', status: 503 }, 2);
    const first = await start();
    await postWebhook(first.url, FIRING);
    await until('a failed attempt', () => slack.calls.length >= 1);
    await first.close();
    expect(slack.messages).toEqual([]);

    const second = await start();
    await until('the message', () => slack.messages.length === 1);
    await until('the account', async () => (await ledgerOf(second.url)).notified === 1);
    expect(slack.posts).toHaveLength(1);
  });

  it('tells what changed while the message could not be sent, once', async () => {
    slack.failNext({ kind: 'status', status: 503 }, 1);
    const first = await start();
    await postWebhook(first.url, FIRING);
    await until('a failed attempt', () => slack.calls.length === 1);
    await first.close();

    const second = await start();
    await postWebhook(second.url, webhookBody([nodeDown('gpu-7', { labels: { alertname: 'DiskFull', severity: 'warning', node: 'gpu-7' } })]));
    const ledger = await settledLedger(second.url, 2);
    expect([addsUp(ledger), ledger.notified]).toEqual([true, 2]);
    const { items } = await ask<{ items: DeliveryAnswer[] }>(second.url, '/api/v1/deliveries');
    expect(items).toHaveLength(2);
    await until('the second alert in the message', () => JSON.stringify(slack.messages[0]?.blocks).includes('DiskFull'));
    expect(slack.posts).toHaveLength(1);
  });

  it('goes on counting where it stopped: the timeline has every step once', async () => {
    const first = await start();
    await postWebhook(first.url, FIRING);
    await settledLedger(first.url, 1);
    await first.close();
    const second = await start();
    const [incident] = await incidentsOf(second.url);
    await ask<IncidentAnswer>(second.url, `/api/v1/incidents/${incident?.id}/acknowledge`, { method: 'POST', body: { by: 'ada' } });
    await until('the acknowledgement in the message', () => slack.messages[0]?.edits === 1);
    const { items } = await ask<{ items: { kind: string }[] }>(second.url, `/api/v1/incidents/${incident?.id}/timeline`);
    expect(items.map(({ kind }) => kind).filter((kind) => kind !== 'told')).toEqual(['opened', 'acknowledged']);
  });
});
