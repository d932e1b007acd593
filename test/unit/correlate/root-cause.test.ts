import { describe, expect, it } from 'vitest';
import { CONSTANTS, type Constants } from '../../../src/correlate/constants.ts';
import { rankCauses } from '../../../src/correlate/root-cause.ts';
import type { Change } from '../../../src/model/change.ts';
import type { EntityPart, RootCause } from '../../../src/model/incident.ts';
import { DAY, MINUTE } from '../../../src/model/time.ts';
import { type Edge, Topology } from '../../../src/model/topology.ts';
import { at, edges, part } from './scenario.ts';

interface Told {
  readonly graph?: readonly Edge[];
  readonly changes?: readonly Change[];
  readonly maxHops?: number;
  readonly constants?: Constants;
}

function rank(parts: readonly EntityPart[], { graph = CHAIN, changes = [], maxHops = 4, constants = CONSTANTS }: Told = {}): readonly RootCause[] {
  return rankCauses(parts, { topology: new Topology(graph), changes, maxHops, constants });
}

const names = (causes: readonly RootCause[]): readonly string[] => causes.map(({ entity }) => entity);
const scores = (causes: readonly RootCause[]): readonly number[] => causes.map(({ score }) => score);
const of = (entity: string, causes: readonly RootCause[]): RootCause | undefined => causes.find((cause) => cause.entity === entity);
const scoreOf = (entity: string, causes: readonly RootCause[]): number => of(entity, causes)?.score ?? 0;

const gpu = part({ entity: 'node/gpu-7', domain: 'infra', rule: 'NodeDown', firstAt: at('10:00'), fingerprint: 'gpu' });
const ranker = part({ entity: 'model/ranker', domain: 'model', rule: 'InferenceLatencyHigh', symptom: 'felt', firstAt: at('10:00:40'), fingerprint: 'ranker' });
const search = part({ entity: 'service/search', domain: 'application', rule: 'HighErrorRate', symptom: 'felt', firstAt: at('10:02'), fingerprint: 'search' });
const CHAIN = edges(['model/ranker', 'node/gpu-7'], ['service/search', 'model/ranker']);

/** A service that reports errors since 10:00. */
function service(name: string, given: Partial<EntityPart> = {}): EntityPart {
  return part({ entity: `service/${name}`, domain: 'application', rule: 'HighErrorRate', symptom: 'felt', fingerprint: name, ...given });
}

/** A graph in which services depend on one thing. */
function allOn(entity: string, ...services: readonly string[]): readonly Edge[] {
  return edges(...services.map((name) => [`service/${name}`, entity] as const));
}

function change(id: string, time: string, entity = 'node/gpu-7'): Change {
  return { id, entity, summary: 'driver 570', kind: 'deployment', at: at(time), link: null };
}

/** Numbers for which scores can be reckoned by hand, whatever is in force; a part that never fires by chance counts wholly. */
const BY_HAND: Constants = {
  ...CONSTANTS,
  cause: {
    ...CONSTANTS.cause,
    chance: 0.1,
    likely: { ...CONSTANTS.cause.likely, felt: { own: 0.6, down: 0.6, up: 0.03 } },
    perStep: 0.6,
    first: 0.5,
    firstHalves: 5 * MINUTE,
    silence: 0,
    none: 0,
    temperature: 1,
  },
};

