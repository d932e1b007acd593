// A service is killed before and after each step of the way of an alert, and another one takes over on the same Redis.

import { describe, expect, it } from 'vitest';
import { startPagerDuty } from '../../stand-ins/pagerduty.ts';
import { startSlack } from '../../stand-ins/slack.ts';
import { KILL_POINTS, type KillMoment, type KillPointName } from './kill-points.ts';
import { startRedis } from './redis-process.ts';
import { addsUp, incidentsOf, settledLedger } from './rest-client.ts';
import { startService } from './running-service.ts';
import { CHANNEL, serviceConfig } from './service-config.ts';
import { startServiceProcess } from './service-process.ts';
import { undoList } from './undo.ts';
import { until } from './until.ts';
import { nodeDown, postUntilAccepted, postWebhook, webhookBody } from './webhooks.ts';

const POINTS = Object.keys(KILL_POINTS) as KillPointName[];
const CASES = POINTS.flatMap((point) => (['before', 'after'] as const).map((moment): [KillMoment, KillPointName] => [moment, point]));
/** The messages of a killed sender are free again after 20 s. */
const TIMEOUT = 120_000;

const FIRING = webhookBody([nodeDown('gpu-7')]);
const RESOLVED = webhookBody([nodeDown('gpu-7', { status: 'resolved' })]);

/** Kills a service at a step, starts the next one, and posts what Alertmanager would post again. Answers the next one, and how many alerts the ledger must have. */
async function survive(config: string, [moment, point]: readonly [KillMoment, KillPointName], later: (step: () => unknown) => void) {
  const redis = await startRedis();
  later(() => redis.remove());
  const victim = await startServiceProcess({ config, redisUrl: redis.url, kill: { point, moment } });
  later(() => victim.kill());
  const accepted = await postWebhook(victim.url, FIRING).then(
    ({ status }) => status === 202,
    () => false,
  );
  expect(await victim.ended).toBe('SIGKILL');

  const heir = await startService({ config, redisUrl: redis.url });
  later(() => heir.close());
  const posts = accepted ? 0 : await postUntilAccepted(heir.url, FIRING);
  const neverTakenIn = point === 'taking the webhook in' && moment === 'before';
  return { heir, received: neverTakenIn ? posts : 1 + posts };
}

/** What Slack is asked before a message is posted whose fate is not known. */
const LOOKED = ['conversations.list', 'conversations.history'];

/** Whether the next sender cannot know if the message was posted. */
function isUncertain(moment: KillMoment, point: KillPointName): boolean {
  if (point === 'claiming the message') return moment === 'after';
  return point === 'sending the message' || (point === 'noting that it was sent' && moment === 'before');
}

/** Whether the message was posted by the service that was killed. */
function wasPosted(moment: KillMoment, point: KillPointName): boolean {
  const place = POINTS.indexOf(point) - POINTS.indexOf('sending the message');
  return place > 0 || (place === 0 && moment === 'after');
}

describe.concurrent('a service that is killed', () => {
  it.for(CASES)('%s %s loses nothing and posts one message to Slack', { timeout: TIMEOUT }, async ([moment, point], { expect, onTestFinished }) => {
    const undo = undoList();
    onTestFinished(() => undo.all());
    const slack = await startSlack();
    undo.later(() => slack.close());
    const { heir, received } = await survive(serviceConfig({ slack: slack.url }), [moment, point], undo.later);

    const ledger = await settledLedger(heir.url, received, TIMEOUT);
    expect([addsUp(ledger), ledger.notified, ledger.duplicate]).toEqual([true, 1, received - 1]);
    const [incident, ...others] = await incidentsOf(heir.url);
    expect([others, incident?.status, incident?.alertCount]).toEqual([[], 'open', 1]);
    expect(slack.posts.map(({ channel }) => channel)).toEqual([CHANNEL.id]);
    expect(slack.calls.map(({ method }) => method)).toEqual(callsTo(moment, point));

    await postUntilAccepted(heir.url, RESOLVED);
    expect(await settledLedger(heir.url, received + 1)).toMatchObject({ notified: 2 });
    expect(slack.posts).toHaveLength(1);
    // The message is edited, and its thread says what changed.
    expect(slack.calls.map(({ method }) => method).slice(-2)).toEqual(['chat.update', 'chat.postMessage']);
  });

  it.for(CASES.filter((step) => isUncertain(...step)))(
    '%s %s opens one incident at PagerDuty',
    { timeout: TIMEOUT },
    async ([moment, point], { expect, onTestFinished }) => {
      const undo = undoList();
      onTestFinished(() => undo.all());
      const pagerDuty = await startPagerDuty();
      undo.later(() => pagerDuty.close());
      const { heir, received } = await survive(serviceConfig({ pagerDuty: pagerDuty.url }), [moment, point], undo.later);

      expect(await settledLedger(heir.url, received, TIMEOUT)).toMatchObject({ notified: 1 });
      const [incident] = await incidentsOf(heir.url);
      expect(pagerDuty.incidents.map(({ dedupKey, triggers }) => [dedupKey, triggers])).toEqual([[incident?.id, wasPosted(moment, point) ? 2 : 1]]);

      await postUntilAccepted(heir.url, RESOLVED);
      await until('the incident at PagerDuty to be resolved', () => pagerDuty.incidents[0]?.status === 'resolved');
      expect(pagerDuty.incidents).toHaveLength(1);
    },
  );
});

/** The calls that Slack gets in all until the message stands: a second one only where nobody could know. */
function callsTo(moment: KillMoment, point: KillPointName): string[] {
  const before = wasPosted(moment, point) ? ['chat.postMessage'] : [];
  if (!isUncertain(moment, point)) return ['chat.postMessage'];
  return [...before, ...LOOKED, wasPosted(moment, point) ? 'chat.update' : 'chat.postMessage'];
}
