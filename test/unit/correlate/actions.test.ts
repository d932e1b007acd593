import { describe, expect, it } from 'vitest';
import { action, at, edges, firing, type Scene, scene, webhook } from './scenario.ts';

/** A node and a model that runs on it: one incident, whose first cause is the node. */
function two(): Scene {
  const s = scene({ dependencies: edges(['model/ranker', 'node/gpu-7']) });
  s.at('10:00', webhook(firing('a', { labels: { node: 'gpu-7' } })));
  s.at('10:00:30', webhook(firing('b', { labels: { node: '', model: 'ranker', alertname: 'DriftHigh', severity: 'warning' }, startsAt: '10:00:30' })));
  expect(s.incidentOf('b').id).toBe(s.incidentOf('a').id);
  return s;
}

const causes = (s: Scene) => s.incidentOf('a').rootCauses.map(({ entity }) => entity);

describe('what a person says of a cause', () => {
  it('puts one that is wrong below the others, with the reason', () => {
    const s = two();
    expect(causes(s)[0]).toBe('node/gpu-7');
    s.at('10:05', action({ action: 'feedback', entity: 'node/gpu-7', correct: false }, 'a'));
    expect(causes(s).at(-1)).toBe('node/gpu-7');
    expect(s.incidentOf('a').rootCauses.at(-1)?.evidence[0]).toEqual({ kind: 'feedback', summary: 'ada said that it is not the cause' });
    expect(s.timeline('a').slice(-2)).toEqual(['feedback', 'cause-changed']);
  });

  it('puts one that is right first, with a score that says so', () => {
    const s = two();
    s.at('10:05', action({ action: 'feedback', entity: 'model/ranker', correct: true }, 'a'));
    expect(causes(s)[0]).toBe('model/ranker');
    expect(s.incidentOf('a').rootCauses[0]?.score).toBeGreaterThan(0.9);
  });

  it('may name what nothing pointed to', () => {
    const s = two();
    s.at('10:05', action({ action: 'feedback', entity: 'switch/leaf-3', correct: true }, 'a'));
    expect(s.incidentOf('a').rootCauses[0]).toMatchObject({ entity: 'switch/leaf-3', fingerprint: null });
  });

  it('holds for the causes that are ranked later, and the last word counts', () => {
    const s = two();
    s.at('10:05', action({ action: 'feedback', entity: 'node/gpu-7', correct: false }, 'a'));
    s.at('10:06', webhook(firing('c', { labels: { node: 'gpu-7', alertname: 'DiskFull' }, startsAt: '10:06' })));
    expect(causes(s)[0]).toBe('model/ranker');
    s.at('10:07', action({ action: 'feedback', entity: 'node/gpu-7', correct: true }, 'a', { by: 'bob' }));
    expect(causes(s)[0]).toBe('node/gpu-7');
    expect(s.incidentOf('a').feedback).toEqual([{ entity: 'node/gpu-7', correct: true, by: 'bob', at: at('10:07') }]);
  });
});

describe('a person merges', () => {
  const apart = () => {
    const s = scene();
    s.at('10:00', webhook(firing('a')));
    s.at('10:05', webhook(firing('b', { startsAt: '10:05' })));
    return s;
  };

  it('one incident into another, the younger or the older', () => {
    const s = apart();
    const into = s.incidentOf('b').id;
    expect(s.at('10:06', action({ action: 'merge', into }, 'a'))).toEqual({ ok: true, incidentId: into });
    expect(s.incidentOf('a')).toMatchObject({ id: into, alertCount: 2, startsAt: at('10:00') });
    const merged = s.draft.changes().timeline.filter(({ entry }) => entry.kind === 'merged');
    expect(merged.map(({ entry }) => [entry.by, entry.evidence[0]?.kind])).toEqual([
      ['ada', 'person'],
      ['ada', 'person'],
    ]);
  });

  it('and nothing can be said any more of a cause of what goes on elsewhere', () => {
    const s = apart();
    const [from, into] = [s.incidentOf('a').id, s.incidentOf('b').id];
    s.at('10:06', action({ action: 'merge', into }, 'a'));
    const said = action({ action: 'feedback', entity: 'node/a', correct: true }, 'a', { incidentId: from, fingerprints: [] });
    expect(s.at('10:07', said)).toEqual({ ok: false, code: 'already-resolved', detail: `the incident goes on as ${into}` });
  });

  it('neither into itself nor into what is not there or is over', () => {
    const s = apart();
    expect(s.at('10:06', action({ action: 'merge', into: s.incidentOf('a').id }, 'a'))).toMatchObject({ code: 'not-possible' });
    expect(s.at('10:06', action({ action: 'merge', into: '01X' }, 'a'))).toMatchObject({ code: 'not-found' });
    s.at('10:07', action('resolve', 'b'));
    expect(s.at('10:08', action({ action: 'merge', into: s.incidentOf('b').id }, 'a'))).toMatchObject({ code: 'already-resolved' });
  });
});