describe('the likeliest cause', () => {
  it('is the most upstream of those that alert', () => {
    expect(names(rank([gpu, ranker, search]))).toEqual(['node/gpu-7', 'model/ranker', 'service/search']);
  });

  it.each(['10:04', '10:30', '11:00'])('is so also when its own alert came last, at %s, as its rule waits longer', (time) => {
    expect(names(rank([{ ...gpu, firstAt: at(time) }, ranker, search]))[0]).toBe('node/gpu-7');
  });

  it('is the upstream end of a chain that alerts all along', () => {
    const chain = ['a', 'b', 'c', 'd', 'e'].map((name) => service(name));
    const graph = edges(['service/b', 'service/a'], ['service/c', 'service/b'], ['service/d', 'service/c'], ['service/e', 'service/d']);
    expect(names(rank(chain, { graph }))).toEqual(['service/a', 'service/b', 'service/c', 'service/d', 'service/e']);
  });

  it('makes what alerts on the way hand the trouble on, so that each is one step away', () => {
    const chain = ['a', 'b', 'c'].map((name) => service(name, { rate: 0 }));
    const graph = edges(['service/b', 'service/a'], ['service/c', 'service/b']);
    // The odds of alerting against chance: 7 on oneself and one step down, 1.3 one step up, 1.18 two steps up.
    const odds = [7 * 7 * 7, 1.3 * 7 * 7, 1.18 * 1.3 * 7];
    // Each was among the first, which none of them was.
    const total = odds.reduce((sum, each) => sum + each, Math.exp(-0.5));
    expect(scores(rank(chain, { graph, constants: BY_HAND }))).toEqual(odds.map((each) => Math.floor((each / total) * 1000) / 1000));
    // With `service/b` silent, `service/c` is two steps away, and it hands nothing on.
    const without = [chain[0] ?? gpu, chain[2] ?? gpu];
    expect(scoreOf('service/a', rank(without, { graph, constants: BY_HAND }))).toBeLessThan((7 * 7) / (7 * 7 + 1.3 * 7));
  });

  it('is the first to fire where the graph says nothing', () => {
    const late = part({ entity: 'x/late', domain: 'unknown', firstAt: at('10:05') });
    const early = part({ entity: 'x/early', domain: 'unknown', firstAt: at('10:00') });
    expect(names(rank([late, early], { graph: [] }))).toEqual(['x/early', 'x/late']);
  });

  it('has half the advantage of having been first five minutes later', () => {
    const late = service('late', { firstAt: at('10:05'), rate: 0 });
    const early = service('early', { rate: 0 });
    // 0.5 nats against 0.25, and none of the two: 7 e^0.5 to 7 e^0.25 to 1.
    expect(scores(rank([late, early], { graph: [], constants: BY_HAND }))).toEqual([0.536, 0.417]);
    expect(scores(rank([late, early], { graph: [], constants: { ...BY_HAND, cause: { ...BY_HAND.cause, temperature: 2 } } }))).toEqual([0.459, 0.405]);
  });

  it('is what reports trouble of its own before what reports an outcome, where the graph says nothing', () => {
    const kpi = part({ entity: 'kpi/revenue', domain: 'business', rule: 'RevenueLow', symptom: 'outcome', slow: true });
    expect(names(rank([kpi, gpu], { graph: [] }))).toEqual(['node/gpu-7', 'kpi/revenue']);
  });

  it('is of a sort that makes such trouble: a node that is down hardly makes predictions drift', () => {
    const drift = part({ entity: 'model/ranker', domain: 'model', rule: 'PredictionDrift', symptom: 'outcome', slow: true });
    const features = part({ entity: 'table/clicks', domain: 'data', rule: 'MaterializationFailed' });
    const graph = edges(['model/ranker', 'table/clicks'], ['model/ranker', 'node/gpu-7']);
    expect(names(rank([gpu, features, drift], { graph }))[0]).toBe('table/clicks');
  });

  it('is no further away than asked', () => {
    const graph = edges(['service/search', 'model/ranker'], ['model/ranker', 'node/gpu-7']);
    expect(names(rank([search], { graph, maxHops: 2 }))).toContain('node/gpu-7');
    expect(names(rank([search], { graph, maxHops: 1 }))).not.toContain('node/gpu-7');
  });
});

describe('something without an alert of its own', () => {
  it('on which several depend that alert is a likelier cause than each of them', () => {
    const causes = rank([service('ads'), service('mail'), service('search')], { graph: allOn('database/users', 'ads', 'mail', 'search') });
    expect(names(causes)).toEqual(['database/users', 'service/ads', 'service/mail', 'service/search']);
    expect(causes[0]).toMatchObject({ fingerprint: null, changeId: null });
    expect(causes[0]?.evidence).toEqual([
      { kind: 'topology', summary: '3 of the 3 other entities with alerts depend on it', value: 3, observations: 3 },
      { kind: 'silent', summary: 'has no alert of its own' },
    ]);
  });

  it('on which only one depends is not', () => {
    expect(names(rank([search], { graph: allOn('database/users', 'search') }))).toEqual(['service/search', 'database/users']);
  });

  it('is never one that depends on what alerts', () => {
    expect(names(rank([gpu]))).toEqual(['node/gpu-7']);
  });

  it('is found among many, as the most depend on it', () => {
    const own = Array.from({ length: 60 }, (_, i) => ['ads', 'mail', 'search'].map((name) => [`service/${name}`, `a/${name}-${i}`] as const)).flat();
    const graph = [...edges(...own), ...allOn('z/last', 'ads', 'mail', 'search')];
    expect(names(rank([service('ads'), service('mail'), service('search')], { graph }))[0]).toBe('z/last');
  });
});

