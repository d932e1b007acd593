// Redis runs out of memory while alerts come: what was accepted is kept, told once, and taken up again when there is room.

import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LiveConfig, liveConfig } from '../../../src/config/live-config.ts';
import { parseConfig } from '../../../src/config/parse-config.ts';
import { shardTag } from '../../../src/queue/shard-queues.ts';
import { shardKeys } from '../../../src/store/keys.ts';
import { type PagerDutyStandIn, startPagerDuty } from '../../stand-ins/pagerduty.ts';
import { startRedis } from './redis-process.ts';
import { addsUp, ask, incidentsOf, ledgerOf, settledLedger } from './rest-client.ts';
import { configOf, startService } from './running-service.ts';
import { serviceConfig } from './service-config.ts';
import { undoList } from './undo.ts';
import { until } from './until.ts';
import { nodeDown, postUntilAccepted, postWebhook, webhookBody } from './webhooks.ts';

const ROOM = 256 * 1024 * 1024;

const undo = undoList();
let redis: Redis;
let redisUrl: string;
let pagerDuty: PagerDutyStandIn;
/** What stands in the configuration file. */
let file: string;

beforeEach(async () => {
  const server = await startRedis();
  undo.later(() => server.remove());
  redisUrl = server.url;
  redis = new Redis({ path: server.url.replace('unix:', '') });
  undo.later(() => redis.disconnect());
  pagerDuty = await startPagerDuty();
  undo.later(() => pagerDuty.close());
});

afterEach(() => undo.all());

async function start(groupWait: string) {
  file = serviceConfig({ pagerDuty: pagerDuty.url, groupWait });
  const live: LiveConfig = liveConfig({
    initial: configOf(file),
    load: () => parseConfig({ text: file, file: 'winnow.yaml', env: {}, readFile: () => '' }),
    objection: () => null,
  });
  const service = await startService({ redisUrl, config: file, live });
  undo.later(() => service.close());
  return service;
}

/** Sets `maxmemory` so that this share of it is in use. */
async function fill(share: number): Promise<void> {
  const used = Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1]);
  await redis.config('SET', 'maxmemory', Math.floor(used / share));
}

const refuses = (url: string) => async () => (await postWebhook(url, webhookBody([nodeDown('gpu-refused')]))).status === 503;
const triggers = () => pagerDuty.incidents.map((incident) => incident.triggers);

describe('a Redis that fills up', () => {
  it('takes no more webhooks from 80 % on, and lets what was accepted, and people, go on', { timeout: 60_000 }, async () => {
    const { url } = await start('2s');
    await postUntilAccepted(url, webhookBody([nodeDown('gpu-1')]));
    const [incident] = await until('the incident', async () => {
      const found = await incidentsOf(url);
      return found.length === 1 && found;
    });
    await fill(0.85);
    await until('webhooks to be refused', refuses(url));
    const received = (await ledgerOf(url)).received;
    await ask(url, `/api/v1/incidents/${incident?.id}/acknowledge`, { method: 'POST', body: { by: 'ada' } });
    // What was posted until it was refused is one alert, again and again.
    expect(await settledLedger(url, received)).toMatchObject({ notified: 2, duplicate: received - 2 });
    expect((await incidentsOf(url)).map(({ status }) => status)).toEqual(['acknowledged', 'open']);
    await redis.config('SET', 'maxmemory', ROOM);
    await postUntilAccepted(url, webhookBody([nodeDown('gpu-2')]));
  });

  it('at 100 % still says what it has, and goes on by itself with more memory: nothing lost, nothing told twice', { timeout: 60_000 }, async () => {
    const { url } = await start('1s');
    const nodes = Array.from({ length: 20 }, (_, i) => `gpu-${i}`);
    await postUntilAccepted(url, webhookBody(nodes.map((node) => nodeDown(node))));
    await fill(1.1);
    await until('nobody to own the shard', async () => (await fetch(`${url}/-/ready`)).status === 503);
    expect((await postWebhook(url, webhookBody([nodeDown('gpu-late')]))).status).toBe(503);
    const ledger = await ledgerOf(url);
    expect([addsUp(ledger), ledger.received]).toEqual([true, nodes.length]);
    expect(triggers()).toEqual([]);

    await redis.config('SET', 'maxmemory', ROOM);
    expect(await settledLedger(url, nodes.length)).toMatchObject({ notified: nodes.length });
    expect(triggers()).toEqual(nodes.map(() => 1));
  });

  it('at 100 % gives the memory of the recording back when less of it is to be kept', { timeout: 60_000 }, async () => {
    const { recording } = shardKeys(shardTag(0));
    const service = await start('5s');
    // Something else has most of the memory, so that the recording is within its quarter.
    await redis.set('other', randomBytes(6_000_000));
    const described = Array.from({ length: 30 }, () => nodeDown('gpu-1', { annotations: { description: randomBytes(24_000).toString('base64') } }));
    await postUntilAccepted(service.url, webhookBody(described));
    await until('it to be recorded', async () => (await redis.xlen(recording)) === 1);
    await until('nobody to own the shard for good', async () => {
      // What was in hand is given back by and by.
      await fill(1.05);
      await sleep(1500);
      return (await fetch(`${service.url}/-/ready`)).status === 503;
    });
    expect(await redis.xlen(recording)).toBe(1);

    file += 'retention: {webhooks: 0s}\n';
    expect(await service.reload('ada')).toMatchObject({ ok: true, changed: true });
    await until('the shard to have an owner', () => ask(service.url, '/-/ready'));
    expect(await redis.xlen(recording)).toBe(0);
  });
});
