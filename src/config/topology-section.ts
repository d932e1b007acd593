// `topology`: what labels name an entity, and which entity depends on which.

import type { EntityKind } from '../correlate/policy.ts';
import type { Edge } from '../model/topology.ts';
import { fault, readEntries, readList, readMap, type Setting } from './setting.ts';
import { given, readName, readNames } from './setting-value.ts';

/** What `topology` says. */
export interface TopologySettings {
  readonly entityKinds: readonly EntityKind[];
  readonly dependencies: readonly Edge[];
}

/** What holds where there is no `topology`. */
export const DEFAULT_TOPOLOGY: TopologySettings = { entityKinds: [], dependencies: [] };

/** Reads the section `topology`. */
export function readTopology(setting: Setting): TopologySettings {
  const fields = readMap(setting, { known: ['entities', 'dependencies'] });
  return {
    entityKinds: given(fields?.get('entities'), readEntityKinds) ?? [],
    dependencies: given(fields?.get('dependencies'), readDependencies) ?? [],
  };
}

function readEntityKinds(setting: Setting): readonly EntityKind[] {
  return [...(readEntries(setting) ?? [])].map(([kind, labels]) => {
    if (kind === '' || kind.includes('/')) fault(labels, 'is not a kind of entity; a word without / is allowed');
    return { kind, labels: readNames(labels) };
  });
}

function readDependencies(setting: Setting): readonly Edge[] {
  return readList(setting).flatMap((item) => {
    const fields = readMap(item, { known: ['from', 'to'] });
    if (fields === null) return [];
    for (const key of ['from', 'to'])
      if (!fields.has(key)) fault(item, `has no ${key}; from, an entity, and to, a list of those that it depends on, are needed`);
    const from = given(fields.get('from'), readEntity);
    const to = (given(fields.get('to'), readList) ?? []).flatMap((entity) => readEntity(entity) ?? []);
    return from === null ? [] : to.map((entity): Edge => ({ from, to: entity, origin: 'declared' }));
  });
}

function readEntity(setting: Setting): string | null {
  const entity = readName(setting);
  if (entity === null || /^[^/]+\/./s.test(entity)) return entity;
  fault(setting, `${JSON.stringify(entity)} is not an entity; kind/name is allowed, such as node/gpu-7`);
  return null;
}
