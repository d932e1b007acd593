// Digests and storms on the whole way: held back, gathered, handed over, sent to Slack and the terminal, changed there, and sent after a crash.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SUPPRESSION } from '../../../src/config/suppression-section.ts';
import type { SuppressionPolicy, SuppressionRule } from '../../../src/correlate/policy.ts';
import { HOUR, MINUTE } from '../../../src/model/time.ts';
import { type SlackStandIn, type StandInMessage, startSlack } from '../../stand-ins/slack.ts';
import { type RedisProcess, startRedis } from './redis-process.ts';
import { addsUp, ask, type DeliveryAnswer, ledgerOf, settledLedger } from './rest-client.ts';
import { type ServiceOptions, startService } from './running-service.ts';
import { CHANNEL } from './service-config.ts';
import { undoList } from './undo.ts';
import { until } from './until.ts';
import { type PostedAlert, postWebhook, webhookBody } from './webhooks.ts';

/** What gathers for a digest instead of being told. */
const NIGHTLY: SuppressionRule = {
  name: 'nightly',
  matches: (labels) => labels.get('alertname') === 'RetrainingLoad',
  source: 'alertname="RetrainingLoad"',
  action: 'digest',
  for: null,
  isActive: () => true,
  expires: null,
  comment: '',
  when: null,
  unless: null,
};
const SUPPRESSION: Partial<SuppressionPolicy> = { rules: [NIGHTLY], storm: { ...DEFAULT_SUPPRESSION.storm, onsets: 10 }, digestInterval: 300 };
/** The channel by its app. */
const APP = `{app_token: xoxb-test, channel: '${CHANNEL.name}'}`;

const undo = undoList();
let redis: RedisProcess;
let slack: SlackStandIn;
let terminal: string[];
/** How far the service's clock is ahead. */
let ahead: number;

beforeEach(async () => {
  redis = await startRedis();
  undo.later(() => redis.remove());
  slack = await startSlack();
  undo.later(() => slack.close());
  terminal = [];
  ahead = 0;
});

afterEach(() => undo.all());

/** A configuration of one receiver with these integrations of Slack and others. */
function configOf(slackConfigs: string, others = ''): string {
  return `
route: {receiver: ml-oncall, group_wait: 10ms, group_interval: 1ms}
global: {slack_app_url: '${slack.url}'}
receivers:
  - {name: ml-oncall, slack_configs: [${slackConfigs}]${others}}
`;
}

async function start(options: Partial<ServiceOptions> = {}) {
  const service = await startService({
    config: configOf(`${APP}, {api_url: '${slack.webhookUrl}'}`, ', console_configs: [{}]'),
    redisUrl: redis.url,
    suppression: SUPPRESSION,
    console: { write: (text) => terminal.push(text), color: false },
    now: () => Date.now() + ahead,
    ...options,
  });
  undo.later(() => service.close());
  return service;
}

const load = (status: 'firing' | 'resolved'): PostedAlert => ({
  status,
  labels: { alertname: 'RetrainingLoad', severity: 'warning', job: 'retrain-<!channel>' },
});
const disk = (i: number, status: 'firing' | 'resolved' = 'firing'): PostedAlert => ({
  status,
  labels: { alertname: `DiskFull${i % 3}`, severity: 'warning', node: `gpu-${i}` },
});
const disks = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => disk(from + i));

/** The messages whose headline matches, of the app or of the incoming webhook. */
const messages = (headline: RegExp, byWebhook = false): StandInMessage[] => slack.messages.filter((m) => m.byWebhook === byWebhook && headline.test(m.text));

async function fireAndClear(url: string) {
  await postWebhook(url, webhookBody([load('firing')]));
  await postWebhook(url, webhookBody([load('resolved')]));
}

/** Moves the clock, and has it noticed by a webhook that says nothing new. */
async function later(url: string, by: number, known: PostedAlert): Promise<void> {
  ahead += by;
  await postWebhook(url, webhookBody([known]));
}

async function deliveriesOf(url: string, query = ''): Promise<readonly DeliveryAnswer[]> {
  return (await ask<{ items: DeliveryAnswer[] }>(url, `/api/v1/deliveries${query}`)).items;
}

