// Which incidents an entity takes part in, and which carry a label's value: what joining looks incidents up by.

import type { EntityPart } from '../model/incident.ts';

const NONE: ReadonlySet<string> = new Set();

/** An index of incidents by the entities and the labels of their parts. */
export class PartIndex {
  readonly #byEntity = new Map<string, Set<string>>();
  readonly #byLabel = new Map<number, Set<string>>();

  /** The incidents that an entity takes part in. */
  on(entity: string): ReadonlySet<string> {
    return this.#byEntity.get(entity) ?? NONE;
  }

  /** The incidents one of whose parts carries a label's value. */
  with(label: number): ReadonlySet<string> {
    return this.#byLabel.get(label) ?? NONE;
  }

  /** Takes in an incident's parts as they now are. */
  update(id: string, before: readonly EntityPart[], after: readonly EntityPart[]): void {
    if (before === after) return;
    const grew = onlyGrew(before, after);
    if (!grew) this.remove(id, before);
    for (let i = grew ? before.length : 0; i < after.length; i++) {
      const part = after[i];
      if (part === undefined) continue;
      if (part.entity !== null) addTo(this.#byEntity, part.entity, id);
      for (const label of part.labels) addTo(this.#byLabel, label, id);
    }
  }

  /** Takes an incident out. */
  remove(id: string, parts: readonly EntityPart[]): void {
    for (const part of parts) {
      if (part.entity !== null) removeFrom(this.#byEntity, part.entity, id);
      for (const label of part.labels) removeFrom(this.#byLabel, label, id);
    }
  }
}

/** Whether every part is still there with the entity and the labels that it had. */
function onlyGrew(before: readonly EntityPart[], after: readonly EntityPart[]): boolean {
  return before.every((part, i) => {
    const now = after[i];
    return now === part || (now !== undefined && now.entity === part.entity && now.labels === part.labels);
  });
}

function addTo<K>(index: Map<K, Set<string>>, key: K, id: string): void {
  const set = index.get(key);
  if (set === undefined) index.set(key, new Set([id]));
  else set.add(id);
}

function removeFrom<K>(index: Map<K, Set<string>>, key: K, id: string): void {
  const set = index.get(key);
  if (set?.delete(id) === true && set.size === 0) index.delete(key);
}
