// The dependency graph: who depends on whom, and how that is known.

/** Where an edge comes from. */
export type EdgeOrigin = 'declared' | 'put' | 'labels' | 'learned';

/** `from` depends on `to`: a fault of `to` can make `from` alert. Entities are `kind/name`. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly origin: EdgeOrigin;
  /** How sure it is, between 0 and 1; 1 when nothing is said. */
  readonly confidence?: number;
}

/** How an entity stands to another one: what one depends on is upstream of it; `part` is any other way through the graph. */
export interface Relation {
  readonly kind: 'same' | 'upstream' | 'downstream' | 'beside' | 'part';
  /** Steps between the two; 0 for the same. */
  readonly hops: number;
  /** For `beside`: how many entities stand below what the two share, within reach; of several such things, the one that says most. Else 1. */
  readonly fan: number;
  /** How sure the way there is: the product of what its edges are. */
  readonly sure: number;
}

const SAME: Relation = { kind: 'same', hops: 0, fan: 1, sure: 1 };
/** How far any other way through the graph is followed. */
const PART_HOPS = 4;
/** How many entities a neighbourhood holds at most, the nearest first. */
const MOST_RELATED = 4096;

/** A dependency graph that can be asked for neighbourhoods; it never changes. */
export class Topology {
  readonly edges: readonly Edge[];
  readonly #base: Topology | null;
  readonly #upstream = new Map<string, string[]>();
  readonly #downstream = new Map<string, string[]>();
  readonly #unsure = new Map<string, number>();
  readonly #relations = new Map<number, Map<string, ReadonlyMap<string, Relation>>>();

  /** An edge that comes twice counts once, with the origin that came first; loops onto oneself are left out. With a base, its edges come first and are shared. */
  constructor(edges: Iterable<Edge>, base: Topology | null = null) {
    this.#base = base;
    const kept: Edge[] = [];
    const seen = new Set<string>();
    for (const edge of edges) {
      const key = edgeKey(edge.from, edge.to);
      if (edge.from === edge.to || seen.has(key) || base?.has(edge.from, edge.to) === true) continue;
      seen.add(key);
      kept.push(edge);
      if (edge.confidence !== undefined && edge.confidence < 1) this.#unsure.set(key, edge.confidence);
      push(this.#upstream, edge.from, edge.to);
      push(this.#downstream, edge.to, edge.from);
    }
    this.edges = base === null ? kept : [...base.edges, ...kept];
  }

  /** Whether the graph names the entity at all. */
  knows(entity: string): boolean {
    return this.#upstream.has(entity) || this.#downstream.has(entity) || this.#base?.knows(entity) === true;
  }

  /** What the entity depends on directly. */
  dependenciesOf(entity: string): readonly string[] {
    return together(this.#base?.dependenciesOf(entity), this.#upstream.get(entity));
  }

  /** Whether the first depends on the second directly. */
  has(from: string, to: string): boolean {
    return this.dependenciesOf(from).includes(to);
  }

  /** What depends on the entity directly. */
  dependentsOf(entity: string): readonly string[] {
    return together(this.#base?.dependentsOf(entity), this.#downstream.get(entity));
  }

  /** How `other` stands to the entity, or null when there is no way of at most `maxHops` steps up, down, or up and then down. */
  relation(entity: string, other: string, maxHops: number): Relation | null {
    return this.relations(entity, maxHops).get(other) ?? null;
  }

  /** All that stand near the entity, itself included. */
  relations(entity: string, maxHops: number): ReadonlyMap<string, Relation> {
    let known = this.#relations.get(maxHops);
    if (known === undefined) {
      known = new Map();
      this.#relations.set(maxHops, known);
    }
    let found = known.get(entity);
    if (found === undefined) {
      found = this.#relate(entity, maxHops);
      known.set(entity, found);
    }
    return found;
  }

  #relate(entity: string, maxHops: number): ReadonlyMap<string, Relation> {
    const found = new Map<string, Relation>([[entity, SAME]]);
    const offer = (other: string, relation: Relation): void => {
      const known = found.get(other);
      if (known === undefined ? found.size < MOST_RELATED : known.kind === 'beside' && worth(relation) > worth(known)) found.set(other, relation);
    };
    const above = this.#reach('up', entity, maxHops);
    for (const [other, { hops, sure }] of above) offer(other, { kind: 'upstream', hops, fan: 1, sure });
    for (const [other, { hops, sure }] of this.#reach('down', entity, maxHops)) offer(other, { kind: 'downstream', hops, fan: 1, sure });
    for (const [name, up] of above) {
      const below = this.#reach('down', name, maxHops - up.hops);
      for (const [other, down] of below) offer(other, { kind: 'beside', hops: up.hops + down.hops, fan: below.size, sure: up.sure * down.sure });
    }
    for (const [other, { hops, sure }] of this.#reach('any', entity, Math.min(PART_HOPS, maxHops)))
      if (!found.has(other)) offer(other, { kind: 'part', hops, fan: 1, sure });
    return found;
  }

  /** What is reached by steps of one direction, each by its shortest way, with how sure that is. */
  #reach(direction: 'up' | 'down' | 'any', start: string, maxHops: number): ReadonlyMap<string, Reached> {
    const found = new Map<string, Reached>();
    let frontier = [start];
    for (let hops = 1; hops <= maxHops && frontier.length > 0 && found.size < MOST_RELATED; hops++) {
      const reached: string[] = [];
      for (const entity of frontier) {
        const before = found.get(entity)?.sure ?? 1;
        const step = (other: string, from: string, to: string): void => {
          const known = found.get(other);
          if (other === start || (known !== undefined && known.hops < hops)) return;
          const sure = before * this.#confidence(from, to);
          if (known === undefined) reached.push(other);
          if (known === undefined || sure > known.sure) found.set(other, { hops, sure });
        };
        if (direction !== 'down') for (const other of this.dependenciesOf(entity)) step(other, entity, other);
        if (direction !== 'up') for (const other of this.dependentsOf(entity)) step(other, other, entity);
      }
      frontier = reached;
    }
    return found;
  }

  #confidence(from: string, to: string): number {
    const own = this.#unsure.size === 0 ? undefined : this.#unsure.get(edgeKey(from, to));
    return own ?? (this.#base === null ? 1 : this.#base.#confidence(from, to));
  }
}

interface Reached {
  readonly hops: number;
  readonly sure: number;
}

function worth({ hops, fan, sure }: Relation): number {
  return sure / (hops * fan);
}

function edgeKey(from: string, to: string): string {
  return `${from}\n${to}`;
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

const NO_ENTITIES: readonly string[] = [];

function together(a: readonly string[] = NO_ENTITIES, b: readonly string[] = NO_ENTITIES): readonly string[] {
  return b.length === 0 ? a : a.length === 0 ? b : [...a, ...b];
}
