// Two services on one Redis: one owns the shard, both take webhooks, answer and act; and what becomes of it when the owner is killed.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { App } from '../../../src/app.ts';
import { type SlackStandIn, startSlack } from '../../stand-ins/slack.ts';
import { type RedisProcess, startRedis } from './redis-process.ts';
import { addsUp, ask, type IncidentAnswer, incidentsOf, ledgerOf, openersOf, settledLedger } from './rest-client.ts';
import { startService } from './running-service.ts';
import { serviceConfig } from './service-config.ts';
import { type ServiceProcess, startServiceProcess } from './service-process.ts';
import { undoList } from './undo.ts';
import { until } from './until.ts';
import { nodeDown, postUntilAccepted, postWebhook, webhookBody } from './webhooks.ts';

/** How long the shard may be without an owner after a kill, in milliseconds: its lease of 5 s, the standby's second, and room for a busy machine. */
const TAKE_OVER = 10_000;

const undo = undoList();
let redis: RedisProcess;
let slack: SlackStandIn;
let owner: ServiceProcess;
let standby: App;

beforeEach(async () => {
  redis = await startRedis();
  undo.later(() => redis.remove());
  slack = await startSlack();
  undo.later(() => slack.close());
  const config = serviceConfig({ slack: slack.url });
  owner = await startServiceProcess({ config, redisUrl: redis.url, kill: null });
  undo.later(() => owner.kill());
  await until('the first to own the shard', async () => (await ownerOf(owner.url)).startsWith(`${owner.pid}-`));
  standby = await startService({ config, redisUrl: redis.url });
  undo.later(() => standby.close());
}, 60_000);

afterEach(() => undo.all());

async function ownerOf(url: string): Promise<string> {
  return (await ask<{ owner: string }>(url, '/-/ready')).owner;
}

const firing = (node: string) => webhookBody([nodeDown(node)]);

describe('two services on one Redis', () => {
  it('take webhooks both, and the one that owns the shard decides them all', async () => {
    await Promise.all(['gpu-1', 'gpu-2', 'gpu-3', 'gpu-4'].map((node, i) => postUntilAccepted(i % 2 === 0 ? owner.url : standby.url, firing(node))));
    await Promise.all([postUntilAccepted(owner.url, firing('gpu-1')), postUntilAccepted(standby.url, firing('gpu-1'))]);
    expect(await settledLedger(standby.url, 6)).toMatchObject({ notified: 4, duplicate: 2 });
    expect(await ledgerOf(owner.url)).toEqual(await ledgerOf(standby.url));
    expect(await incidentsOf(owner.url)).toEqual(await incidentsOf(standby.url));
    expect(slack.posts).toHaveLength(4);
    expect(await ownerOf(standby.url)).toContain(`${owner.pid}-`);
  });

  it('answer and act both, whoever owns the shard', async () => {
    await postUntilAccepted(standby.url, firing('gpu-1'));
    await settledLedger(standby.url, 1);
    const [incident] = await incidentsOf(standby.url);
    const path = `/api/v1/incidents/${incident?.id}`;
    const acknowledged = await ask<IncidentAnswer>(standby.url, `${path}/acknowledge`, { method: 'POST', body: { by: 'ada' } });
    expect([acknowledged.status, acknowledged.acknowledgedBy]).toEqual(['acknowledged', 'ada']);
    expect(await ask(owner.url, path)).toMatchObject({ status: 'acknowledged', acknowledgedBy: 'ada' });
    const resolved = await ask<IncidentAnswer>(owner.url, `${path}/resolve`, { method: 'POST', body: { by: 'bob' } });
    expect(resolved.status).toBe('resolved');
    await until(
      'both changes in the message',
      () => slack.messages[0]?.text.includes('Resolved') || slack.messages[0]?.text.toLowerCase().includes('resolved'),
    );
    expect(slack.posts).toHaveLength(1);
  });

  it('carry on when the owner is killed under load: nothing is lost and nothing is told twice', async () => {
    const nodes = Array.from({ length: 40 }, (_, i) => `gpu-${i}`);
    const posts = nodes.map(async (node, i) => {
      if (i === nodes.length / 2) await owner.kill();
      // A sender whose service is gone tries the other one, as it would behind a balancer.
      const accepted = await postWebhook(i % 2 === 0 ? owner.url : standby.url, firing(node)).then(
        ({ status }) => status === 202,
        () => false,
      );
      if (!accepted) await postUntilAccepted(standby.url, firing(node));
    });
    await Promise.all(posts);
    const killed = performance.now();
    await until('the other to own the shard', async () => (await ownerOf(standby.url)).startsWith(`${process.pid}-`), TAKE_OVER + 5000);
    expect(performance.now() - killed).toBeLessThan(TAKE_OVER);

    const ledger = await until(
      'every node to be told of',
      async () => {
        const found = await ledgerOf(standby.url);
        return found.notified === nodes.length && found.pending === 0 && found;
      },
      70_000,
    );
    expect([addsUp(ledger), ledger.failed, ledger.suppressed]).toEqual([true, 0, 0]);
    expect(openersOf(await incidentsOf(standby.url))).toEqual(nodes.map((node) => `node/${node}`).sort());
    expect(slack.posts).toHaveLength(nodes.length);
    expect(new Set(slack.posts.map(({ metadata }) => JSON.stringify(metadata))).size).toBe(nodes.length);
  }, 150_000);
});
