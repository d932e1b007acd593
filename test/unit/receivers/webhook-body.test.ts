import { describe, expect, it } from 'vitest';
import type { WebhookEvent } from '../../../src/correlate/event.ts';
import type { AlertSource } from '../../../src/model/alert.ts';
import { readWebhook } from '../../../src/receivers/webhook-body.ts';

const receivedAt = Date.parse('2026-03-01T12:00:00Z');
const ALERT = { status: 'firing', labels: { alertname: 'Bare', team: 'none' } };

const read = (body: unknown, source: AlertSource = 'alertmanager') => readWebhook(body, { source, receivedAt });

function webhook(body: unknown, source: AlertSource = 'alertmanager'): WebhookEvent {
  const reading = read(body, source);
  if (reading.kind === 'fault') throw new Error(`${reading.pointer}: ${reading.detail}`);
  return reading;
}

describe('a webhook', () => {
  it('gives its alerts, its group key and when it came', () => {
    const event = webhook({ version: '4', groupKey: '{}:{alertname="Bare"}', status: 'firing', alerts: [ALERT, { ...ALERT, labels: { alertname: 'Other' } }] });
    expect(event).toMatchObject({ kind: 'webhook', receivedAt, source: 'alertmanager', malformed: [] });
    expect(event.alerts.map((alert) => [alert.labels.get('alertname'), alert.groupKey])).toEqual([
      ['Bare', '{}:{alertname="Bare"}'],
      ['Other', '{}:{alertname="Bare"}'],
    ]);
  });

  it('may be empty, and may hold fields that nobody knows', () => {
    expect(webhook({ alerts: [], notification_reason: 'first notification', routeLabels: {}, x: [{}] })).toMatchObject({ alerts: [], malformed: [] });
  });

  it('may be without a group key, or with one that is none', () => {
    for (const groupKey of [undefined, null, 7, {}]) expect(webhook({ groupKey, alerts: [ALERT] }).alerts[0]).toHaveProperty('groupKey', '');
    expect(webhook({ groupKey: 'half \ud83d', alerts: [ALERT] }).alerts[0]).toHaveProperty('groupKey', 'half \ufffd');
  });

  it('has the hash of its group key in place of a very long one, the same each time', () => {
    const keyOf = (groupKey: string) => webhook({ groupKey, alerts: [ALERT] }).alerts[0]?.groupKey;
    expect(keyOf('k'.repeat(8192))).toBe('k'.repeat(8192));
    expect(keyOf('k'.repeat(8193))).toMatch(/^fnv64:[0-9a-f]{16}$/);
    expect(keyOf('k'.repeat(8193))).toBe(keyOf('k'.repeat(8193)));
    expect(keyOf('k'.repeat(8193))).not.toBe(keyOf('k'.repeat(8194)));
  });

  it('says where the Alertmanager is that sent it, by an http or https URL of bounded length', () => {
    const linksOf = (externalURL: unknown, source?: AlertSource) => webhook({ externalURL, alerts: [ALERT] }, source).alerts[0]?.links;
    expect(linksOf('https://alertmanager.example.com')).toEqual({ alertmanager: 'https://alertmanager.example.com' });
    for (const none of [undefined, 7, '', 'javascript:alert(1)', `http://${'x'.repeat(1000)}`]) expect(linksOf(none)).toEqual({});
    expect(linksOf('https://grafana.example.com', 'grafana')).toEqual({});
  });

  it('lends its status to an alert without one', () => {
    const bare = { labels: { alertname: 'Bare' } };
    expect(webhook({ status: 'RESOLVED', alerts: [bare] }).alerts[0]).toHaveProperty('status', 'resolved');
    expect(webhook({ state: 'ok', alerts: [bare] }).alerts[0]).toHaveProperty('status', 'resolved');
    expect(webhook({ status: 'nonsense', alerts: [bare] }).alerts[0]).toHaveProperty('status', 'firing');
  });

  it('loses one malformed alert and no other', () => {
    const event = webhook({ alerts: [ALERT, { ...ALERT, labels: { team: { name: 'x' } } }, null, { ...ALERT, labels: { alertname: 'Last' } }] });
    expect(event.alerts.map((alert) => alert.labels.get('alertname'))).toEqual(['Bare', 'Last']);
    expect(event.malformed).toEqual([
      { pointer: '/alerts/1/labels/team', detail: 'must be a text, not an object', raw: '{"status":"firing","labels":{"team":{"name":"x"}}}' },
      { pointer: '/alerts/2', detail: 'must be an object, not null', raw: 'null' },
    ]);
  });
});

