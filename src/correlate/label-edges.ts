// Which dependencies the labels of one alert prove by themselves, for as long as the alert is seen.

import type { Labels } from '../model/labels.ts';
import type { Edge } from '../model/topology.ts';
import { DEPENDENCY_ROWS, type DependencyRow } from './dependency-table.ts';
import { EntityReading, type Naming, type Part, PLAIN_NAMING } from './entity-reading.ts';
import type { SourceName } from './entity-sources.ts';
import type { Role } from './entity-table.ts';
import { inferenceServiceOf, isNamedAfter, podOwner } from './workload.ts';

/** No alert gives more edges than this. */
const MOST_EDGES = 8;

/**
 * The edges that the labels of one alert prove, at most 8, each once, the surest first: a pod runs on
 * its node, a workload on the pods named after it, a card sits in its machine. `entity` is what the
 * alert is about, as `entityOf` says with the same naming; it depends on a pod that is named after it.
 */
export function labelEdges(labels: Labels, entity: string | null, naming: Naming = PLAIN_NAMING): readonly Edge[] {
  const reading = new EntityReading(labels, naming);
  const parts = new Map<Role, Part>();
  for (const role of reading.roles()) {
    const part = reading.partOf(role);
    if (part !== null) parts.set(role, part);
  }
  const edges: Edge[] = [];
  const add = (from: string, to: string): void => {
    if (from === to || edges.length >= MOST_EDGES || edges.some((edge) => edge.from === from && edge.to === to)) return;
    edges.push({ from, to, origin: 'labels' });
  };
  const pod = parts.get('pod');
  if (pod !== undefined) for (const owner of ownersOf(pod, entity, parts, naming)) add(owner, pod.entity);
  for (const { row } of rowsAmong(parts)) {
    const from = parts.get(row.from);
    const to = parts.get(row.to);
    if (from === undefined || to === undefined || !isOfSources(row, reading.sources.names)) continue;
    if (row.byName === true && !isNamedAfter(to.name, from.name)) continue;
    if (row.without === undefined || !parts.has(row.without)) add(from.entity, to.entity);
  }
  return edges;
}

interface PlacedRow {
  readonly row: DependencyRow;
  readonly order: number;
}

const BY_FROM = new Map<Role, PlacedRow[]>();
for (const [order, row] of DEPENDENCY_ROWS.entries()) {
  const rows = BY_FROM.get(row.from) ?? [];
  rows.push({ row, order });
  BY_FROM.set(row.from, rows);
}

/** The lines of the table whose two ends the alert names, in the table's order. */
function rowsAmong(parts: ReadonlyMap<Role, Part>): readonly PlacedRow[] {
  const rows: PlacedRow[] = [];
  if (parts.size < 2) return rows;
  for (const role of parts.keys()) for (const placed of BY_FROM.get(role) ?? []) if (parts.has(placed.row.to)) rows.push(placed);
  return rows.sort((a, b) => a.order - b.order);
}

/** What a pod belongs to by its name alone: the alert's subject, its inference service, its workload unless a job is known to own it. */
function* ownersOf(pod: Part, entity: string | null, parts: ReadonlyMap<Role, Part>, { names }: Naming): Generator<string> {
  if (entity !== null && isNamedAfter(pod.name, entity.slice(entity.indexOf('/') + 1))) yield entity;
  const service = inferenceServiceOf(pod.name);
  if (service !== null && !parts.has('inferenceservice')) yield names.spell('inferenceservice', service, 'other');
  for (const role of ['job', 'workload'] as const) if (isNamedAfter(pod.name, parts.get(role)?.name ?? '')) return;
  const owner = podOwner(pod.name);
  if (owner !== null) yield names.spell('workload', owner.name, 'workload');
}

function isOfSources({ only, not }: DependencyRow, sources: readonly SourceName[]): boolean {
  if (only !== undefined && !only.some((name) => sources.includes(name))) return false;
  return not === undefined || !not.some((name) => sources.includes(name));
}
