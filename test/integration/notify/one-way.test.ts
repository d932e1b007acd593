// What only PagerDuty and only incoming webhooks do.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../src/model/secret.ts';
import { createPagerDuty } from '../../../src/notify/pagerduty/sender.ts';
import { createSlackWebhook } from '../../../src/notify/slack/webhook.ts';
import { type PagerDutyStandIn, startPagerDuty } from '../../stand-ins/pagerduty.ts';
import { type SlackStandIn, startSlack } from '../../stand-ins/slack.ts';
import { gpuNodeDown } from '../../unit/notify/incident-view.ts';

const about = { view: gpuNodeDown(), kind: 'trigger', reference: {}, deliveryId: 'i~d', seq: 1, uncertain: false } as const;
const over = { ...about, view: gpuNodeDown({ status: 'resolved', resolution: 'person' }), kind: 'resolve' } as const;

describe('PagerDuty', () => {
  let pagerduty: PagerDutyStandIn;
  const integration = createPagerDuty();
  const to = (routingKey = '0123456789abcdef0123456789abcdef') => ({ kind: 'pagerduty', routingKey: new Secret(routingKey), url: pagerduty.url }) as const;

  beforeEach(async () => {
    pagerduty = await startPagerDuty();
  });
  afterEach(() => pagerduty.close());

  it('opens one incident, however often it is told, and closes it', async () => {
    const outcome = await integration.send({ target: to(), ...about });
    expect(outcome).toEqual({ kind: 'sent', reference: { dedupKey: about.view.incident.id } });
    await integration.send({ target: to(), ...about, seq: 2, uncertain: true });
    expect(pagerduty.incidents).toMatchObject([{ dedupKey: about.view.incident.id, status: 'open', triggers: 2 }]);
    await integration.send({ target: to(), ...over, reference: { dedupKey: about.view.incident.id } });
    expect(pagerduty.incidents).toMatchObject([{ status: 'resolved' }]);
  });

  it('opens another incident when this one reopens', async () => {
    await integration.send({ target: to(), ...about });
    await integration.send({ target: to(), ...over });
    await integration.send({ target: to(), ...about });
    expect(pagerduty.incidents.map(({ status }) => status)).toEqual(['resolved', 'open']);
  });

  it('tells what PagerDuty found wrong', async () => {
    expect(await integration.send({ target: to('too-short'), ...about })).toEqual({
      kind: 'refused',
      error: "answered 400: Length of 'routing_key' is incorrect (should be 32 characters)",
    });
  });
});

describe('a Slack incoming webhook', () => {
  let slack: SlackStandIn;
  const integration = createSlackWebhook();
  const to = (channel = '') => ({ kind: 'slack-webhook', url: new Secret(slack.webhookUrl), channel }) as const;

  beforeEach(async () => {
    slack = await startSlack();
  });
  afterEach(() => slack.close());

  it('gets a new message each time', async () => {
    expect(await integration.send({ target: to(), ...about })).toEqual({ kind: 'sent', reference: {} });
    await integration.send({ target: to(), ...over });
    expect(slack.messages).toMatchObject([
      { byWebhook: true, text: expect.stringMatching(/^🔴/) },
      { byWebhook: true, text: expect.stringMatching(/^✅/) },
    ]);
  });

  it('names its channel only when one is configured', async () => {
    await integration.send({ target: to(), ...about });
    await integration.send({ target: to('#ml-oncall'), ...about });
    expect(slack.messages.map(({ channel }) => channel)).toEqual(['C0000000001', 'C0000000003']);
    expect(slack.calls[0]?.arguments).not.toHaveProperty('channel');
  });

  it("tells Slack's own word for what is wrong", async () => {
    expect(await integration.send({ target: to('#no-such'), ...about })).toEqual({ kind: 'refused', error: 'answered 404: channel_not_found' });
  });
});
