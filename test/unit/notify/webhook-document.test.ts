import { describe, expect, it } from 'vitest';
import { webhookBulletin, webhookDocument } from '../../../src/notify/webhook/document.ts';
import { readWebhook } from '../../../src/receivers/webhook-body.ts';
import { entry } from '../correlate/bulletins.ts';
import { alert, gpuNodeDown, time, view } from './incident-view.ts';

const document = (shown = gpuNodeDown(), kind: 'trigger' | 'resolve' = 'trigger') => webhookDocument({ view: shown, kind, receiver: 'ml-oncall' });
const ID = '01KJK5Z8R0QWERTY0123456789';

describe('the body of a webhook', () => {
  it('is of Alertmanager’s version 4: a group is an incident', () => {
    expect(document()).toMatchObject({
      version: '4',
      groupKey: `{}:{incident="${ID}"}`,
      groupLabels: { incident: ID },
      truncatedAlerts: 5,
      status: 'firing',
      receiver: 'ml-oncall',
      externalURL: 'https://winnow.example.com',
    });
    expect(document(gpuNodeDown({ status: 'resolved' })).status).toBe('resolved');
  });

  it('holds each alert as it came', () => {
    const ended = alert(
      { rule: 'DiskFull', status: 'resolved', lastStartsAt: time('2026-03-01T03:20:00.123456789Z'), endsAt: time('2026-03-01T03:24:00Z') },
      { labels: { team: '<ml>' }, annotations: { summary: 'full' }, links: { source: 'https://prometheus.example.com/graph' } },
    );
    expect(document(view({}, [ended, alert()])).alerts).toEqual([
      {
        status: 'resolved',
        labels: { alertname: 'DiskFull', team: '<ml>' },
        annotations: { summary: 'full' },
        startsAt: '2026-03-01T03:20:00.123456789Z',
        endsAt: '2026-03-01T03:24:00Z',
        generatorURL: 'https://prometheus.example.com/graph',
        fingerprint: '791cec13fcba0368',
      },
      expect.objectContaining({ status: 'firing', endsAt: '0001-01-01T00:00:00Z', generatorURL: '' }),
    ]);
  });

  it('says what the alerts have in common', () => {
    const shown = view({}, [
      alert({}, { labels: { cluster: 'a', node: '1' }, annotations: { team: 'ml', summary: 'x' } }),
      alert({}, { labels: { cluster: 'a', node: '2' }, annotations: { team: 'ml' } }),
    ]);
    expect(document(shown)).toMatchObject({ commonLabels: { alertname: 'NodeDown', cluster: 'a' }, commonAnnotations: { team: 'ml' } });
    expect(document(shown).commonLabels).not.toHaveProperty('node');
  });

  it('has the incident under one more key, its alerts apart', () => {
    expect(document().winnow).toMatchObject({
      kind: 'trigger',
      incident: { id: ID, severity: 'critical', rootCauses: [{ entity: 'node/gpu-7', score: 0.71 }, {}] },
    });
    expect(document().winnow.incident).not.toHaveProperty('alerts');
  });

  it('can be read by what reads Alertmanager', () => {
    const read = readWebhook(JSON.parse(JSON.stringify(document())), { source: 'alertmanager', receivedAt: 0 });
    expect(read).toMatchObject({ kind: 'webhook', malformed: [] });
    expect(read.kind === 'webhook' && read.alerts.map(({ labels }) => labels.get('alertname'))).toEqual(gpuNodeDown().alerts.map(({ member }) => member.rule));
  });

  it('of a digest is a document of its own', () => {
    expect(webhookBulletin({ kind: 'digest', entries: [entry()], more: 2, over: false, externalUrl: null })).toMatchObject({
      winnow: { kind: 'digest', title: 'Held back: 3 alerts of 1 rule and more', rules: [{ rule: 'DiskFull', alerts: 1 }], moreAlerts: 2 },
    });
  });
});
