// A service is told to stop while webhooks arrive and its messages are answered late or never: it ends in time, and the next one goes on.

import { once } from 'node:events';
import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PagerDutyStandIn } from '../../stand-ins/pagerduty.ts';
import type { Failure } from '../../stand-ins/scripted-server.ts';
import type { SlackStandIn } from '../../stand-ins/slack.ts';
import type { RedisProcess } from './redis-process.ts';
import { addsUp, incidentsOf, ledgerOf, settledLedger } from './rest-client.ts';
import { startServed } from './served-process.ts';
import { serviceConfig } from './service-config.ts';
import { startSurroundings } from './surroundings.ts';
import { undoList } from './undo.ts';
import { until } from './until.ts';
import { nodeDown, postWebhook, webhookBody } from './webhooks.ts';

/** What stopping may take. */
const GRACE = 10_000;

const undo = undoList();
let slack: SlackStandIn;
let pagerDuty: PagerDutyStandIn;
let redis: RedisProcess;

beforeEach(async () => {
  ({ redis, slack, pagerDuty } = await startSurroundings(undo));
});

afterEach(() => undo.all());

async function start() {
  const service = await startServed({ redisUrl: redis.url, config: serviceConfig({ slack: slack.url, pagerDuty: pagerDuty.url }) });
  undo.later(() => service.end('SIGKILL'));
  return service;
}

/** Posts nodes one after the other until the service is gone; answers those that were accepted. */
async function load(url: string): Promise<readonly string[]> {
  const accepted: string[] = [];
  for (let i = 0; ; i++) {
    const node = `gpu-${i}`;
    const status = await postWebhook(url, webhookBody([nodeDown(node)])).then(
      (response) => response.status,
      () => null,
    );
    if (status === 202) accepted.push(node);
    if (status === null) return accepted;
    await sleep(100);
  }
}

const CASES: readonly (readonly [string, Failure])[] = [
  ['late', { kind: 'late', after: 3000 }],
  ['never, although messages were posted', { kind: 'hang', applied: true }],
];

describe('a service that is told to stop under load', () => {
  it.each(CASES)('when answers come %s: ends in time with 0, loses nothing and tells nobody twice', { timeout: 180_000 }, async (_when, failure) => {
    const first = await start();
    slack.failNext(failure, 1000);
    pagerDuty.failNext(failure, 1000);
    const loaded = load(first.url);
    await until('messages to be in hand', () => slack.calls.length > 0 && pagerDuty.calls.length >= 5);
    const ended = await first.end('SIGTERM');
    expect(ended, ended.said).toMatchObject({ status: 0, signal: null });
    expect(ended.took).toBeLessThan(GRACE);

    slack.recover();
    pagerDuty.recover();
    const accepted = await loaded;
    const second = await start();
    // Of the webhook in hand nobody knows whether it was taken in.
    const received = await until('all that was accepted', async () => {
      const ledger = await ledgerOf(second.url);
      return ledger.received >= accepted.length && ledger.received;
    });
    expect(received - accepted.length).toBeLessThanOrEqual(1);
    const ledger = await settledLedger(second.url, received, 150_000);
    expect([addsUp(ledger), ledger.notified]).toEqual([true, received]);
    const incidents = await incidentsOf(second.url);
    expect(incidents).toHaveLength(received);
    await until('both to be told', () => slack.posts.length >= received && pagerDuty.incidents.length >= received, 150_000);
    expect(new Set(slack.posts.map(({ metadata }) => JSON.stringify(metadata))).size).toBe(received);
    expect(slack.posts).toHaveLength(received);
    expect(pagerDuty.incidents.map(({ dedupKey }) => dedupKey).sort()).toEqual(incidents.map(({ id }) => id).sort());
  });

  it('does not wait for a connection that its client keeps after the answer', { timeout: 60_000 }, async () => {
    const service = await startServed({ redisUrl: redis.url, config: serviceConfig({}) });
    undo.later(() => service.end('SIGKILL'));
    const { hostname, port } = new URL(service.url);
    const socket = createConnection(Number(port), hostname);
    undo.later(() => socket.destroy());
    const body = JSON.stringify(webhookBody([nodeDown('gpu-1')]));
    redis.pause();
    socket.write(`POST /webhooks/alertmanager HTTP/1.1\r\nHost: winnow\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    await sleep(200);
    const ending = service.end('SIGTERM');
    await sleep(100);
    redis.resume();
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(String(answer)).toMatch(/^HTTP\/1\.1 202 /);
    const ended = await ending;
    expect(ended, ended.said).toMatchObject({ status: 0, signal: null });
    expect(ended.took).toBeLessThan(GRACE);
  });
});
