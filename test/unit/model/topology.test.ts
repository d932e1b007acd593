import { describe, expect, it } from 'vitest';
import { type Edge, Topology } from '../../../src/model/topology.ts';

/** A graph from lines such as `model/ranker > node/gpu-7`: the first depends on the second. */
function graph(...dependencies: readonly string[]): Topology {
  return new Topology(
    dependencies.map((line): Edge => {
      const [from = '', to = ''] = line.split(' > ');
      return { from, to, origin: 'declared' };
    }),
  );
}

/** The neighbours as lines such as `1 upstream node/gpu-7`. */
function near(topology: Topology, entity: string, maxHops: number): readonly string[] {
  return topology.neighbours(entity, maxHops).map((n) => `${n.hops} ${n.direction} ${n.entity}`);
}

describe('the neighbours of an entity', () => {
  const platform = graph(
    'kpi/revenue > api/search',
    'api/search > model/ranker',
    'model/ranker > node/gpu-7',
    'model/ranker > featureview/ctr',
    'model/reranker > node/gpu-7',
  );

  it('come nearest first, and by name among equals', () => {
    expect(near(platform, 'model/ranker', 2)).toEqual([
      '1 downstream api/search',
      '1 upstream featureview/ctr',
      '1 upstream node/gpu-7',
      '2 downstream kpi/revenue',
      '2 beside model/reranker',
    ]);
  });

  it('are no further away than asked', () => {
    expect(near(platform, 'node/gpu-7', 1)).toEqual(['1 downstream model/ranker', '1 downstream model/reranker']);
    expect(near(platform, 'node/gpu-7', 0)).toEqual([]);
    expect(near(platform, 'node/gpu-7', 3)).toContain('3 downstream kpi/revenue');
  });

  it('are reached by going up and then down, both ways counted', () => {
    const sharing = graph('model/a > node/1', 'model/b > node/1', 'api/b > model/b');
    expect(near(sharing, 'model/a', 3)).toEqual(['1 upstream node/1', '2 beside model/b', '3 beside api/b']);
    expect(near(sharing, 'model/a', 2)).toEqual(['1 upstream node/1', '2 beside model/b']);
  });

  it('are never reached by going down and then up', () => {
    const twoFeedOne = graph('kpi/revenue > model/ranker', 'kpi/revenue > pipeline/prices');
    expect(near(twoFeedOne, 'model/ranker', 5)).toEqual(['1 downstream kpi/revenue']);
    expect(near(twoFeedOne, 'pipeline/prices', 5)).toEqual(['1 downstream kpi/revenue']);
  });

  it('are never reached by going up, down and up again', () => {
    expect(near(graph('model/a > node/1', 'model/b > node/1', 'model/b > node/2'), 'model/a', 5)).toEqual(['1 upstream node/1', '2 beside model/b']);
  });

  it('count by the shortest way there is', () => {
    expect(near(graph('api/a > model/b', 'model/b > node/c', 'api/a > node/c'), 'api/a', 2)).toEqual(['1 upstream model/b', '1 upstream node/c']);
    expect(near(graph('api/a > model/b', 'model/b > node/c', 'api/a > node/c'), 'node/c', 2)).toEqual(['1 downstream api/a', '1 downstream model/b']);
  });

  it('do not go round and round where dependencies do, and never hold the entity itself', () => {
    const ring = graph('service/a > service/b', 'service/b > service/c', 'service/c > service/a');
    expect(near(ring, 'service/a', 100)).toEqual(['1 upstream service/b', '1 downstream service/c']);
  });

  it('are none for an entity that the graph does not name', () => {
    expect(platform.knows('node/gpu-9')).toBe(false);
    expect(near(platform, 'node/gpu-9', 2)).toEqual([]);
    expect(near(graph(), 'node/gpu-7', 2)).toEqual([]);
  });

  it('may be named as the members of an object are', () => {
    expect(near(graph('__proto__ > constructor'), 'constructor', 2)).toEqual(['1 downstream __proto__']);
  });

  it('are asked for again with another reach', () => {
    const chain = graph('a/1 > b/1', 'b/1 > c/1');
    expect(near(chain, 'a/1', 1)).toEqual(['1 upstream b/1']);
    expect(near(chain, 'a/1', 2)).toEqual(['1 upstream b/1', '2 upstream c/1']);
    expect(near(chain, 'a/1', 1)).toEqual(['1 upstream b/1']);
  });
});

describe('what depends on what', () => {
  const chain = graph('api/search > model/ranker', 'model/ranker > node/gpu-7', 'model/ranker > featureview/ctr');

  it('is known directly in both directions', () => {
    expect(chain.dependenciesOf('model/ranker')).toEqual(['node/gpu-7', 'featureview/ctr']);
    expect(chain.dependentsOf('model/ranker')).toEqual(['api/search']);
    expect(chain.dependenciesOf('node/gpu-7')).toEqual([]);
    expect(chain.dependentsOf('node/unknown')).toEqual([]);
  });

  it('is known with distances as far as asked', () => {
    expect([...chain.upstreamOf('api/search', 2)]).toEqual([
      ['model/ranker', 1],
      ['node/gpu-7', 2],
      ['featureview/ctr', 2],
    ]);
    expect([...chain.upstreamOf('api/search', 1)]).toEqual([['model/ranker', 1]]);
    expect([...chain.downstreamOf('node/gpu-7', 6)]).toEqual([
      ['model/ranker', 1],
      ['api/search', 2],
    ]);
    expect([...chain.upstreamOf('node/unknown', 6)]).toEqual([]);
  });
});

describe('the edges of a graph', () => {
  it('count once, with the origin that came first', () => {
    const twice = new Topology([
      { from: 'model/ranker', to: 'node/gpu-7', origin: 'declared' },
      { from: 'model/ranker', to: 'node/gpu-7', origin: 'put' },
    ]);
    expect(twice.edges).toEqual([{ from: 'model/ranker', to: 'node/gpu-7', origin: 'declared' }]);
    expect(twice.dependenciesOf('model/ranker')).toEqual(['node/gpu-7']);
  });

  it('lead from one entity to another', () => {
    const loop = graph('node/gpu-7 > node/gpu-7');
    expect(loop.edges).toEqual([]);
    expect(loop.knows('node/gpu-7')).toBe(false);
  });
});
