// The Slack app against a Slack that others wrote: what is posted can be read back from there.

import { createEmulator, type Emulator } from 'emulate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Secret } from '../../../src/model/secret.ts';
import { createSlackApp } from '../../../src/notify/slack/app.ts';
import { gpuNodeDown, time } from '../../unit/notify/incident-view.ts';

const TOKEN = 'xoxb-emulated';
let emulator: Emulator;

beforeAll(async () => {
  emulator = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      tokens: { [TOKEN]: { login: 'winnow', scopes: [] } },
      slack: { channels: [{ name: 'general' }, { name: 'ml-alerts' }], bots: [{ name: 'winnow' }] },
    },
  });
});
afterAll(() => emulator.close());

async function call(method: string, given: Record<string, string>) {
  const response = await fetch(`${emulator.url}/api/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}` },
    body: new URLSearchParams(given),
  });
  return (await response.json()) as { messages?: { ts: string; text: string; thread_ts?: string }[] };
}

it('posts, finds its own message, edits it and reminds', async () => {
  const app = createSlackApp();
  const target = { kind: 'slack-app', token: new Secret(TOKEN), apiUrl: `${emulator.url}/api/`, channel: 'ml-alerts' } as const;
  const first = { target, view: gpuNodeDown(), kind: 'trigger', reference: {}, deliveryId: 'i~d', seq: 1, uncertain: false } as const;

  const posted = await app.send(first);
  if (posted.kind !== 'sent') throw new Error(`not sent: ${posted.error}`);
  expect(await createSlackApp().send({ ...first, uncertain: true })).toEqual(posted);

  const { reference } = posted;
  expect(await app.send({ ...first, kind: 'reminder', seq: 2, reference })).toEqual(posted);
  const resolved = gpuNodeDown({ status: 'resolved', resolution: 'alerts', firingCount: 0, resolvedAt: time('2026-03-01T03:54:10Z').ms });
  expect(await app.send({ ...first, kind: 'resolve', seq: 3, reference, view: resolved })).toEqual(posted);

  const { messages = [] } = await call('conversations.history', { channel: reference.channel ?? '' });
  expect(messages.find(({ ts }) => ts === reference.ts)?.text).toMatch(/Resolved after 42 min 10 s/);
  expect(messages.filter(({ thread_ts: parent, ts }) => parent === undefined || parent === ts)).toHaveLength(1);
  const { messages: thread = [] } = await call('conversations.replies', { channel: reference.channel ?? '', ts: reference.ts ?? '' });
  expect(thread.some(({ text }) => text.startsWith('Still open'))).toBe(true);
});

it('an unknown channel is refused', async () => {
  const target = { kind: 'slack-app', token: new Secret(TOKEN), apiUrl: `${emulator.url}/api/`, channel: 'no-such' } as const;
  const outcome = await createSlackApp().send({ target, view: gpuNodeDown(), kind: 'trigger', reference: {}, deliveryId: 'i~d', seq: 1, uncertain: false });
  expect(outcome).toEqual({ kind: 'refused', error: 'channel_not_found' });
});
