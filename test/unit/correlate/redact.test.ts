import { describe, expect, it } from 'vitest';
import { redactionOf } from '../../../src/config/redaction.ts';
import { redactedRaw } from '../../../src/correlate/redact.ts';
import { veiled, veiledSubject } from '../../../src/correlate/veil.ts';
import { Secret } from '../../../src/model/secret.ts';
import { action, at, edges, firing, policy, redaction, routesTo, type Scene, scene, webhook } from './scenario.ts';

const redacted = redaction(['customer'], { annotations: ['query'] });

const alert = (fingerprint: string) => ({
  ...firing(fingerprint, { labels: { customer: 'acme-secret', to: 'console' } }),
  annotations: new Map([
    ['query', 'select acme-secret'],
    ['summary', 'is down'],
  ]),
  links: { silence: 'https://grafana.example/silence?matcher=customer%3Dacme-secret', source: 'https://prometheus.example/graph' },
});

/** All that a scene would keep, as text. */
const written = (s: Scene) => JSON.stringify(s.draft.changes(), (_, value: unknown) => (value instanceof Map || value instanceof Set ? [...value] : value));

const document = (s: Scene) => s.draft.changes().documents.get('a');

describe('what is redacted', () => {
  it('is in no record', () => {
    const s = scene({ redaction: redacted });
    s.at('10:00', webhook(alert('a'), alert('b')));
    expect(document(s)?.labels.has('customer')).toBe(false);
    expect([...(document(s)?.annotations.keys() ?? [])]).toEqual(['summary']);
    expect(document(s)?.links).toEqual({ source: 'https://prometheus.example/graph' });
    expect(written(s)).not.toContain('acme-secret');
  });

  it('is there when nothing is', () => {
    const s = scene();
    s.at('10:00', webhook(alert('a')));
    expect(document(s)?.labels.get('customer')).toBe('acme-secret');
    expect(document(s)?.links.silence).toContain('customer');
  });

  it('is routed by all the same', () => {
    const routed = scene({ redaction: redaction(['to']) });
    routed.at('10:00', webhook(alert('a')));
    expect(routed.incidentOf('a').receivers).toEqual(['console']);
    expect(document(routed)?.labels.has('to')).toBe(false);
  });

  it('is in no excerpt of what could not be understood', () => {
    const raw = JSON.stringify({ labels: { customer: 'acme-secret', node: 'n' }, annotations: { query: 'x' }, startsAt: 'when?' });
    expect(redactedRaw(raw, redacted)).toBe('{"labels":{"node":"n"},"annotations":{},"startsAt":"when?"}');
    expect(redactedRaw(raw, redaction())).toBe(raw);
    for (const cut of [raw.slice(0, 30), '["acme-secret"]', '{"labels":"customer=acme-secret"}'])
      expect(redactedRaw(cut, redacted)).not.toContain('acme-secret');
  });
});

