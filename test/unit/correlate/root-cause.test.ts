import { describe, expect, it } from 'vitest';
import { rankCauses } from '../../../src/correlate/root-cause.ts';
import type { Change } from '../../../src/model/change.ts';
import { type Edge, Topology } from '../../../src/model/topology.ts';
import { at, edges, part } from './scenario.ts';

const gpu = part({ entity: 'node/gpu-7', domain: 'infra', firstAt: at('10:00'), fingerprint: 'gpu' });
const ranker = part({ entity: 'model/ranker', domain: 'model', firstAt: at('10:00:40'), fingerprint: 'ranker' });
const search = part({ entity: 'service/search', domain: 'application', firstAt: at('10:02'), fingerprint: 'search' });
const CHAIN = edges(['model/ranker', 'node/gpu-7'], ['service/search', 'model/ranker']);

const rank = (parts: readonly ReturnType<typeof part>[], graph: readonly Edge[] = CHAIN, changes: readonly Change[] = []) =>
  rankCauses(parts, new Topology(graph), changes);
const named = (causes: ReturnType<typeof rank>): readonly string[] => causes.map((cause) => cause.entity);

describe('the likeliest cause', () => {
  it('is what the others depend on', () => {
    expect(named(rank([gpu, ranker, search]))).toEqual(['node/gpu-7', 'model/ranker', 'service/search']);
  });

  it('is so also when its own alert came last', () => {
    expect(named(rank([{ ...gpu, firstAt: at('10:04') }, ranker, search]))[0]).toBe('node/gpu-7');
  });

  it('is the first to fire where the graph says nothing', () => {
    const a = part({ entity: 'x/late', domain: 'unknown', firstAt: at('10:05') });
    const b = part({ entity: 'x/early', domain: 'unknown', firstAt: at('10:00') });
    expect(named(rank([a, b], []))).toEqual(['x/early', 'x/late']);
  });

  it('is further down the stack among equals', () => {
    const kpi = part({ entity: 'kpi/revenue', domain: 'business' });
    expect(named(rank([kpi, gpu], []))).toEqual(['node/gpu-7', 'kpi/revenue']);
  });

  it('does not depend on the order in which the entities came', () => {
    expect(rank([search, ranker, gpu])).toEqual(rank([gpu, ranker, search]));
  });

  it('may be something without an alert of its own, on which several depend', () => {
    const ads = part({ entity: 'service/ads', domain: 'application', firstAt: at('10:02') });
    const mail = part({ entity: 'service/mail', domain: 'application', firstAt: at('10:02') });
    const causes = rank(
      [search, ads, mail],
      edges(['service/search', 'database/users'], ['service/ads', 'database/users'], ['service/mail', 'database/users']),
    );
    const silent = causes.find((cause) => cause.entity === 'database/users');
    expect(silent?.fingerprint).toBe(null);
    expect(silent?.evidence).toEqual([
      { kind: 'topology', summary: '3 of the 3 other entities with alerts depend on it', value: 3, observations: 3 },
      { kind: 'silent', summary: 'has no alert of its own' },
    ]);
  });

  it('is never silent when only one depends on it', () => {
    expect(named(rank([search], edges(['service/search', 'database/users'])))).toEqual(['service/search']);
  });
});

describe('the ranking', () => {
  it('counts from 1, with scores between 0 and 1 that fall and add up to 1', () => {
    const causes = rank([gpu, ranker, search]);
    expect(causes.map((cause) => cause.rank)).toEqual([1, 2, 3]);
    const scores = causes.map((cause) => cause.score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 2);
  });

  it('names five at most', () => {
    expect(rank([1, 2, 3, 4, 5, 6, 7].map((n) => part({ entity: `node/gpu-${n}` })))).toHaveLength(5);
  });

  it('names none when no alert names an entity', () => {
    expect(rank([part({ entity: null })])).toEqual([]);
  });

  it('survives a graph that goes round in circles', () => {
    expect(named(rank([gpu, ranker], edges(['node/gpu-7', 'model/ranker'], ['model/ranker', 'node/gpu-7'])))).toEqual(['node/gpu-7', 'model/ranker']);
  });
});

describe('the evidence', () => {
  it('says what a cause explains and that it was first', () => {
    expect(rank([gpu, ranker, search])[0]?.evidence).toEqual([
      { kind: 'topology', summary: '2 of the 2 other entities with alerts depend on it', value: 2, observations: 2 },
      { kind: 'precedence', summary: 'first to fire, 40 s before the next', value: 40 },
    ]);
  });

  it('says of an effect what it depends on and how much later it came', () => {
    const effect = rank([gpu, ranker, search]).find((cause) => cause.entity === 'service/search');
    expect(effect?.evidence).toEqual([
      { kind: 'precedence', summary: 'first alert 2 min after the first of the incident', value: 120 },
      { kind: 'topology', summary: 'depends on model/ranker, which has alerts here too', value: 1 },
    ]);
  });

  it('says of an only entity that it is the only one', () => {
    expect(rank([gpu])[0]?.evidence).toEqual([{ kind: 'precedence', summary: 'the only entity with alerts' }]);
  });

  it('says nothing of being behind when two fire together', () => {
    expect(rank([gpu, { ...ranker, firstAt: gpu.firstAt }], [])[1]?.evidence).toEqual([{ kind: 'precedence', summary: 'among the first to fire', value: 0 }]);
  });
});

describe('a change of the entity', () => {
  const change = (id: string, time: string, entity = 'node/gpu-7'): Change => ({
    id,
    entity,
    summary: 'driver 570',
    kind: 'deployment',
    at: at(time),
    link: null,
  });

  it('in the half hour before its first alert is named', () => {
    const cause = rank([gpu], CHAIN, [change('c1', '09:48')])[0];
    expect(cause?.changeId).toBe('c1');
    expect(cause?.evidence).toContainEqual({ kind: 'change', summary: 'was changed 12 min before (deployment)', value: 720 });
  });

  it('is the latest of several', () => {
    expect(rank([gpu], CHAIN, [change('c2', '09:50'), change('c1', '09:48')])[0]?.changeId).toBe('c2');
  });

  it.each([
    ['long before', change('c1', '09:29')],
    ['after the alert', change('c1', '10:01')],
    ['of another entity', change('c1', '09:50', 'node/gpu-8')],
  ])('%s is not', (_case, other) => {
    expect(rank([gpu], CHAIN, [other])[0]?.changeId).toBe(null);
  });
});