describe('a noisy alert', () => {
  const noisy = { rate: 60 / DAY };

  it('hardly counts as an alert of its own', () => {
    expect(names(rank([{ ...gpu, ...noisy }, ranker, search]))[0]).toBe('model/ranker');
    const causes = rank([service('ads', noisy), service('mail')], { graph: [] });
    expect(names(causes)).toEqual(['service/mail', 'service/ads']);
    expect(scoreOf('service/ads', causes)).toBeLessThan(0.1);
  });

  it('hardly counts as one that a cause explains', () => {
    const graph = [...allOn('node/a', 'ads'), ...allOn('node/b', 'mail')];
    const nodes = [part({ entity: 'node/a' }), part({ entity: 'node/b' })];
    expect(names(rank([...nodes, service('ads', noisy), service('mail')], { graph }))[0]).toBe('node/b');
    expect(names(rank([...nodes, service('ads'), service('mail', noisy)], { graph }))[0]).toBe('node/a');
  });
});

describe('several rules on one entity', () => {
  it('count less than as many entities', () => {
    const rules = ['HighErrorRate', 'LatencyHigh', 'QueueBacklog', 'RequestTimeouts'];
    const one = rules.map((rule) => service('ads', { rule }));
    const many = rules.map((rule) => service(rule, { rule }));
    const graph = [...allOn('node/a', 'ads'), ...allOn('node/b', ...rules)];
    const [a, b] = [part({ entity: 'node/a' }), part({ entity: 'node/b' })];
    expect(names(rank([a, b, ...one, ...many], { graph }))[0]).toBe('node/b');
  });

  it('make one cause, by the alert that came first', () => {
    const causes = rank([{ ...gpu, rule: 'GpuXidError', fingerprint: 'xid', firstAt: at('10:01') }, gpu], { graph: [] });
    expect(causes).toEqual([
      {
        rank: 1,
        score: expect.closeTo(0.968, 3) as number,
        entity: 'node/gpu-7',
        fingerprint: 'gpu',
        changeId: null,
        evidence: [{ kind: 'precedence', summary: 'the only entity with alerts' }],
      },
    ]);
  });
});

describe('what a client sees', () => {
  it('points upstream', () => {
    const graph = allOn('service/search', 'web');
    const byOwn = rank([service('web', { rule: 'RequestLatencyHigh' })], { graph });
    const byClient = rank([service('web', { rule: 'ClientLatencyHigh', symptom: 'client' })], { graph });
    expect(scoreOf('service/search', byClient)).toBeGreaterThan(2 * scoreOf('service/search', byOwn));
  });

  it('of one thing by two is enough for it, though it is silent', () => {
    const clients = [service('web', { rule: 'ClientLatencyHigh', symptom: 'client' }), service('app', { rule: 'ClientLatencyHigh', symptom: 'client' })];
    expect(names(rank(clients, { graph: allOn('service/search', 'web', 'app') }))).toEqual(['service/search', 'service/app', 'service/web']);
  });
});

describe('a business figure', () => {
  const kpi = part({ entity: 'kpi/revenue', domain: 'business', rule: 'RevenueLow', symptom: 'outcome', slow: true, firstAt: at('10:00') });
  const graph = edges(['kpi/revenue', 'service/search']);

  it.each([
    ['is down', { rule: 'ServiceDown', symptom: 'own' }],
    ['has errors', { rule: 'HighErrorRate', symptom: 'felt' }],
    ['sees others fail', { rule: 'ClientErrors', symptom: 'client' }],
    ['burns its budget of errors', { rule: 'ErrorBudgetBurn', symptom: 'outcome' }],
  ] as const)('is never a likelier cause than the service it depends on, which %s', (_case, reports) => {
    for (const time of ['09:30', '10:00', '10:30']) {
      expect(names(rank([kpi, { ...search, ...reports, firstAt: at(time) }], { graph })), time).toEqual(['service/search', 'kpi/revenue']);
    }
  });

  it('is none either where it depends on several that alert', () => {
    const several = ['ads', 'mail', 'search'];
    const on = edges(...several.map((name) => ['kpi/revenue', `service/${name}`] as const));
    expect(names(rank([kpi, ...several.map((name) => service(name, { firstAt: at('10:10') }))], { graph: on })).at(-1)).toBe('kpi/revenue');
  });
});

