// `topology`: what labels name an entity, which names mean one machine, and which entity depends on which.

import { isLoopback, machineName } from '../correlate/machine-name.ts';
import type { EntityKind, MachineAlias } from '../correlate/policy.ts';
import type { Edge } from '../model/topology.ts';
import { atKey, fault, readEntries, readList, readMap, type Setting } from './setting.ts';
import { given, readName, readNames } from './setting-value.ts';

/** What `topology` says. */
export interface TopologySettings {
  readonly entityKinds: readonly EntityKind[];
  readonly aliases: readonly MachineAlias[];
  readonly dependencies: readonly Edge[];
}

/** What holds where there is no `topology`. */
export const DEFAULT_TOPOLOGY: TopologySettings = { entityKinds: [], aliases: [], dependencies: [] };

/** Reads the section `topology`. */
export function readTopology(setting: Setting): TopologySettings {
  const fields = readMap(setting, { known: ['entities', 'aliases', 'dependencies'] });
  return {
    entityKinds: given(fields?.get('entities'), readEntityKinds) ?? [],
    aliases: given(fields?.get('aliases'), readAliases) ?? [],
    dependencies: given(fields?.get('dependencies'), readDependencies) ?? [],
  };
}

function readEntityKinds(setting: Setting): readonly EntityKind[] {
  return [...(readEntries(setting) ?? [])].map(([kind, labels]) => {
    if (kind === '' || kind.includes('/')) fault(labels, 'is not a kind of entity; a word without / is allowed');
    return { kind, labels: readNames(labels) };
  });
}

function readAliases(setting: Setting): readonly MachineAlias[] {
  const owners = new Map<string, string>();
  return [...(readEntries(setting) ?? [])].flatMap(([entity, list]) => {
    if (!isEntity(entity)) fault(atKey(list), notAnEntity(entity));
    return readList(list).flatMap((item): readonly MachineAlias[] => {
      const name = readName(item);
      if (name === null) return [];
      const owner = owners.get(machineName(name)) ?? entity;
      owners.set(machineName(name), owner);
      if (isLoopback(name))
        fault(item, `${JSON.stringify(name)} is another machine for each who says it; an address or a name that means one machine is allowed`);
      if (owner !== entity)
        fault(item, `${JSON.stringify(name)} is a name of ${owner} as well, as ports and domains do not count; a name of one machine is allowed`);
      return [{ entity, name }];
    });
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
  if (entity === null || isEntity(entity)) return entity;
  fault(setting, notAnEntity(entity));
  return null;
}

function isEntity(text: string): boolean {
  return /^[^/]+\/./s.test(text);
}

function notAnEntity(text: string): string {
  return `${JSON.stringify(text)} is not an entity; kind/name is allowed, such as node/gpu-7`;
}
