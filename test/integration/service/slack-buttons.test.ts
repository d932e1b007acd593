// Slack's buttons on the whole way: pressed in a message, signed, acted on, shown in the message, explained.

import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type SlackStandIn, startSlack } from '../../stand-ins/slack.ts';
import { type RedisProcess, startRedis } from './redis-process.ts';
import { ask, incidentsOf } from './rest-client.ts';
import { startService } from './running-service.ts';
import { serviceConfig } from './service-config.ts';
import { undoList } from './undo.ts';
import { until } from './until.ts';
import { nodeDown, postUntilAccepted, webhookBody } from './webhooks.ts';

const SECRET = 'hush-hush';
const undo = undoList();
let redis: RedisProcess;
let slack: SlackStandIn;
let url: string;

beforeEach(async () => {
  redis = await startRedis();
  undo.later(() => redis.remove());
  slack = await startSlack();
  undo.later(() => slack.close());
  // An hour between two updates: what a person does is shown all the same.
  const config = serviceConfig({ slack: slack.url, groupWait: '10ms', groupInterval: '1h', more: `global: {slack_signing_secret: ${SECRET}}` });
  const service = await startService({ redisUrl: redis.url, config });
  undo.later(() => service.close());
  url = service.url;
});
afterEach(() => undo.all());

interface Button {
  readonly action_id: string;
  readonly value?: string;
  readonly options?: readonly { readonly text: { readonly text: string }; readonly value: string }[];
}

/** Presses a button of the first message as Slack would. */
async function press(actionId: string, { stamp = Math.floor(Date.now() / 1000), option = '' } = {}): Promise<number> {
  const buttons = slack.messages[0]?.blocks.flatMap((block) => (block as { elements?: Button[] }).elements ?? []) ?? [];
  const pressed = buttons.find(({ action_id }) => action_id === actionId);
  const chosen = pressed?.options === undefined ? {} : { selected_option: pressed.options.find(({ text }) => text.text === option) };
  const payload = { type: 'block_actions', user: { id: 'U1', username: 'ada' }, actions: [{ ...pressed, ...chosen }], response_url: slack.responseUrl };
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const signature = `v0=${createHmac('sha256', SECRET).update(`v0:${stamp}:${body}`).digest('hex')}`;
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-slack-request-timestamp': String(stamp), 'x-slack-signature': signature };
  return (await fetch(`${url}/integrations/slack/interactions`, { method: 'POST', headers, body })).status;
}

async function open(): Promise<void> {
  await postUntilAccepted(url, webhookBody([nodeDown('gpu-7')]));
  await until('the message', () => slack.messages.length === 1);
}

it('an incident is acknowledged and resolved by the person who pressed, at once', async () => {
  await open();
  expect(await press('winnow-acknowledge')).toBe(200);
  await until('the message to name her', () => JSON.stringify(slack.messages[0]?.blocks).includes('Acknowledged by @ada'));
  expect((await incidentsOf(url))[0]).toMatchObject({ status: 'acknowledged', acknowledgedBy: '@ada' });
  expect(await press('winnow-resolve')).toBe(200);
  await until('the message to be quiet', () => /^✅ .*Resolved by @ada/.test(slack.messages[0]?.text ?? ''));
});

it('a request that is made twice is done once, and its answer goes to the person alone', async () => {
  await open();
  const stamp = Math.floor(Date.now() / 1000);
  expect(await press('winnow-why', { stamp })).toBe(200);
  expect(await press('winnow-why', { stamp })).toBe(401);
  await until('the answer', () => slack.responses.length === 1);
  expect(slack.responses[0]).toMatchObject({ response_type: 'ephemeral', replace_original: false, text: expect.stringMatching(/^Why\?/) });
  expect(slack.posts).toHaveLength(1);
});

it('feedback is in the timeline', async () => {
  await open();
  await press('winnow-cause-wrong');
  const [incident] = await incidentsOf(url);
  const { items } = await until('it to be recorded', async () => {
    const timeline = await ask<{ items: { kind: string; by: string | null }[] }>(url, `/api/v1/incidents/${incident?.id ?? ''}/timeline`);
    return timeline.items.some(({ kind }) => kind === 'feedback') && timeline;
  });
  expect(items.at(-1)).toMatchObject({ kind: 'feedback', by: '@ada' });
});

it('the alerts of an incident are silenced and nothing else, and the person is told what', async () => {
  await open();
  await press('winnow-silence', { option: '4 hours' });
  await until('the answer', () => slack.responses.length === 1);
  const { items } = await ask<{ items: { id: string; matchers: { name: string; value: string }[]; createdBy: string; comment: string }[] }>(
    url,
    '/api/v1/silences',
  );
  const [incident] = await incidentsOf(url);
  expect(items).toMatchObject([{ createdBy: '@ada', comment: `incident ${incident?.id ?? ''}, silenced in Slack` }]);
  expect(JSON.stringify(slack.responses[0])).toContain(`winnow silence expire ${items[0]?.id ?? ''}`);
  expect(await ask(url, `/api/v1/silences/${items[0]?.id ?? ''}`)).toMatchObject({ matching: { count: 1 } });
  expect(await ask(url, '/api/v1/suppressions')).toMatchObject({ items: [{ reason: 'silenced', labels: { node: 'gpu-7' } }] });
  const { items: audit } = await ask<{ items: { by: string; action: string; target: string }[] }>(url, '/api/v1/audit');
  expect(audit[0]).toMatchObject({ by: '@ada', action: 'silence', target: items[0]?.id });
});