describe('a digest', () => {
  it('names within its interval what was held back and cleared, everywhere, and is a new message each time', async () => {
    const { url } = await start();
    await fireAndClear(url);
    await until('the digest', () => messages(/^📋/).length === 1 && messages(/^📋/, true).length === 1 && terminal.length === 1);
    expect(messages(/^📋/)[0]).toMatchObject({ channel: CHANNEL.id, text: '📋 Held back: 1 alert of 1 rule. RetrainingLoad 1' });
    expect(JSON.stringify(messages(/^📋/)[0]?.blocks)).not.toContain('<!channel>');
    expect(terminal[0]).toContain('● DIGEST  Held back: 1 alert of 1 rule');
    const ledger = await settledLedger(url, 2);
    expect([addsUp(ledger), ledger.suppressed, ledger.suppressedByReason]).toEqual([true, 2, { rule: 2 }]);

    await postWebhook(url, webhookBody([{ ...load('firing'), startsAt: '2026-03-01T11:00:00Z' }]));
    await postWebhook(url, webhookBody([{ ...load('resolved'), startsAt: '2026-03-01T11:00:00Z', endsAt: '2026-03-01T11:05:00Z' }]));
    await until('the second digest', () => messages(/^📋/).length === 2);
    expect(slack.messages.map(({ edits }) => edits)).toEqual(slack.messages.map(() => 0));
  });

  it('that is refused is listed, and said at once when it is tried again', async () => {
    const { url } = await start({ config: configOf(APP), suppression: { ...SUPPRESSION, digestInterval: HOUR } });
    await fireAndClear(url);
    await until('both to be taken in', async () => (await settledLedger(url, 2)).suppressed === 2);
    slack.failNext({ kind: 'error', error: 'not_in_channel' });
    await later(url, HOUR, load('resolved'));
    const [failed] = await until('the failure', async () => {
      const items = await deliveriesOf(url, '?status=failed');
      return items.length === 1 && items;
    });
    expect(failed).toMatchObject({ id: expect.stringMatching(/^digest~slack/), incidentId: null, receivers: ['ml-oncall'], lastError: 'not_in_channel' });
    expect(failed?.due?.kind).toBe('digest');

    await ask(url, `/api/v1/deliveries/${encodeURIComponent(failed?.id ?? '')}/retry`, { method: 'POST' });
    await until('the digest', () => messages(/^📋 Held back: 1 alert/).length === 1);
    await until('it to be sent', async () => (await deliveriesOf(url, '?status=sent')).length === 1);
  });
});

describe('a storm', () => {
  it('of 150 warnings is one message that is changed as it grows and when it is over', { timeout: 60_000 }, async () => {
    const { url } = await start();
    await postWebhook(url, webhookBody(disks(0, 100)));
    await until('all to be taken in', async () => (await ledgerOf(url)).received === 100);
    const singles = () => slack.messages.filter(({ byWebhook, text }) => !byWebhook && !/storm/i.test(text));
    await until('what began before it was a storm', () => singles().length === 10);

    await later(url, MINUTE + 1000, disk(0));
    await until('the message', () => messages(/^🟠 Storm:/).length === 1);
    expect(messages(/Storm/)[0]?.text).toMatch(/^🟠 Storm: 90 alerts of 3 rules so far\. DiskFull\d 30, DiskFull\d 30, DiskFull\d 30$/);

    await postWebhook(url, webhookBody(disks(100, 150)));
    await postWebhook(url, webhookBody([disk(12, 'resolved'), disk(13, 'resolved')]));
    await later(url, MINUTE + 1000, disk(0));
    await until('the change', () => messages(/^🟠 Storm: 140 alerts/)[0]?.edits === 1);
    expect(JSON.stringify(messages(/Storm/)[0]?.blocks)).toMatch(/\(1 ended\)/);

    const others = () => [messages(/storm/i, true).length, terminal.filter((text) => /STORM/.test(text)).length];
    await until('its beginning elsewhere', () => others().every((count) => count === 1));
    await later(url, 11 * MINUTE, disk(0));
    await until('the end', () => messages(/^✅ The storm is over: 140 alerts of 3 rules/)[0]?.edits === 2);
    expect(messages(/storm/i)).toHaveLength(1);
    // What cannot be changed is told at the beginning and at the end.
    await until('its end elsewhere', () => others().every((count) => count === 2));
    expect(singles()).toHaveLength(10);
    expect(addsUp(await ledgerOf(url))).toBe(true);
  });
});

describe('a bulletin that was handed over by a service that died before it was queued', () => {
  it('is sent once by the next', async () => {
    const first = await start({
      decorate: (name, part) => (name === 'deliveries' ? (Object.assign(Object.create(part), { add: async () => undefined }) as typeof part) : part),
    });
    await fireAndClear(first.url);
    await until('all to be handed over', async () => {
      const items = await deliveriesOf(first.url);
      return items.length === 3 && items.every(({ status, due }) => status === 'pending' && due === null);
    });
    await first.close();
    expect(slack.messages).toEqual([]);

    const second = await start();
    await until('the digest', () => slack.messages.length === 2 && terminal.length === 1);
    await until('it to be sent', async () => (await deliveriesOf(second.url, '?status=sent')).length === 3);
    expect(slack.messages).toHaveLength(2);
  });
});
