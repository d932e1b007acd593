// How the dependency graph spells an entity that labels spell otherwise.

import { ENTITY_ROWS, MACHINE_KINDS, WORKLOAD_KINDS } from './entity-table.ts';
import { isLoopback, machineName } from './machine-name.ts';
import type { EntityKind, MachineAlias } from './policy.ts';
import { inferenceServiceOf, podOwner } from './workload.ts';

/** What names are made of. */
export interface DeclaredNames {
  /** The entities that the graph names, `kind/name`. */
  readonly declared: Iterable<string>;
  /** The kinds of `topology.entities`: one that shares a label with a kind of the built-in table names the same things. */
  readonly configured?: readonly EntityKind[];
  /** Addresses and further names of machines; the entities that they mean are declared by that. */
  readonly aliases?: readonly MachineAlias[];
}

/** What the text is a name of, which says in which other spellings it may be known. */
export type NameOf = 'machine' | 'pod' | 'workload' | 'other';

/**
 * The names that the graph declares, looked up by any spelling of them. It is built once for a graph
 * and a configuration. Two declared entities that share a spelling are not found by it.
 */
export class EntityNames {
  readonly #declared = new Set<string>();
  readonly #machines = new Map<string, string | null>();
  readonly #workloads = new Map<string, string>();
  readonly #pods = new Map<string, string | null>();
  readonly #aliases = new Map<string, string>();
  readonly #siblings: ReadonlyMap<string, readonly string[]>;

  constructor({ declared, configured = [], aliases = [] }: DeclaredNames) {
    for (const { entity, name } of aliases) this.#aliases.set(machineName(name), entity);
    this.#siblings = siblingsOf(configured);
    const machineKinds = withSiblings(MACHINE_KINDS, this.#siblings);
    const workloadKinds = withSiblings(WORKLOAD_KINDS, this.#siblings);
    const ranks = new Map<string, number>();
    for (const entity of [...declared, ...this.#aliases.values()]) {
      if (this.#declared.has(entity)) continue;
      this.#declared.add(entity);
      const slash = entity.indexOf('/');
      const kind = entity.slice(0, slash);
      const name = entity.slice(slash + 1);
      if (machineKinds.includes(kind)) this.#addMachine(kind, name, entity);
      if (kind === 'pod' && podOwner(name)?.suffix === 'hash') putUnique(this.#pods, podOwner(name)?.name ?? name, entity);
      const rank = workloadKinds.indexOf(kind);
      if (rank >= 0 && rank < (ranks.get(name) ?? Number.POSITIVE_INFINITY)) {
        ranks.set(name, rank);
        this.#workloads.set(name, entity);
      }
    }
  }

  /** Whether the graph names the entity in this very spelling. */
  knows(entity: string): boolean {
    return this.#declared.has(entity);
  }

  /**
   * The entity as the graph spells it: `node/GPU-7:9100` as `node/gpu-7.example.org`, a pod as its
   * workload. The entity as given where the graph knows this very spelling or none.
   */
  spell(kind: string, name: string, is: NameOf): string {
    const given = `${kind}/${name}`;
    if (this.#declared.has(given)) return given;
    return this.#sibling(kind, name) ?? this.#otherwise(kind, name, is) ?? given;
  }

  #otherwise(kind: string, name: string, is: NameOf): string | null {
    switch (is) {
      case 'machine':
        return this.#machine(kind, name);
      case 'pod':
        return this.#pod(kind, name);
      case 'workload':
        return this.#workloads.get(name) ?? null;
      case 'other':
        return null;
    }
  }

  #sibling(kind: string, name: string): string | null {
    for (const other of this.#siblings.get(kind) ?? []) if (this.#declared.has(`${other}/${name}`)) return `${other}/${name}`;
    return null;
  }

  #machine(kind: string, name: string): string | null {
    if (isLoopback(name)) return null;
    const short = machineName(name);
    return this.#machines.get(`${kind}/${short}`) ?? this.#aliases.get(short) ?? this.#machines.get(anyKind(short)) ?? null;
  }

  #pod(kind: string, name: string): string | null {
    const owner = podOwner(name);
    if (owner !== null) {
      const same = `${kind}/${owner.name}`;
      if (this.#declared.has(same)) return same;
      const known = this.#workloads.get(owner.name) ?? (owner.suffix === 'hash' ? this.#pods.get(owner.name) : null);
      if (known !== undefined && known !== null) return known;
    }
    const service = inferenceServiceOf(name);
    return service === null ? null : (this.#workloads.get(service) ?? null);
  }

  #addMachine(kind: string, name: string, entity: string): void {
    if (isLoopback(name)) return;
    const short = machineName(name);
    putUnique(this.#machines, `${kind}/${short}`, entity);
    putUnique(this.#machines, anyKind(short), entity);
  }
}

/** The names of a graph that declares none: every spelling stays as it is. */
export const NO_NAMES = new EntityNames({ declared: [] });

/** Key of a machine whatever its kind; no kind is empty. */
function anyKind(name: string): string {
  return `/${name}`;
}

function putUnique(map: Map<string, string | null>, key: string, entity: string): void {
  map.set(key, map.has(key) ? null : entity);
}

/** For each kind of the built-in table, the configured kinds that share one of its labels. */
function siblingsOf(configured: readonly EntityKind[]): ReadonlyMap<string, readonly string[]> {
  const siblings = new Map<string, string[]>();
  if (configured.length === 0) return siblings;
  for (const row of ENTITY_ROWS) {
    if (row.only !== undefined) continue;
    const kind = row.kind ?? row.role;
    for (const { kind: other, labels } of configured) {
      if (other === kind || !labels.some((label) => row.labels.includes(label.replace(/^exported_/, '')))) continue;
      const list = siblings.get(kind) ?? [];
      if (!list.includes(other)) list.push(other);
      siblings.set(kind, list);
    }
  }
  return siblings;
}

function withSiblings(kinds: readonly string[], siblings: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return [...kinds, ...kinds.flatMap((kind) => siblings.get(kind) ?? [])];
}
