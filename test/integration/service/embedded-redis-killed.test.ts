// The Redis that a service brings along is killed under load: what was accepted is there when it has been started again.

import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startSlack } from '../../stand-ins/slack.ts';
import { addsUp, ask, incidentsOf, ledgerOf, openersOf } from './rest-client.ts';
import { startService } from './running-service.ts';
import { serviceConfig } from './service-config.ts';
import { undoList } from './undo.ts';
import { until } from './until.ts';
import { nodeDown, postWebhook, webhookBody } from './webhooks.ts';

const undo = undoList();

afterEach(() => undo.all());

/** What one sender got until its webhook was accepted: how often it posted, and how often it was refused. */
interface Sending {
  readonly posts: number;
  readonly statuses: readonly number[];
}

async function send(url: string, node: string): Promise<Sending> {
  const statuses: number[] = [];
  await until(`${node} to be accepted`, async () => {
    const { status } = await postWebhook(url, webhookBody([nodeDown(node)]));
    statuses.push(status);
    return status === 202;
  });
  return { posts: statuses.length, statuses };
}

describe('an embedded Redis that is killed twice under load', () => {
  it('comes back, and everything that was accepted is accounted for', { timeout: 150_000 }, async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'winnow-killed-'));
    undo.later(() => rmSync(dataDir, { recursive: true, force: true }));
    const slack = await startSlack();
    undo.later(() => slack.close());
    const service = await startService({ dataDir, config: serviceConfig({ slack: slack.url }) });
    undo.later(() => service.close());
    const redisPid = () => (JSON.parse(readFileSync(join(dataDir, 'redis-server.json'), 'utf8')) as { pid: number }).pid;

    const sendings: Sending[] = [];
    const nodes = Array.from({ length: 60 }, (_, i) => `gpu-${i}`);
    const waiting = [...nodes];
    const sender = async () => {
      for (let node = waiting.shift(); node !== undefined; node = waiting.shift()) sendings.push(await send(service.url, node));
    };
    const killer = async () => {
      for (const left of [90, 45]) {
        await until('the load to go on', () => waiting.length <= left);
        const pid = redisPid();
        process.kill(pid, 'SIGKILL');
        await until('another redis-server', () => redisPid() !== pid);
        await until('the service to be ready', () => ask(service.url, '/-/ready'));
      }
    };
    await Promise.all([killer(), ...Array.from({ length: 6 }, sender)]);

    const ledger = await until(
      'every node to be told of',
      async () => {
        const found = await ledgerOf(service.url);
        return found.notified === nodes.length && found.pending === 0 && found;
      },
      80_000,
    );
    const posts = sendings.reduce((sum, sending) => sum + sending.posts, 0);
    expect([addsUp(ledger), ledger.failed, ledger.suppressed]).toEqual([true, 0, 0]);
    // A webhook that was refused may have become durable all the same; its next one is a duplicate then.
    expect(ledger.received).toBeLessThanOrEqual(posts);
    expect(new Set(sendings.flatMap(({ statuses }) => statuses))).toEqual(new Set([202, 503]));
    expect(openersOf(await incidentsOf(service.url))).toEqual(nodes.map((node) => `node/${node}`).sort());
    expect(slack.posts).toHaveLength(nodes.length);
  });
});
