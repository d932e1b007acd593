// 5,000 alerts in a minute, and Slack away for ten: against a stand-in that enforces Slack's limits, on a virtual clock.

import { afterEach, beforeEach, expect, it } from 'vitest';
import { CONSTANTS } from '../../../src/correlate/constants.ts';
import type { WebhookEvent } from '../../../src/correlate/event.ts';
import { timestampOf } from '../../../src/model/time.ts';
import { createSlackApp } from '../../../src/notify/slack/app.ts';
import { type SlackStandIn, startSlack } from '../../stand-ins/slack.ts';
import { configOf } from '../service/running-service.ts';
import { VirtualService } from './virtual-service.ts';

const START = Date.parse('2026-03-01T10:00:00Z');
const MINUTE = 60_000;

let slack: SlackStandIn;
let service: VirtualService;
/** Until when Slack is away. */
let awayUntil: number;

beforeEach(async () => {
  awayUntil = 0;
  slack = await startSlack({ onePerSecond: true, editsPerMinute: 50, now: () => service.now, away: () => service.now < awayUntil });
  const config = configOf(`
route:
  receiver: general
  group_wait: 10s
  routes: [{matchers: ['severity="critical"'], receiver: oncall}]
global: {slack_app_token: xoxb-test, slack_app_url: '${slack.url}'}
receivers:
  - {name: general, slack_configs: [{channel: '#general'}]}
  - {name: oncall, slack_configs: [{channel: '#ml-oncall'}]}
suppression: {storm: {enabled: false}, transient: {enabled: false}, seasonal: {enabled: false}, flapping: {enabled: false}}
`);
  service = new VirtualService({
    policy: { ...config.policy, constants: CONSTANTS },
    targets: config.targets,
    integration: createSlackApp({ now: () => service.now }),
    start: START,
  });
});
afterEach(() => slack.close());

/** Some alerts of so many services, each an incident; every tenth of them is critical. */
function webhook(services: number, from: number, to: number): WebhookEvent {
  const alerts = Array.from({ length: to - from }, (_, i) => {
    const index = from + i;
    const of = index % services;
    const severity = of % 10 === 0 ? 'critical' : of % 3 === 0 ? 'info' : 'warning';
    return {
      fingerprint: index.toString(16).padStart(16, '0'),
      status: 'firing' as const,
      labels: new Map(Object.entries({ alertname: `Rule${of}x${index % 7}`, service: `svc-${of}`, shard: String(index), severity })),
      annotations: new Map(),
      startsAt: timestampOf(service.now),
      endsAt: null,
      links: {},
      source: 'alertmanager' as const,
      groupKey: '',
    };
  });
  return { kind: 'webhook', receivedAt: service.now, source: 'alertmanager', alerts, malformed: [] };
}

/** So many alerts within a minute, evenly. */
async function storm(services: number, alerts: number): Promise<void> {
  for (let second = 0; second < 60; second++) {
    await service.runUntil(START + second * 1000);
    service.event(webhook(services, Math.floor((second * alerts) / 60), Math.floor(((second + 1) * alerts) / 60)));
  }
}

const allTold = () => service.runUntil(START + 60 * MINUTE, () => service.now > START + 2 * MINUTE && service.owed === 0);
const sentAttempts = () => service.attempts.filter(({ outcome }) => outcome.kind === 'sent');

/** What went although something new and critical waited. */
function wentBefore(): readonly unknown[] {
  const critical = sentAttempts().filter((attempt) => attempt.critical);
  return service.attempts.filter((attempt) => !attempt.critical && critical.some(({ since, at }) => since < attempt.at && attempt.at < at));
}

/** By how much new critical messages came later than a second for each that waited in their channel, and five. */
function lateness(): readonly number[] {
  const critical = sentAttempts().filter((attempt) => attempt.critical);
  return critical
    .map(({ at, since, channel }) => {
      const waiting = critical.filter((other) => other.channel === channel && other.since <= since && other.at >= since).length;
      return at - since - 1000 * waiting - 5000;
    })
    .filter((late) => late > 0);
}

it('a storm of 5,000 alerts is told whole, the critical first, and Slack never has to say that it is too much', { timeout: 120_000 }, async () => {
  await storm(300, 5000);
  await allTold();
  expect(service.archive.incidents.size).toBe(300);
  expect(sentAttempts().filter(({ critical }) => critical)).toHaveLength(30);
  expect(wentBefore()).toEqual([]);
  expect(lateness()).toEqual([]);
  expect(service.attempts.filter(({ outcome }) => outcome.kind !== 'sent')).toEqual([]);
  expect(service.owed).toBe(0);
  expect(slack.posts).toHaveLength(300);
  // 17 alerts came to each; far fewer edits say so.
  expect(slack.posts.reduce((sum, { edits }) => sum + edits, 0)).toBeLessThanOrEqual(300);
  for (const { alertCount, title } of service.archive.incidents.values()) {
    const told = slack.posts.filter(({ text }) => text.includes(`${title}.`));
    expect(told.map(({ text }) => text.includes(`${alertCount} alerts firing`))).toEqual([true]);
  }
});

it('when Slack says that it is too much all the same, nothing goes until it said, and what is critical goes first then', { timeout: 60_000 }, async () => {
  service.event(webhook(40, 0, 40));
  await service.runUntil(START + 12_000);
  slack.failNext({ kind: 'status', status: 429, retryAfter: 30 });
  await allTold();
  const limited = service.attempts.find(({ outcome }) => outcome.kind === 'retry');
  const at = limited?.at ?? Number.NaN;
  const [next, ...others] = service.attempts.filter((attempt) => attempt.at > at);
  expect(next).toMatchObject({ deliveryId: limited?.deliveryId, critical: true, at: at + 30_000 });
  expect(others.every((attempt) => attempt.at >= at + 30_000)).toBe(true);
  expect(slack.posts).toHaveLength(40);
});

it('after ten minutes without Slack there is one message for each incident', { timeout: 120_000 }, async () => {
  awayUntil = START + 10 * MINUTE;
  await storm(60, 600);
  await service.runUntil(START + 10 * MINUTE - 1);
  expect(slack.messages).toEqual([]);
  await allTold();
  expect(service.owed).toBe(0);
  expect(slack.posts).toHaveLength(60);
});
