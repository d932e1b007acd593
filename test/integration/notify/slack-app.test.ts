// One message for an incident in Slack, edited from then on, and found again after an unknown outcome.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SentReference } from '../../../src/model/delivery.ts';
import { Secret } from '../../../src/model/secret.ts';
import type { SendOutcome, SendRequest } from '../../../src/notify/integration.ts';
import { createSlackApp } from '../../../src/notify/slack/app.ts';
import type { SlackAppTarget } from '../../../src/notify/target.ts';
import { type SlackStandIn, startSlack } from '../../stand-ins/slack.ts';
import { gpuNodeDown, time } from '../../unit/notify/incident-view.ts';

const TOKEN = 'xoxb-0123456789-secret';
const CHANNEL = 'C0000000002';
const resolved = gpuNodeDown({ status: 'resolved', resolution: 'alerts', firingCount: 0, resolvedAt: time('2026-03-01T03:54:10Z').ms });

let slack: SlackStandIn;
let target: SlackAppTarget;
let app: ReturnType<typeof createSlackApp>;
const patient = createSlackApp();
const impatient = createSlackApp({ timeoutMs: 500 });

const send = (given: Partial<SendRequest<SlackAppTarget>> = {}): Promise<SendOutcome> =>
  app.send({ target, view: gpuNodeDown(), kind: 'trigger', reference: {}, deliveryId: 'i~d', seq: 1, uncertain: false, ...given });

const sent = async (given: Partial<SendRequest<SlackAppTarget>> = {}): Promise<SentReference> => {
  const outcome = await send(given);
  if (outcome.kind !== 'sent') throw new Error(`not sent: ${outcome.error}`);
  return outcome.reference;
};

const methods = () => slack.calls.map(({ method }) => method);

beforeEach(async () => {
  slack = await startSlack({ token: TOKEN });
  target = { kind: 'slack-app', token: new Secret(TOKEN), apiUrl: slack.url, channel: '#ml-alerts' };
  app = patient;
});
afterEach(() => slack.close());

describe('the life of a message', () => {
  it('is posted with text, blocks and a mark, and answers its place', async () => {
    const reference = await sent();
    expect(slack.messages).toMatchObject([
      {
        channel: CHANNEL,
        ts: reference.ts,
        text: expect.stringMatching(/^🔴 Critical: GPUNodeNotReady on node\/gpu-7/),
        metadata: { event_type: 'winnow_incident', event_payload: { delivery: 'i~d', seq: 1 } },
      },
    ]);
    expect(reference.channel).toBe(CHANNEL);
  });

  it('is edited when the incident changes, and stays one', async () => {
    const reference = await sent();
    expect(await sent({ kind: 'resolve', seq: 2, reference, view: resolved })).toEqual(reference);
    expect(slack.messages).toMatchObject([{ edits: 1, text: expect.stringMatching(/^✅ .*Resolved after 42 min 10 s/) }]);
  });

  it('is brought up to date and replied to in the open when it reminds', async () => {
    const reference = await sent();
    expect(await sent({ kind: 'reminder', seq: 2, reference })).toEqual(reference);
    expect(slack.messages).toMatchObject([{ edits: 1 }, { threadTs: reference.ts, broadcast: true, text: expect.stringMatching(/^Still open, since/) }]);
  });

  it('is posted anew when somebody took it away', async () => {
    const reference = await sent();
    slack.remove(reference.ts ?? '');
    const anew = await sent({ kind: 'update', seq: 2, reference });
    expect(anew.ts).not.toBe(reference.ts);
    expect(slack.messages).toMatchObject([{ ts: anew.ts }]);
  });

  it.each(['message_not_found', 'cant_update_message', 'edit_window_closed'])('is posted anew after %s', async (error) => {
    const reference = await sent();
    slack.failNext({ kind: 'error', error });
    expect(await send({ kind: 'update', seq: 2, reference })).toMatchObject({ kind: 'sent', anewBecause: error });
    expect(slack.messages).toHaveLength(2);
  });
});

describe('the thread of a message', () => {
  const joined = { at: 0, kind: 'joined', summary: 'FeatureStale joined it', evidence: [] };
  const told = { sentVersion: 1, sentStatus: 'open', sentAt: 0 } as const;
  const view = (given = {}) => gpuNodeDown({ version: 2, urgentVersion: 0, ...given });

  it('begins with the message, and says what changed since, once', async () => {
    const reference = await sent({ news: { entries: [], length: 2 } });
    expect(reference.entries).toBe('2');
    const next = await sent({ kind: 'update', seq: 2, reference, told, view: view(), news: { entries: [joined], length: 3 } });
    expect(next).toEqual({ ...reference, entries: '3' });
    expect(slack.messages).toMatchObject([{ edits: 1 }, { threadTs: reference.ts, broadcast: false, text: '➕ FeatureStale joined it' }]);
    await sent({ kind: 'update', seq: 3, reference: next, told, view: view(), news: { entries: [], length: 3 } });
    expect(slack.messages).toHaveLength(2);
  });

  it('says to the channel as well what must be told at once, and calls whom it should', async () => {
    target = { ...target, mention: new Map([['critical', '<!subteam^S1>']]) };
    const reference = await sent({ news: { entries: [], length: 2 } });
    expect(JSON.stringify(slack.messages[0]?.blocks)).toContain('<!subteam^S1>');
    await sent({ kind: 'update', seq: 2, reference, told, view: view({ urgentVersion: 2 }), news: { entries: [joined], length: 3 } });
    expect(slack.messages[1]).toMatchObject({ threadTs: reference.ts, broadcast: true, text: expect.stringMatching(/^🔴 Worse than it was/) });
    expect(JSON.stringify(slack.messages[1]?.blocks)).toContain('<!subteam^S1>');
  });

  it('is told nothing by a reminder of what changed, so that the next message does', async () => {
    const reference = await sent({ news: { entries: [], length: 2 } });
    expect(await sent({ kind: 'reminder', seq: 2, reference, told, news: { entries: [joined], length: 3 } })).toEqual(reference);
  });

  it('is not added to twice after an outcome that was never known', async () => {
    const reference = await sent({ news: { entries: [], length: 2 } });
    const update = { kind: 'update', seq: 2, reference, told, view: view(), news: { entries: [joined], length: 3 } } as const;
    app = impatient;
    slack.failNext({ kind: 'pass' });
    slack.failNext({ kind: 'hang', applied: true });
    expect(await send(update)).toMatchObject({ kind: 'retry', uncertain: true });
    app = patient;
    await sent({ ...update, uncertain: true });
    expect(slack.messages).toHaveLength(2);
  });

  it('begins anew with a message that is posted anew', async () => {
    const reference = await sent({ news: { entries: [], length: 2 } });
    slack.remove(reference.ts ?? '');
    const anew = await sent({ kind: 'update', seq: 2, reference, told, view: view(), news: { entries: [joined], length: 3 } });
    expect(anew).toMatchObject({ entries: '3' });
    expect(slack.messages).toMatchObject([{ ts: anew.ts, threadTs: null }]);
  });
});