describe('a body that is no webhook', () => {
  it('is a fault of the body itself when it is no object', () => {
    for (const body of [null, 7, 'x', true, [], [ALERT]]) expect(read(body)).toMatchObject({ kind: 'fault', pointer: '' });
  });

  it('is a fault at /alerts when that is no array', () => {
    for (const alerts of [undefined, null, {}, 'x', 7]) expect(read({ version: '4', alerts })).toMatchObject({ kind: 'fault', pointer: '/alerts' });
    expect(read({})).toMatchObject({ detail: 'must be an array of alerts, not missing' });
    expect(read(JSON.parse('{"__proto__": {"alerts": []}}'))).toMatchObject({ kind: 'fault', pointer: '/alerts' });
  });

  it('is a fault at /alerts when there are more than any real webhook holds', () => {
    expect(read({ alerts: new Array(250_001).fill(0) })).toEqual({
      kind: 'fault',
      pointer: '/alerts',
      detail: 'has 250001 alerts; at most 250000 are allowed',
    });
  });
});

describe('what is kept of a malformed alert', () => {
  const rawOf = (alert: unknown) => webhook({ alerts: [alert] }).malformed[0]?.raw ?? '';

  it('is its JSON text, whole up to 16 KiB', () => {
    const text = 'x'.repeat(16_384 - 2);
    expect(rawOf(text)).toBe(JSON.stringify(text));
    expect(rawOf(`${text}y`)).toBe(`"${text}y`);
  });

  it('is cut between characters', () => {
    const raw = rawOf('€'.repeat(10_000));
    expect(Buffer.byteLength(raw)).toBe(16_384);
    expect(raw).toBe(`"${'€'.repeat(5_461)}`);
    expect(rawOf(`x${'€'.repeat(10_000)}`)).toBe(`"x${'€'.repeat(5_460)}`);
  });

  it('is a note when it is nested deeper than it could be written', () => {
    const depth = 200_000;
    expect(rawOf(JSON.parse('['.repeat(depth) + ']'.repeat(depth)))).toBe('"(nested too deeply to be shown)"');
  });
});

describe('the sender', () => {
  const sourceOf = (body: Record<string, unknown>, path: AlertSource) => webhook({ alerts: [], ...body }, path).source;

  it('is told by the body, on either path', () => {
    for (const path of ['alertmanager', 'grafana'] as const) {
      expect(sourceOf({ version: '4' }, path)).toBe('alertmanager');
      expect(sourceOf({ version: '1' }, path)).toBe('grafana');
      expect(sourceOf({ version: 1 }, path)).toBe('grafana');
      expect(sourceOf({ version: '4', orgId: 1 }, path)).toBe('grafana');
      expect(sourceOf({ state: 'alerting' }, path)).toBe('grafana');
    }
  });

  it('is what the path expects when the body does not tell', () => {
    expect(sourceOf({}, 'alertmanager')).toBe('alertmanager');
    expect(sourceOf({ myOwn: 'payload' }, 'grafana')).toBe('grafana');
    expect(sourceOf({ version: '7', orgId: null, state: null }, 'grafana')).toBe('grafana');
    expect(sourceOf({ version: { toString: 4 } }, 'grafana')).toBe('grafana');
  });

  it('is that of every alert', () => {
    expect(webhook({ version: '1', alerts: [ALERT] }, 'alertmanager').alerts[0]).toHaveProperty('source', 'grafana');
  });
});
