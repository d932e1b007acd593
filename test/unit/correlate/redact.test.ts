import { describe, expect, it } from 'vitest';
import { redactedRaw } from '../../../src/correlate/redact.ts';
import { firing, type Scene, scene, webhook } from './scenario.ts';

const redaction = { labels: new Set(['customer']), annotations: new Set(['query']) };
const NONE = { labels: new Set<string>(), annotations: new Set<string>() };

const alert = (fingerprint: string) => ({
  ...firing(fingerprint, { labels: { customer: 'acme-secret', to: 'console' } }),
  annotations: new Map([
    ['query', 'select acme-secret'],
    ['summary', 'is down'],
  ]),
  links: { silence: 'https://grafana.example/silence?matcher=customer%3Dacme-secret', source: 'https://prometheus.example/graph' },
});

const document = (s: Scene) => s.draft.changes().documents.get('a');

describe('what is redacted', () => {
  it('is in no record', () => {
    const s = scene({ redaction });
    s.at('10:00', webhook(alert('a'), alert('b')));
    expect(document(s)?.labels.has('customer')).toBe(false);
    expect([...(document(s)?.annotations.keys() ?? [])]).toEqual(['summary']);
    expect(document(s)?.links).toEqual({ source: 'https://prometheus.example/graph' });
    const text = JSON.stringify(s.draft.changes(), (_, value: unknown) => (value instanceof Map ? [...value] : value));
    expect(text).not.toContain('acme-secret');
  });

  it('is there when nothing is', () => {
    const s = scene();
    s.at('10:00', webhook(alert('a')));
    expect(document(s)?.labels.get('customer')).toBe('acme-secret');
    expect(document(s)?.links.silence).toContain('customer');
  });

  it('is routed by all the same', () => {
    const routed = scene({ redaction: { ...NONE, labels: new Set(['to']) } });
    routed.at('10:00', webhook(alert('a')));
    expect(routed.incidentOf('a').receivers).toEqual(['console']);
    expect(document(routed)?.labels.has('to')).toBe(false);
  });

  it('is in no excerpt of what could not be understood', () => {
    const raw = JSON.stringify({ labels: { customer: 'acme-secret', node: 'n' }, annotations: { query: 'x' }, startsAt: 'when?' });
    expect(redactedRaw(raw, redaction)).toBe('{"labels":{"node":"n"},"annotations":{},"startsAt":"when?"}');
    expect(redactedRaw(raw, NONE)).toBe(raw);
    for (const cut of [raw.slice(0, 30), '["acme-secret"]', '{"labels":"customer=acme-secret"}'])
      expect(redactedRaw(cut, redaction)).not.toContain('acme-secret');
  });
});
