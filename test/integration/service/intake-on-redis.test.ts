// Webhooks through HTTP into a real Redis: what becomes of them, and what is answered while Redis is away.

import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RedisProcess, startRedis } from './redis-process.ts';
import { addsUp, ask, incidentsOf, ledgerOf, settledLedger } from './rest-client.ts';
import { startService } from './running-service.ts';
import { serviceConfig } from './service-config.ts';
import { undoList } from './undo.ts';
import { until } from './until.ts';
import { nodeDown, postUntilAccepted, postWebhook, webhookBody } from './webhooks.ts';

const FOLDER = new URL('../../fixtures/alertmanager/', import.meta.url);
const RECORDINGS = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .sort()
  .map((file) => readFileSync(new URL(file, FOLDER), 'utf8'));

/** The incidents that the recordings make, oldest first: whether they are over, and of which rules their alerts are. */
const RECORDED_INCIDENTS = [
  ['open', ['HighLatency', 'HighLatency', 'Storm0', 'Storm3', 'Storm4', 'Storm5', 'Storm6']],
  ['open', ['Bare']],
  ['open', ['NodeDown']],
  ['resolved', ['TargetDown']],
];
/** How many alerts the recordings hold. */
const RECORDED_ALERTS = 21;
/** How long a sender may wait to be told that Redis is away: a second, and half of one for a busy machine. */
const SOON = 1500;

const undo = undoList();
let redis: RedisProcess;
let url: string;

beforeEach(async () => {
  redis = await startRedis();
  undo.later(() => redis.remove());
  const service = await startService({ redisUrl: redis.url, config: serviceConfig({}) });
  undo.later(() => service.close());
  undo.later(() => redis.resume());
  url = service.url;
});

afterEach(() => undo.all());

async function incidentsByRule() {
  return (await incidentsOf(url)).map(({ status, alerts }) => [status, alerts.map(({ labels }) => labels['alertname'] ?? '').sort()]);
}

async function postTimed(node: string) {
  const since = performance.now();
  const response = await postWebhook(url, webhookBody([nodeDown(node)]));
  return { status: response.status, retryAfter: Number(response.headers.get('retry-after')), took: performance.now() - since };
}

describe('every webhook recorded from Alertmanager', () => {
  it('ends in the incidents that it tells of', async () => {
    for (const recording of RECORDINGS) expect((await postWebhook(url, recording)).status).toBe(202);
    const ledger = await settledLedger(url, RECORDED_ALERTS);
    expect(addsUp(ledger)).toBe(true);
    expect(await incidentsByRule()).toEqual(RECORDED_INCIDENTS);
  });

  it('ends in the same when both of a pair of Alertmanagers post it at once', async () => {
    for (const recording of RECORDINGS) {
      const answers = await Promise.all([postWebhook(url, recording), postWebhook(url, recording)]);
      expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    }
    const ledger = await settledLedger(url, 2 * RECORDED_ALERTS);
    expect([addsUp(ledger), await incidentsByRule()]).toEqual([true, RECORDED_INCIDENTS]);
    expect((await incidentsOf(url)).flatMap(({ alerts }) => alerts.map(({ occurrences }) => occurrences)).filter((times) => times > 1)).toEqual([2]);
  });
});

describe('a Redis that does not answer', () => {
  it('is a 503 within a second, for those too who come while another waits', async () => {
    redis.pause();
    const answers = await Promise.all(['gpu-1', 'gpu-2', 'gpu-3'].map(postTimed));
    redis.resume();
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
    for (const { retryAfter, took } of answers) {
      expect(retryAfter).toBeGreaterThan(0);
      expect(took).toBeLessThan(SOON);
    }
  });

  it('loses nothing and doubles nothing once it answers again', async () => {
    await postUntilAccepted(url, webhookBody([nodeDown('gpu-1')]));
    redis.pause();
    expect((await postTimed('gpu-2')).status).toBe(503);
    redis.resume();
    await postUntilAccepted(url, webhookBody([nodeDown('gpu-2')]));
    await postUntilAccepted(url, webhookBody([nodeDown('gpu-3')]));

    await until('all to be decided', async () => (await incidentsOf(url)).length === 3);
    const ledger = await until('nothing to be pending', async () => {
      const found = await ledgerOf(url);
      return found.pending === 0 && found;
    });
    // The one that was answered 503 may have become durable after all; then the next is its duplicate.
    expect([addsUp(ledger), ledger.received - ledger.duplicate]).toEqual([true, 3]);
    expect((await incidentsOf(url)).map(({ alertCount }) => alertCount)).toEqual([1, 1, 1]);
  });

  it('makes the service not ready, and ready again when it is back', async () => {
    await until('the service to be ready', () => ask(url, '/-/ready'));
    redis.pause();
    const since = performance.now();
    const answer = await fetch(`${url}/-/ready`);
    expect([answer.status, await answer.json()]).toEqual([503, expect.objectContaining({ code: 'not-ready', ready: false, redis: false })]);
    expect(performance.now() - since).toBeLessThan(SOON);
    redis.resume();
    await until('the service to be ready again', () => ask(url, '/-/ready'));
  });
});

describe('a Redis that is gone', () => {
  it('is a 503 at once, and nothing that was accepted is missing when it is back', async () => {
    await postUntilAccepted(url, webhookBody([nodeDown('gpu-1')]));
    await redis.kill();
    await until('the connection to be seen broken', async () => (await postTimed('gpu-2')).status === 503);
    const { status, retryAfter, took } = await postTimed('gpu-2');
    expect([status, retryAfter > 0, took < SOON]).toEqual([503, true, true]);
    expect((await fetch(`${url}/-/ready`)).status).toBe(503);

    await redis.start();
    await postUntilAccepted(url, webhookBody([nodeDown('gpu-2')]));
    const ledger = await settledLedger(url, 2);
    expect([addsUp(ledger), ledger.duplicate]).toEqual([true, 0]);
    expect((await incidentsOf(url)).map(({ alerts }) => alerts[0]?.entity)).toEqual(['node/gpu-1', 'node/gpu-2']);
  });
});