describe('an entity that a redacted label names', () => {
  const name = (s: Scene, fingerprint: string) => s.alert(fingerprint).entity ?? '';

  it('goes by a pseudonym, the same for one machine whatever its port and whichever label names it, and joins by it', () => {
    const s = scene({ redaction: redaction(['node']) });
    s.at('10:00', webhook(firing('a', { labels: { node: 'gpu-secret' } })));
    s.at('10:00', webhook(firing('b', { labels: { node: 'gpu-secret:9100', alertname: 'DiskFull' } })));
    s.at('10:00', webhook(firing('c', { labels: { node: '', instance: 'gpu-secret:9400', alertname: 'FanBroken' } })));
    s.at('10:00', webhook(firing('d', { labels: { node: 'other', alertname: 'DiskFull' } })));
    expect(name(s, 'a')).toMatch(/^node\/redacted-[0-9a-f]{12}$/);
    expect([name(s, 'b'), name(s, 'c')]).toEqual([name(s, 'a'), name(s, 'a')]);
    expect(s.incidentOf('b').id).toBe(s.incidentOf('a').id);
    expect(name(s, 'd')).not.toBe(name(s, 'a'));
    expect(s.incidentOf('a').title).toContain(name(s, 'a'));
    // All pseudonyms begin with the same word, which relates nothing.
    expect(written(s)).not.toContain('~redacted');
  });

  it('is in no record: not as an entity, not as a dependency that labels prove, not as a word, not in what conditions compare', () => {
    const condition = { id: 'c', matches: () => true, equal: ['pod'], count: 1, within: 0, source: 's' };
    const s = scene({
      redaction: redaction(['pod']),
      inhibitRules: [
        { id: 'i', source: { matches: () => true, text: 's' }, target: { matches: (of) => of.get('severity') === 'info', text: 't' }, equal: ['pod'] },
      ],
      suppression: { ...policy().suppression, conditions: [condition] },
    });
    const pod = { pod: 'acmesecret-6c9f8d7b5-x2x4z', namespace: 'ml', node: 'gpu-7' };
    s.at(
      '10:00',
      webhook(firing('a', { labels: { ...pod, alertname: 'PodCrash' } }), firing('b', { labels: { ...pod, alertname: 'PodSlow', severity: 'info' } })),
    );
    expect(name(s, 'a')).toMatch(/^pod\/redacted-/);
    expect(s.alert('b').hold?.reason).toBe('inhibited');
    expect([...s.draft.changes().learned.keys()].filter((key) => key.startsWith('e '))).not.toEqual([]);
    expect(written(s)).not.toContain('acmesecret');
  });

  it('depends on what the configuration says, which causes are told by', () => {
    const s = scene({ redaction: redaction(['node']), dependencies: edges(['model/ranker', 'node/gpu-secret.example.org']) });
    s.at('10:00', webhook(firing('a', { labels: { node: 'gpu-secret' } })));
    s.at('10:00:40', webhook(firing('b', { labels: { node: '', model: 'ranker', alertname: 'Slow' }, startsAt: '10:00:40' })));
    expect(s.incidentOf('b').id).toBe(s.incidentOf('a').id);
    expect(s.incidentOf('a').rootCauses[0]?.entity).toBe(name(s, 'a'));
    expect(written(s)).not.toContain('gpu-secret');
  });

  it('is what a change and a judgement of it are about', () => {
    const s = scene({ redaction: redaction(['node']) });
    s.at('09:58', {
      kind: 'change',
      receivedAt: 0,
      by: 'ci',
      change: { id: 'c', entity: 'node/gpu-secret', summary: 'kernel', kind: 'upgrade', at: at('09:58'), link: null },
    });
    s.at('10:00', webhook(firing('a', { labels: { node: 'gpu-secret' } })));
    expect(s.incidentOf('a').rootCauses[0]).toMatchObject({ entity: name(s, 'a'), changeId: 'c' });
    for (const entity of ['node/gpu-secret', name(s, 'a')]) s.at('10:05', action({ action: 'feedback', entity, correct: false }, 'a'));
    expect(s.incidentOf('a').feedback.map(({ entity }) => entity)).toEqual([name(s, 'a')]);
    expect(written(s)).not.toContain('gpu-secret');
  });

  it('of a configured kind, or of what stands within it, goes by one too, and others by their names', () => {
    const kinds = (labels: string[], given: Partial<Parameters<typeof redaction>[1]> = {}) => redaction(labels, given).kinds;
    expect([...kinds(['customer'], { entityKinds: [{ kind: 'tenant', labels: ['customer'] }] })]).toEqual(['tenant']);
    expect(kinds(['node'], { aliases: [{ entity: 'rack/a', name: '10.0.0.7' }] })).toContain('rack');
    for (const kind of ['node', 'host', 'gpu', 'nic']) expect(kinds(['exported_node'])).toContain(kind);
    expect(kinds(['node'])).not.toContain('model');
    expect(kinds(['pod'])).toContain('workload');
    const s = scene({ redaction: redaction(['customer']) });
    s.at('10:00', webhook(firing('gpu-7', { labels: { customer: 'x' } })));
    expect(name(s, 'gpu-7')).toBe('node/gpu-7');
  });

  it('that only a redacted label gives goes by one, of whatever kind', () => {
    const found = { entity: 'odd/secret', edges: edges(['odd/secret', 'model/m']) };
    const shown = veiledSubject(found, { entity: null, edges: edges(['x/y', 'model/m']) }, redaction(['z']));
    expect(shown.entity).toMatch(/^odd\/redacted-/);
    expect(shown.edges).toEqual([{ from: shown.entity, to: 'model/m', origin: 'declared' }]);
  });

  it('is routed, silenced and matched by its value all the same', () => {
    const s = scene({ redaction: redaction(['node']), route: (of) => routesTo(of.get('node') === 'gpu-secret' ? 'console' : 'slack') });
    s.at('10:00', webhook(firing('a', { labels: { node: 'gpu-secret' } })));
    expect(s.incidentOf('a').receivers).toEqual(['console']);
  });
});

describe('pseudonyms', () => {
  it('depend on the key, and pseudonyms stay what they are', () => {
    const other = redactionOf(
      { labels: new Set(['node']), annotations: new Set(), key: new Secret('another key of some length') },
      { entityKinds: [], aliases: [] },
    );
    const ours = redaction(['node']);
    expect(ours.pseudonym('gpu-7')).not.toBe(other.pseudonym('gpu-7'));
    expect(veiled(veiled('node/gpu-7', ours), ours)).toBe(veiled('node/gpu-7', ours));
  });
});
