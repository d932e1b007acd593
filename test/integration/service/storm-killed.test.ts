// A storm, in the middle of which the service is killed with -9, and killed again while Slack is away. It is a small
// one, of 500 alerts in half a minute that make 30 incidents, because here time is real; slack-storm.test.ts has the
// large one on a virtual clock.

import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { startSlack } from '../../stand-ins/slack.ts';
import { startRedis } from './redis-process.ts';
import { addsUp, incidentsOf, ledgerOf } from './rest-client.ts';
import { type ServedProcess, startServed } from './served-process.ts';
import { serviceConfig } from './service-config.ts';
import { undoList } from './undo.ts';
import { until } from './until.ts';
import { type PostedAlert, postWebhook, webhookBody } from './webhooks.ts';

const ALERTS = 500;
const INCIDENTS = 30;
const PER_WEBHOOK = 5;

const undo = undoList();
afterEach(() => undo.all());

/** The alert of a number: each service has an alert in every round, and a tenth of them is critical. */
function alertAt(index: number, status: 'firing' | 'resolved'): PostedAlert {
  const of = index % INCIDENTS;
  const severity = of % 10 === 0 ? 'critical' : 'warning';
  return { status, labels: { alertname: `Rule${of}x${index % 7}`, service: `svc-${of}`, shard: String(index), severity } };
}

it('a storm over two kills, one of them while Slack is away, leaves one message for each incident', { timeout: 300_000 }, async () => {
  let away = false;
  const redis = await startRedis();
  undo.later(() => redis.remove());
  const slack = await startSlack({ onePerSecond: true, editsPerMinute: 50, away: () => away });
  undo.later(() => slack.close());
  const more = 'suppression: {storm: {enabled: false}, transient: {enabled: false}, seasonal: {enabled: false}, flapping: {enabled: false}}';
  const start = () => startServed({ redisUrl: redis.url, config: serviceConfig({ slack: slack.url, groupWait: '1s', groupInterval: '1s', more }) });
  let service: ServedProcess = await start();
  undo.later(() => service.end('SIGKILL'));

  let accepted = 0;
  const post = async (status: 'firing' | 'resolved', pause: number) => {
    for (let first = 0; first < ALERTS; first += PER_WEBHOOK) {
      const body = webhookBody(Array.from({ length: PER_WEBHOOK }, (_, i) => alertAt(first + i, status)));
      await until('a webhook to be accepted', async () => (await postWebhook(service.url, body)).status === 202, 60_000);
      accepted += PER_WEBHOOK;
      await sleep(pause);
    }
  };
  const killed = async () => {
    expect(await service.end('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
    service = await start();
  };

  const fired = post('firing', 250);
  await until('some messages and a third of the alerts', () => slack.posts.length >= 5 && accepted >= ALERTS / 3);
  expect(slack.posts.length).toBeLessThan(INCIDENTS);
  // What is posted now is there, and the service dies before it is told so.
  slack.failNext({ kind: 'late', after: 60_000 }, 1000);
  const posted = slack.posts.length;
  await until('a message without an answer', () => slack.posts.length > posted);
  await killed();
  slack.recover();
  await until('the storm to go on', () => accepted >= ALERTS / 2, 60_000);
  away = true;
  const before = slack.calls.length;
  await until('attempts that Slack does not take', () => slack.calls.length >= before + 3, 60_000);
  await killed();
  const refused = slack.calls.length;
  await until('attempts of the next process that Slack does not take', () => slack.calls.length >= refused + 3, 60_000);
  away = false;
  await fired;

  await until('a message for each incident', () => slack.posts.length >= INCIDENTS, 180_000);
  await post('resolved', 0);
  const settled = await until(
    'no alert to be pending',
    async () => {
      const found = await ledgerOf(service.url);
      if (found.received >= accepted && found.pending === 0) return found;
      throw new Error(JSON.stringify(found));
    },
    180_000,
  );
  // What a webhook brought whose answer was lost is posted again, and counts as duplicate.
  expect([addsUp(settled), settled.notified, settled.failed, settled.suppressed]).toEqual([true, 2 * ALERTS, 0, 0]);
  expect(settled.received).toBe(2 * ALERTS + settled.duplicate);
  expect(settled.duplicate).toBeLessThanOrEqual(2 * PER_WEBHOOK);

  const incidents = await incidentsOf(service.url);
  expect(incidents.map(({ status }) => status)).toEqual(Array.from({ length: INCIDENTS }, () => 'resolved'));
  expect(incidents.reduce((sum, { alertCount }) => sum + alertCount, 0)).toBe(ALERTS);
  const postedFor = incidents.map(({ id }) => slack.posts.filter(({ metadata }) => JSON.stringify(metadata).includes(id)));
  expect(postedFor.map((posts) => posts.length)).toEqual(incidents.map(() => 1));
  expect(slack.posts).toHaveLength(INCIDENTS);
  expect(slack.posts.filter(({ text }) => !/resolved/i.test(text))).toEqual([]);
  // Some seventeen alerts came to each and ended.
  expect(slack.posts.reduce((sum, { edits }) => sum + edits, 0)).toBeLessThan(ALERTS / 2);
});
