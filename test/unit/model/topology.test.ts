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

/** How one stands to another, as `1 upstream`; null for strangers. */
function stands(topology: Topology, entity: string, other: string, maxHops: number): string | null {
  const relation = topology.relation(entity, other, maxHops);
  return relation === null ? null : `${relation.hops} ${relation.kind}`;
}

/** All that stand near an entity, as lines such as `1 upstream node/gpu-7`, sorted. */
function near(topology: Topology, entity: string, maxHops: number): readonly string[] {
  return [...topology.relations(entity, maxHops).keys()].map((other) => `${stands(topology, entity, other, maxHops)} ${other}`).sort();
}

describe('how an entity stands to another one', () => {
  const platform = graph(
    'kpi/revenue > api/search',
    'api/search > model/ranker',
    'model/ranker > node/gpu-7',
    'model/ranker > featureview/ctr',
    'model/reranker > node/gpu-7',
  );

  it('is the same as itself, in no steps', () => {
    expect(platform.relation('model/ranker', 'model/ranker', 4)).toEqual({ kind: 'same', hops: 0, fan: 1, sure: 1 });
    expect(platform.relation('node/unknown', 'node/unknown', 4)).toEqual({ kind: 'same', hops: 0, fan: 1, sure: 1 });
  });

  it('is upstream when the other depends on it, over any steps', () => {
    expect(platform.relation('model/ranker', 'node/gpu-7', 4)).toEqual({ kind: 'upstream', hops: 1, fan: 1, sure: 1 });
    expect(platform.relation('kpi/revenue', 'node/gpu-7', 4)).toEqual({ kind: 'upstream', hops: 3, fan: 1, sure: 1 });
  });

  it('is downstream when it depends on the other', () => {
    expect(platform.relation('node/gpu-7', 'model/ranker', 4)).toEqual({ kind: 'downstream', hops: 1, fan: 1, sure: 1 });
    expect(platform.relation('node/gpu-7', 'kpi/revenue', 4)).toEqual({ kind: 'downstream', hops: 3, fan: 1, sure: 1 });
  });

  it('is beside when both depend on one thing, both ways counted', () => {
    expect(stands(platform, 'model/ranker', 'model/reranker', 4)).toBe('2 beside');
    expect(stands(platform, 'model/reranker', 'api/search', 4)).toBe('3 beside');
  });

  it('is in the same part of the graph when any other way leads there', () => {
    const feeding = graph('kpi/revenue > model/ranker', 'kpi/revenue > pipeline/prices', 'pipeline/prices > node/db-1', 'model/x > node/db-1');
    expect(feeding.relation('model/ranker', 'pipeline/prices', 4)).toEqual({ kind: 'part', hops: 2, fan: 1, sure: 1 });
    expect(stands(feeding, 'model/ranker', 'node/db-1', 4)).toBe('3 part');
    expect(stands(feeding, 'model/ranker', 'model/x', 4)).toBe('4 part');
  });

  it('is nothing in another graph, or where the graph does not name one of them', () => {
    const two = graph('model/a > node/1', 'model/b > node/2');
    expect(two.relation('model/a', 'model/b', 4)).toBe(null);
    expect(two.relation('model/a', 'node/9', 4)).toBe(null);
    expect(two.relation('node/9', 'model/a', 4)).toBe(null);
    expect(two.knows('node/9')).toBe(false);
  });

  it('goes by the shortest way there is', () => {
    const twoWays = graph('api/a > model/b', 'model/b > node/c', 'api/a > node/c');
    expect(stands(twoWays, 'api/a', 'node/c', 4)).toBe('1 upstream');
    expect(stands(twoWays, 'node/c', 'api/a', 4)).toBe('1 downstream');
  });

  it('is never beside when one depends on the other', () => {
    const both = graph('model/a > node/1', 'model/b > node/1', 'model/b > model/a');
    expect(stands(both, 'model/b', 'model/a', 4)).toBe('1 upstream');
    expect(stands(both, 'model/a', 'model/b', 4)).toBe('1 downstream');
  });

  it('may be by names that the members of an object have', () => {
    const odd = graph('__proto__ > constructor', 'toString > constructor');
    expect(near(odd, 'constructor', 2)).toEqual(['0 same constructor', '1 downstream __proto__', '1 downstream toString']);
    expect(stands(odd, '__proto__', 'toString', 2)).toBe('2 beside');
    expect(odd.relation('hasOwnProperty', '__proto__', 2)).toBe(null);
  });
});