describe('an Idempotency-Key', () => {
  const open = () => {
    const s = scene();
    s.at('10:00', webhook(firing('a', { labels: { node: 'gpu-7' } }), firing('b', { labels: { node: 'gpu-7', alertname: 'DiskFull' } })));
    return s;
  };
  const split = (given = {}) => action({ action: 'split' }, 'b', { incidentId: null, key: 'k1', ...given });

  it('makes the same request again do nothing, and answer the same', () => {
    const s = open();
    const first = s.at('10:05', split());
    expect(s.at('10:06', split())).toEqual(first);
    expect(s.draft.changes().incidents.size).toBe(2);
  });

  it('is refused with another request', () => {
    const s = open();
    s.at('10:05', split());
    expect(s.at('10:06', action('resolve', 'a', { key: 'k1' }))).toMatchObject({ ok: false, code: 'key-reused' });
    expect(s.incidentOf('a').status).toBe('open');
  });

  it('is forgotten after a day', () => {
    const s = open();
    s.at('10:05', split());
    expect(s.at('+1d 10:06', action('resolve', 'a', { key: 'k1' }))).toMatchObject({ ok: true });
  });

  it('of what was refused can be used again', () => {
    const s = open();
    expect(s.at('10:05', action({ action: 'split' }, 'x', { incidentId: s.incidentOf('a').id, key: 'k2' }))).toMatchObject({ ok: false });
    expect(s.at('10:06', split({ key: 'k2' }))).toMatchObject({ ok: true });
  });
});

describe('the audit log', () => {
  it('keeps who changed what, before and after, and nothing of what changed nothing', () => {
    const s = two();
    s.at('10:05', action('acknowledge', 'a', { comment: 'mine' }));
    s.at('10:06', action('acknowledge', 'a', { by: 'bob' }));
    s.at('10:07', { kind: 'topology', receivedAt: 0, edges: edges(['a/b', 'c/d']), by: 'ci' });
    expect(s.draft.changes().audit).toEqual([
      {
        at: at('10:05'),
        by: 'ada',
        action: 'acknowledge',
        target: s.incidentOf('a').id,
        before: { status: 'open', acknowledgedBy: null },
        after: { status: 'acknowledged', acknowledgedBy: 'ada' },
        comment: 'mine',
      },
      { at: at('10:07'), by: 'ci', action: 'topology', target: null, before: { edges: 0 }, after: { edges: 1 }, comment: null },
    ]);
  });

  it('keeps a change that is reported again with what it was', () => {
    const s = scene();
    const change = { id: 'd1', entity: 'model/ranker', summary: 'v1', kind: 'deployment', at: at('09:00'), link: null };
    s.at('10:00', { kind: 'change', receivedAt: 0, change, by: 'ci' });
    s.at('10:01', { kind: 'change', receivedAt: 0, change: { ...change, summary: 'v2' }, by: 'ci' });
    expect(s.draft.changes().audit.map(({ before, after }) => [before?.['summary'] ?? null, after?.['summary']])).toEqual([
      [null, 'v1'],
      ['v1', 'v2'],
    ]);
  });
});