describe('an outcome that was never known', () => {
  it.each(['hang', 'reset'] as const)('does not lead to a second message (%s)', async (kind) => {
    app = impatient;
    slack.failNext({ kind, applied: true });
    expect(await send()).toMatchObject({ kind: 'retry', uncertain: true });
    app = patient;
    const reference = await sent({ uncertain: true });
    expect(slack.messages).toMatchObject([{ ts: reference.ts, edits: 1 }]);
  });

  it('leads to the first message when there is none', async () => {
    app = impatient;
    slack.failNext({ kind: 'hang' });
    await send();
    app = patient;
    await sent({ uncertain: true });
    expect(slack.messages).toHaveLength(1);
  });

  it('is content with the message that it finds when that can be edited no more', async () => {
    const reference = await sent();
    target = { ...target, channel: CHANNEL };
    slack.failNext({ kind: 'pass' });
    slack.failNext({ kind: 'error', error: 'edit_window_closed' });
    expect(await sent({ uncertain: true })).toEqual(reference);
    expect(methods().slice(-2)).toEqual(['conversations.history', 'chat.update']);
    expect(slack.messages).toHaveLength(1);
  });

  it('takes no message of another delivery or another turn for its own', async () => {
    await sent({ deliveryId: 'other~d' });
    await sent({ seq: 7 });
    await sent({ uncertain: true });
    expect(slack.messages).toHaveLength(3);
  });

  it('does not lead to a second reminder', async () => {
    const reference = await sent();
    await sent({ kind: 'reminder', seq: 2, reference });
    await sent({ kind: 'reminder', seq: 2, reference, uncertain: true });
    expect(slack.messages).toHaveLength(2);
  });

  it('looks back an hour', async () => {
    await sent();
    app = createSlackApp({ now: () => Date.now() + 3_700_000 });
    await sent({ uncertain: true });
    expect(slack.messages).toHaveLength(2);
  });

  it('stays unknown while Slack cannot be asked', async () => {
    slack.failNext({ kind: 'status', status: 429, retryAfter: 3 });
    expect(await send({ uncertain: true })).toMatchObject({ kind: 'retry', after: 3000, uncertain: true });
    expect(slack.messages).toHaveLength(0);
  });

  it('needs no list of channels for a channel given by its id', async () => {
    target = { ...target, channel: CHANNEL };
    await sent({ uncertain: true });
    expect(methods()).toEqual(['conversations.history', 'chat.postMessage']);
  });

  it.each(['#ml-alerts', CHANNEL])('leads to a message all the same when the app may not read (%s)', async (channel) => {
    target = { ...target, channel };
    slack.failNext({ kind: 'error', error: 'missing_scope' });
    await sent({ uncertain: true });
    expect(slack.messages).toHaveLength(1);
  });
});

describe('an error that Slack names', () => {
  it.each([
    'channel_not_found',
    'not_in_channel',
    'is_archived',
    'invalid_auth',
    'token_revoked',
    'account_inactive',
    'msg_blocks_too_long',
    'invalid_blocks',
    'missing_scope',
  ])('%s is final', async (error) => {
    slack.failNext({ kind: 'error', error });
    expect(await send()).toEqual({ kind: 'refused', error });
  });

  it.each([
    ['ratelimited', false],
    ['request_timeout', false],
    ['internal_error', true],
    ['fatal_error', true],
    ['service_unavailable', true],
  ])('%s passes', async (error, uncertain) => {
    slack.failNext({ kind: 'error', error });
    expect(await send()).toMatchObject({ kind: 'retry', after: null, error, uncertain });
  });

  it('a wrong token is final', async () => {
    target = { ...target, token: new Secret('xoxb-wrong') };
    expect(await send()).toEqual({ kind: 'refused', error: 'invalid_auth' });
  });
});

it('asks to wait when Slack takes one message a second', async () => {
  await slack.close();
  slack = await startSlack({ token: TOKEN, onePerSecond: true });
  target = { ...target, apiUrl: slack.url };
  await sent();
  expect(await send({ deliveryId: 'other~d' })).toMatchObject({ kind: 'retry', after: 1000, uncertain: false });
});