describe('what depends on a cause and is silent', () => {
  it('speaks against it', () => {
    const graph = allOn('node/gpu-7', 'search');
    const more = [...graph, ...allOn('node/gpu-7', 'ads', 'mail')];
    expect(scoreOf('node/gpu-7', rank([gpu, search], { graph: more }))).toBeLessThan(scoreOf('node/gpu-7', rank([gpu, search], { graph })));
  });

  it('decides between two that explain as much', () => {
    const three = [service('ads'), service('mail'), service('search')];
    const graph = [...allOn('database/a', 'ads', 'mail', 'search', 'idle'), ...allOn('database/b', 'ads', 'mail', 'search')];
    expect(names(rank(three, { graph })).slice(0, 2)).toEqual(['database/b', 'database/a']);
  });
});

describe('the ranking', () => {
  it('counts from 1, with scores that fall and add up to 1 at most', () => {
    const causes = rank([gpu, ranker, search]);
    expect(causes.map((cause) => cause.rank)).toEqual([1, 2, 3]);
    expect(scores(causes)).toEqual([...scores(causes)].sort((a, b) => b - a));
    const sum = scores(causes).reduce((total, score) => total + score, 0);
    expect(sum).toBeLessThanOrEqual(1);
    expect(sum).toBeGreaterThan(0.99);
  });

  it('leaves the more to none of them, the less there is to go by', () => {
    const left = (...parts: readonly EntityPart[]) =>
      1 - scores(rank(parts, { graph: allOn('node/gpu-7', 'ads', 'mail'), constants: BY_HAND })).reduce((sum, score) => sum + score);
    // One alert on an entity: 9.5 e^0.5 to 1.
    expect(left({ ...gpu, rate: 0 })).toBeCloseTo(0.06, 2);
    expect(left({ ...gpu, rate: 6 / DAY })).toBeGreaterThan(0.3);
    expect(left({ ...gpu, rate: 0 }, service('ads', { rate: 0 }), service('mail', { rate: 0 }))).toBeLessThan(0.01);
  });

  it('gives scores to three places', () => {
    for (const score of scores(rank([gpu, ranker, search]))) expect(score).toBe(Math.round(score * 1000) / 1000);
  });

  it('names five at most, and the names decide between equals', () => {
    const nodes = [7, 3, 1, 6, 2, 5, 4].map((n) => part({ entity: `node/gpu-${n}` }));
    expect(names(rank(nodes, { graph: [] }))).toEqual(['node/gpu-1', 'node/gpu-2', 'node/gpu-3', 'node/gpu-4', 'node/gpu-5']);
    expect(scores(rank(nodes, { graph: [] }))).toEqual([0.141, 0.141, 0.141, 0.141, 0.141]);
  });

  it('names none when no alert names an entity', () => {
    expect(rank([])).toEqual([]);
    expect(rank([part({ entity: null })])).toEqual([]);
  });

  it('leaves out alerts that name no entity', () => {
    expect(rank([part({ entity: null, firstAt: at('09:50') }), gpu, ranker])).toEqual(rank([gpu, ranker]));
  });

  it('does not depend on the order in which entities, dependencies or changes came', () => {
    const graph = [...CHAIN, ...allOn('node/gpu-8', 'search')];
    const changes = [change('c1', '09:50'), change('c2', '09:40'), change('c3', '09:55', 'node/gpu-8')];
    const inOrder = rank([gpu, ranker, search], { graph, changes });
    expect(rank([search, gpu, ranker], { graph: graph.toReversed(), changes: changes.toReversed() })).toEqual(inOrder);
  });

  it('survives a graph that goes round in circles', () => {
    const ring = edges(['node/gpu-7', 'model/ranker'], ['model/ranker', 'node/gpu-7']);
    expect(names(rank([gpu, ranker], { graph: ring }))).toEqual(['node/gpu-7', 'model/ranker']);
  });
});

describe('a large incident', () => {
  const services = Array.from({ length: 60 }, (_, i) => service(`s${i}`, { firstAt: at('10:01') + i * MINUTE }));
  const graph = allOn('node/gpu-7', ...services.map(({ fingerprint }) => fingerprint));

  it('is explained by the 48 parts that fired first', () => {
    expect(of('node/gpu-7', rank([...services, gpu], { graph }))?.evidence[0]).toEqual({
      kind: 'topology',
      summary: '47 of the 47 other entities with alerts depend on it',
      value: 47,
      observations: 47,
    });
    const late = part({ entity: 'node/late', firstAt: at('11:30') });
    const onLate = [...graph, ...allOn('node/late', ...services.map(({ fingerprint }) => fingerprint))];
    expect(of('node/late', rank([...services, gpu, late], { graph: onLate }))?.fingerprint).toBe(null);
  });

  it('of all the parts that there may be, in a dense graph, is ranked', () => {
    const many = Array.from({ length: 256 }, (_, i) => service(`${i}`));
    const dense = edges(...many.flatMap((_, i) => [1, 2, 3, 5, 8, 13].map((step) => [`service/${i}`, `service/${(i + step) % 256}`] as const)));
    expect(rank(many, { graph: dense })).toHaveLength(5);
  });
});