describe('how many stand beside an entity', () => {
  const lan = Array.from({ length: 50 }, (_, i) => `service/${i} > network/lan`);

  it('is how many depend on what they share, itself included', () => {
    expect(graph(...lan).relation('service/1', 'service/2', 2)).toEqual({ kind: 'beside', hops: 2, fan: 50, sure: 1 });
  });

  it('is told by what the fewest share', () => {
    const shared = graph(...lan, 'service/1 > node/7', 'service/2 > node/7');
    expect(shared.relation('service/1', 'service/2', 2)?.fan).toBe(2);
    expect(shared.relation('service/1', 'service/3', 2)?.fan).toBe(50);
  });

  it('leaves out what they share, also where that depends on one of them', () => {
    const ring = graph('model/a > node/1', 'model/b > node/1', 'model/c > node/1', 'node/1 > model/a');
    expect(ring.relation('model/b', 'model/c', 4)?.fan).toBe(3);
  });
});

describe('how sure a way is', () => {
  const learned = (from: string, to: string, confidence: number): Edge => ({ from, to, origin: 'learned', confidence });
  const sure = (edges: readonly Edge[], entity: string, other: string) => new Topology(edges).relation(entity, other, 4)?.sure;

  it('is the product of what its edges are, in whatever direction', () => {
    const edges = [learned('api/search', 'model/ranker', 0.8), learned('model/ranker', 'node/gpu-7', 0.5), learned('model/reranker', 'node/gpu-7', 0.25)];
    expect(sure(edges, 'api/search', 'node/gpu-7')).toBe(0.4);
    expect(sure(edges, 'node/gpu-7', 'api/search')).toBe(0.4);
    expect(sure(edges, 'model/reranker', 'api/search')).toBe(0.1);
    expect(sure([...edges, learned('model/reranker', 'table/clicks', 0.5)], 'table/clicks', 'model/ranker')).toBe(0.0625);
  });

  it('is whole where nothing is said', () => {
    expect(sure([{ from: 'model/ranker', to: 'node/gpu-7', origin: 'learned' }], 'model/ranker', 'node/gpu-7')).toBe(1);
    expect(sure([learned('model/ranker', 'node/gpu-7', 1)], 'model/ranker', 'node/gpu-7')).toBe(1);
  });

  it('is that of the edge that came first', () => {
    expect(sure([learned('model/ranker', 'node/gpu-7', 0.5), learned('model/ranker', 'node/gpu-7', 0.9)], 'model/ranker', 'node/gpu-7')).toBe(0.5);
    const base = graph('model/ranker > node/gpu-7');
    expect(new Topology([learned('model/ranker', 'node/gpu-7', 0.5)], base).relation('model/ranker', 'node/gpu-7', 4)?.sure).toBe(1);
  });

  it('goes through a base as well', () => {
    const base = new Topology([learned('model/ranker', 'node/gpu-7', 0.5)]);
    expect(new Topology([learned('api/search', 'model/ranker', 0.5)], base).relation('api/search', 'node/gpu-7', 4)?.sure).toBe(0.25);
  });

  it('weighs against how many share what stands between', () => {
    const crowd = Array.from({ length: 10 }, (_, i): Edge => ({ from: `service/${i}`, to: 'network/lan', origin: 'declared' }));
    const pair = (confidence: number) => [learned('service/1', 'node/7', confidence), learned('service/2', 'node/7', confidence)];
    const beside = (confidence: number) => new Topology([...crowd, ...pair(confidence)]).relation('service/1', 'service/2', 4);
    expect(beside(0.9)).toMatchObject({ kind: 'beside', fan: 2, sure: expect.closeTo(0.81) });
    expect(beside(0.3)).toMatchObject({ kind: 'beside', fan: 10, sure: 1 });
  });
});

