// The dependency graph: who depends on whom, and how that is known.

import { compareText } from './labels.ts';

/** Where an edge comes from. */
export type EdgeOrigin = 'declared' | 'put' | 'labels' | 'learned';

/** `from` depends on `to`: a fault of `to` can make `from` alert. Entities are `kind/name`. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly origin: EdgeOrigin;
}

/** An entity that is near another one in the graph. */
export interface Neighbour {
  readonly entity: string;
  /** Steps between the two, at least 1. */
  readonly hops: number;
  /** Where the neighbour stands: what one depends on is upstream of it. */
  readonly direction: 'upstream' | 'downstream' | 'beside';
}

/** A dependency graph that can be asked for neighbourhoods; it never changes. */
export class Topology {
  readonly edges: readonly Edge[];
  readonly #upstream = new Map<string, string[]>();
  readonly #downstream = new Map<string, string[]>();
  readonly #cache = new Map<string, readonly Neighbour[]>();

  /** An edge that comes twice counts once, with the origin that came first; loops onto oneself are left out. */
  constructor(edges: Iterable<Edge>) {
    const kept: Edge[] = [];
    const seen = new Set<string>();
    for (const edge of edges) {
      const key = `${edge.from}\n${edge.to}`;
      if (edge.from === edge.to || seen.has(key)) continue;
      seen.add(key);
      kept.push(edge);
      push(this.#upstream, edge.from, edge.to);
      push(this.#downstream, edge.to, edge.from);
    }
    this.edges = kept;
  }

  /** Whether the graph names the entity at all. */
  knows(entity: string): boolean {
    return this.#upstream.has(entity) || this.#downstream.has(entity);
  }

  /** What the entity depends on directly. */
  dependenciesOf(entity: string): readonly string[] {
    return this.#upstream.get(entity) ?? [];
  }

  /** What depends on the entity directly. */
  dependentsOf(entity: string): readonly string[] {
    return this.#downstream.get(entity) ?? [];
  }

  /**
   * The entities within `maxHops` steps, nearest first and by name among equals. A walk goes up,
   * down, or up and then down (two that share what they depend on are `beside` each other); never
   * down and then up, since what two things both feed makes neither explain the other.
   */
  neighbours(entity: string, maxHops: number): readonly Neighbour[] {
    if (!this.knows(entity)) return [];
    const key = `${maxHops} ${entity}`;
    let found = this.#cache.get(key);
    if (found === undefined) {
      found = this.#walk(entity, maxHops);
      this.#cache.set(key, found);
    }
    return found;
  }

  /** Everything that can make the entity alert, with its distance, within `maxHops` steps. */
  upstreamOf(entity: string, maxHops: number): ReadonlyMap<string, number> {
    return reach(this.#upstream, entity, maxHops);
  }

  /** Everything that the entity can make alert, with its distance, within `maxHops` steps. */
  downstreamOf(entity: string, maxHops: number): ReadonlyMap<string, number> {
    return reach(this.#downstream, entity, maxHops);
  }

  #walk(entity: string, maxHops: number): readonly Neighbour[] {
    const nearest = new Map<string, Neighbour>();
    const offer = (candidate: Neighbour) => {
      const known = nearest.get(candidate.entity);
      if (candidate.entity !== entity && (known === undefined || candidate.hops < known.hops)) nearest.set(candidate.entity, candidate);
    };
    for (const [name, hops] of reach(this.#downstream, entity, maxHops)) offer({ entity: name, hops, direction: 'downstream' });
    for (const [name, hops] of reach(this.#upstream, entity, maxHops)) {
      offer({ entity: name, hops, direction: 'upstream' });
      for (const [below, down] of reach(this.#downstream, name, maxHops - hops)) offer({ entity: below, hops: hops + down, direction: 'beside' });
    }
    return [...nearest.values()].sort((a, b) => a.hops - b.hops || compareText(a.entity, b.entity));
  }
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function reach(edges: ReadonlyMap<string, readonly string[]>, start: string, maxHops: number): Map<string, number> {
  const found = new Map<string, number>();
  let frontier = [start];
  for (let hops = 1; hops <= maxHops && frontier.length > 0; hops++) {
    const next: string[] = [];
    for (const entity of frontier) {
      for (const other of edges.get(entity) ?? []) {
        if (other === start || found.has(other)) continue;
        found.set(other, hops);
        next.push(other);
      }
    }
    frontier = next;
  }
  return found;
}
