import { describe, expect, it } from 'vitest';
import { edges, firing, scene, webhook } from './scenario.ts';

describe('the title of an incident', () => {
  it('names the rule and the entity of its likeliest cause, and how many more alerts there are', () => {
    const s = scene({ dependencies: edges(['model/ranker', 'node/gpu-7']) });
    s.at('10:00', webhook(firing('r', { labels: { alertname: 'PredictionDrift', node: '', model_name: 'ranker' } })));
    expect(s.incidentOf('r').title).toBe('PredictionDrift on model/ranker');
    s.at('10:01', webhook(firing('g', { labels: { node: 'gpu-7' } })));
    expect(s.incidentOf('r').title).toBe('NodeDown on node/gpu-7 and 1 more alert');
    s.at('10:02', webhook(firing('h', { labels: { node: 'gpu-7' } })));
    expect(s.incidentOf('r').title).toBe('NodeDown on node/gpu-7 and 2 more alerts');
    expect(s.timeline('r')).toEqual(['opened', 'joined', 'cause-changed', 'joined']);
  });

  it('says when the cause has no alert of its own', () => {
    const s = scene({
      dependencies: edges(['service/a', 'database/users'], ['service/b', 'database/users'], ['service/c', 'database/users'], ['service/d', 'database/users']),
    });
    s.at('10:00', webhook(...['a', 'b', 'c', 'd'].map((name) => firing(name, { labels: { alertname: 'ErrorRateHigh', node: '', service: name } }))));
    expect(s.incidentOf('a').rootCauses[0]).toMatchObject({ entity: 'database/users', fingerprint: null });
    expect(s.incidentOf('a').title).toBe('ErrorRateHigh below database/users and 3 more alerts');
  });

  it('does without an entity and without a rule', () => {
    const s = scene();
    s.at('10:00', webhook(firing('a', { labels: { node: '' } }), firing('b', { labels: { node: '', alertname: '' } })));
    expect([s.incidentOf('a').title, s.incidentOf('b').title]).toEqual(['NodeDown', 'An alert']);
  });
});