describe('what stands near an entity', () => {
  const chain = () => graph('a/1 > b/1', 'b/1 > c/1', 'c/1 > d/1', 'd/1 > e/1', 'e/1 > f/1');

  it('is itself and all that hangs together with it', () => {
    const fork = graph('api/search > model/ranker', 'model/ranker > node/gpu-7', 'model/reranker > node/gpu-7', 'model/reranker > featureview/ctr');
    expect(near(fork, 'model/ranker', 4)).toEqual([
      '0 same model/ranker',
      '1 downstream api/search',
      '1 upstream node/gpu-7',
      '2 beside model/reranker',
      '3 part featureview/ctr',
    ]);
  });

  it('is itself alone where the graph does not name it', () => {
    expect(near(chain(), 'node/unknown', 4)).toEqual(['0 same node/unknown']);
    expect(near(graph(), 'node/unknown', 4)).toEqual(['0 same node/unknown']);
  });

  it('is upstream and downstream as far as asked, and no further by other ways', () => {
    expect(near(chain(), 'a/1', 2)).toEqual(['0 same a/1', '1 upstream b/1', '2 upstream c/1']);
    expect(near(chain(), 'a/1', 5)).toContain('5 upstream f/1');
  });

  it('is beside within as many steps, up and down together', () => {
    const sharing = () => graph('model/a > node/1', 'model/b > node/1', 'api/b > model/b');
    expect(near(sharing(), 'model/a', 3)).toEqual(['0 same model/a', '1 upstream node/1', '2 beside model/b', '3 beside api/b']);
    expect(near(sharing(), 'model/a', 2)).toEqual(['0 same model/a', '1 upstream node/1', '2 beside model/b']);
  });

  it('does not go round and round where dependencies do', () => {
    const ring = graph('service/a > service/b', 'service/b > service/a', 'service/c > service/a');
    expect(near(ring, 'service/a', 100)).toEqual(['0 same service/a', '1 downstream service/c', '1 upstream service/b']);
    expect(near(ring, 'service/c', 100)).toEqual(['0 same service/c', '1 upstream service/a', '2 upstream service/b']);
  });

  it('is 4096 at most, the nearest in a direction first', () => {
    const hub = graph(
      ...Array.from({ length: 5000 }, (_, i) => `service/${i} > network/lan`),
      ...Array.from({ length: 5000 }, (_, i) => `kpi/${i} > service/${i}`),
    );
    const found = [...hub.relations('network/lan', 4).values()];
    expect(found).toHaveLength(4096);
    expect(found.every(({ hops }) => hops <= 1)).toBe(true);
  });
});

describe('a graph over another one', () => {
  const base = graph('api/search > model/ranker', 'model/ranker > node/gpu-7');
  const over = new Topology(
    [
      { from: 'model/ranker', to: 'featureview/ctr', origin: 'labels' },
      { from: 'model/reranker', to: 'node/gpu-7', origin: 'labels' },
    ],
    base,
  );

  it('has the edges of both, the base first', () => {
    expect(over.edges.map(({ from, to, origin }) => `${from} > ${to} (${origin})`)).toEqual([
      'api/search > model/ranker (declared)',
      'model/ranker > node/gpu-7 (declared)',
      'model/ranker > featureview/ctr (labels)',
      'model/reranker > node/gpu-7 (labels)',
    ]);
    expect(over.dependenciesOf('model/ranker')).toEqual(['node/gpu-7', 'featureview/ctr']);
    expect(over.dependentsOf('node/gpu-7')).toEqual(['model/ranker', 'model/reranker']);
    expect([over.knows('api/search'), over.knows('featureview/ctr'), over.knows('node/unknown')]).toEqual([true, true, false]);
  });

  it('is followed through both', () => {
    expect(stands(over, 'api/search', 'featureview/ctr', 4)).toBe('2 upstream');
    expect(stands(over, 'model/reranker', 'model/ranker', 4)).toBe('2 beside');
    expect(near(over, 'node/gpu-7', 2)).toEqual([
      '0 same node/gpu-7',
      '1 downstream model/ranker',
      '1 downstream model/reranker',
      '2 downstream api/search',
      '2 part featureview/ctr',
    ]);
  });

  it('leaves the base as it was', () => {
    expect(base.edges).toHaveLength(2);
    expect(base.knows('featureview/ctr')).toBe(false);
    expect(base.relation('model/ranker', 'featureview/ctr', 4)).toBe(null);
    expect(base.dependentsOf('node/gpu-7')).toEqual(['model/ranker']);
  });

  it('counts an edge of the base once, with the origin that it has there', () => {
    const again = new Topology([{ from: 'model/ranker', to: 'node/gpu-7', origin: 'learned' }], base);
    expect(again.edges).toEqual(base.edges);
    expect(again.dependenciesOf('model/ranker')).toEqual(['node/gpu-7']);
    expect(again.has('model/ranker', 'node/gpu-7')).toBe(true);
    expect(again.has('node/gpu-7', 'model/ranker')).toBe(false);
  });

  it('is as one graph made of all the edges', () => {
    const flat = new Topology(over.edges);
    for (const entity of ['api/search', 'model/ranker', 'model/reranker', 'node/gpu-7', 'featureview/ctr']) {
      expect(near(over, entity, 4), entity).toEqual(near(flat, entity, 4));
    }
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