describe('the evidence', () => {
  it('says what a cause explains and that it was first', () => {
    expect(rank([gpu, ranker, search])[0]?.evidence).toEqual([
      { kind: 'topology', summary: '2 of the 2 other entities with alerts depend on it', value: 2, observations: 2 },
      { kind: 'precedence', summary: 'first to fire, 40 s before the next', value: 40 },
    ]);
  });

  it('says how much later it came, and counts only what depends on it', () => {
    expect(of('model/ranker', rank([gpu, ranker, search]))?.evidence).toEqual([
      { kind: 'topology', summary: '1 of the 2 other entities with alerts depends on it', value: 1, observations: 2 },
      { kind: 'precedence', summary: 'first alert 40 s after the first of the incident', value: 40 },
    ]);
    expect(of('service/search', rank([gpu, ranker, search]))?.evidence).toEqual([
      { kind: 'precedence', summary: 'first alert 2 min after the first of the incident', value: 120 },
    ]);
  });

  it('says of one of two that the other depends on it', () => {
    expect(rank([gpu, ranker])[0]?.evidence[0]).toEqual({
      kind: 'topology',
      summary: 'the other entity with alerts depends on it',
      value: 1,
      observations: 1,
    });
  });

  it('says of an only entity that it is the only one', () => {
    expect(rank([gpu])[0]?.evidence).toEqual([{ kind: 'precedence', summary: 'the only entity with alerts' }]);
  });

  it('says nothing of being behind when two fire together', () => {
    expect(rank([gpu, { ...ranker, firstAt: gpu.firstAt }], { graph: [] })[1]?.evidence).toEqual([
      { kind: 'precedence', summary: 'among the first to fire', value: 0 },
    ]);
  });
});

describe('a change', () => {
  it('of the entity shortly before is named, comes first among the evidence, and lifts it', () => {
    const changes = [change('c1', '09:48')];
    const causes = rank([gpu, ranker], { changes });
    expect(causes[0]?.changeId).toBe('c1');
    expect(causes[0]?.evidence[0]).toEqual({ kind: 'change', summary: 'was changed 12 min before (deployment)', value: 720, observations: 1 });
    expect(causes[1]?.changeId).toBe(null);
    expect(scoreOf('node/gpu-7', causes)).toBeGreaterThan(scoreOf('node/gpu-7', rank([gpu, ranker])));
  });

  it('decides between equals', () => {
    const twins = [service('ads'), service('mail')];
    expect(names(rank(twins, { graph: [], changes: [change('c1', '09:55', 'service/mail')] }))).toEqual(['service/mail', 'service/ads']);
  });

  it('of something silent upstream is named, and lifts it above what alerts', () => {
    const twins = [service('ads'), service('mail')];
    const graph = allOn('database/users', 'ads', 'mail', 'idle');
    expect(names(rank(twins, { graph }))[0]).not.toBe('database/users');
    const [cause] = rank(twins, { graph, changes: [change('c1', '09:55', 'database/users')] });
    expect(cause).toMatchObject({ entity: 'database/users', fingerprint: null, changeId: 'c1' });
    expect(cause?.evidence.map(({ kind }) => kind)).toEqual(['change', 'topology', 'silent']);
    expect(cause?.evidence[0]?.summary).toBe('was changed 5 min before (deployment)');
  });

  it.each([
    ['long before', [change('c1', '07:00')]],
    ['well after the alert', [change('c1', '10:10')]],
    ['of another entity', [change('c1', '09:50', 'node/gpu-8')]],
    ['that is one of many', Array.from({ length: 12 }, (_, i) => change(`c${i}`, `09:${i + 48}`))],
  ])('%s is not named', (_case, changes) => {
    const [cause] = rank([gpu, ranker], { changes });
    expect(cause).toMatchObject({ entity: 'node/gpu-7', changeId: null });
    expect(cause?.evidence.map(({ kind }) => kind)).toEqual(['topology', 'precedence']);
  });
});
