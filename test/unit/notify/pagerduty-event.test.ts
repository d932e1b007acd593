import { describe, expect, it } from 'vitest';
import type { IncidentView } from '../../../src/notify/integration.ts';
import type { PagerDutyCall } from '../../../src/notify/pagerduty/calls.ts';
import { pagerDutyEvent } from '../../../src/notify/pagerduty/event.ts';
import { alert, gpuNodeDown, view } from './incident-view.ts';

const routingKey = '0123456789abcdef0123456789abcdef';
const event = (shown: IncidentView, action: PagerDutyCall['action'] = 'trigger') =>
  JSON.parse(pagerDutyEvent({ call: { action, dedupKey: 'the-key' }, view: shown, routingKey }));

describe('a trigger', () => {
  it('says what is broken, since when, and on what', () => {
    expect(event(gpuNodeDown())).toMatchObject({
      routing_key: routingKey,
      event_action: 'trigger',
      dedup_key: 'the-key',
      client: 'Winnow',
      client_url: 'https://winnow.example.com/#/incidents/01KJK5Z8R0QWERTY0123456789',
      payload: {
        summary: expect.stringMatching(/^GPUNodeNotReady on node\/gpu-7\. .*Likely cause node\/gpu-7/),
        source: 'node/gpu-7',
        severity: 'critical',
        timestamp: '2026-03-01T03:12:00Z',
        component: 'node/gpu-7',
        group: 'infra, data, model, business',
        class: 'GPUNodeNotReady',
      },
    });
  });

  it('gives the cause, the reasons, the reach and the alerts in its details', () => {
    expect(event(gpuNodeDown()).payload.custom_details).toMatchObject({
      likely_cause: 'node/gpu-7 (score 0.71)',
      evidence: ['first to fire, 40 s before the next', '4 of the 5 other entities depend on it, by way of model/ranker'],
      other_causes: ['model/ranker (score 0.18): model-promotion "ranker v41" 25 min before the first alert'],
      alert_count: 12,
      alerts: expect.arrayContaining([
        'warning: PredictionDrift on model/ranker since 2026-03-01T03:27:00Z: PSI of ranker scores is 0.31 (limit 0.2)',
        'and 5 more',
      ]),
    });
  });

  it('says in its details until when it is snoozed, and by whom', () => {
    const { custom_details } = event(view({ snoozedUntil: Date.parse('2026-03-01T09:00:00Z'), snoozedBy: '@ada' })).payload;
    expect(custom_details.snoozed).toBe('Snoozed by @ada until 2026-03-01T09:00:00Z');
    expect(event(view()).payload.custom_details).not.toHaveProperty('snoozed');
  });

  it('links to runbook and dashboard', () => {
    expect(event(gpuNodeDown()).links[0]).toEqual({ href: 'https://runbooks.example.com/gpu-node-not-ready', text: 'Runbook GPUNodeNotReady' });
  });

  it.each(['critical', 'warning', 'info'] as const)('keeps the severity %s', (severity) => {
    expect(event(view({ severity })).payload.severity).toBe(severity);
  });

  it('has a source also when nothing names an entity', () => {
    expect(event(view({}, [alert({ entity: null })])).payload.source).toBe('winnow');
    expect(event(view({}, [])).payload.source).toBe('winnow');
  });

  it('stays below 64 KiB, whatever the alerts say, and then says how many it leaves out', () => {
    const huge = '𝕏"'.repeat(5000);
    const shown = Array.from({ length: 100 }, () =>
      alert({ rule: huge, entity: huge }, { annotations: { summary: huge, runbook_url: `https://a.example/${'"'.repeat(300)}` } }),
    );
    const evidence = Array.from({ length: 9 }, () => ({ kind: 'x', summary: huge }));
    const rootCauses = [1, 2, 3].map((rank) => ({ rank, score: 0.3, entity: huge, fingerprint: null, changeId: null, evidence }));
    const json = pagerDutyEvent({ call: { action: 'trigger', dedupKey: 'k' }, view: view({ title: huge, alertCount: 5000, rootCauses }, shown), routingKey });
    expect(Buffer.byteLength(json)).toBeLessThanOrEqual(64 * 1024);
    expect(Array.from(JSON.parse(json).payload.summary).length).toBeLessThanOrEqual(1024);
    expect(JSON.parse(json).payload.custom_details.alerts.at(-1)).toMatch(/^and 4\d\d\d more$/);
  });
});

it.each(['acknowledge', 'resolve'] as const)('an event to %s is about a key and says no more', (action) => {
  expect(event(gpuNodeDown(), action)).toEqual({ routing_key: routingKey, event_action: action, dedup_key: 'the-key' });
});

describe('pictures', () => {
  const graph = (image: string) => event(view({}, [alert({}, { links: { image, panel: 'https://grafana.example.com/d/gpu?viewPanel=3' } })])).images;

  it('come with the alerts that have one, and lead to their panel', () => {
    expect(graph('https://grafana.example.com/render/gpu.png')).toEqual([
      { src: 'https://grafana.example.com/render/gpu.png', href: 'https://grafana.example.com/d/gpu?viewPanel=3', alt: 'NodeDown' },
    ]);
  });

  it('are left out when they are not https, which PagerDuty would refuse', () => {
    expect(graph('http://grafana.example.com/render/gpu.png')).toBe(undefined);
  });
});
