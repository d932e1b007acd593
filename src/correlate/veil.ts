// Which entities go by pseudonyms, as what they are called is the value of a label that is redacted.
//
// Whole kinds do: then a thing is called the same whichever label names it, in the dependency graph too.

import type { Edge } from '../model/topology.ts';
import { ENTITY_ROWS, MACHINE_KINDS, WORKLOAD_KINDS } from './entity-table.ts';
import type { EntityKind, MachineAlias, Redaction } from './policy.ts';

/** What names entities beside the built-in table. */
export interface NamingSettings {
  readonly entityKinds: readonly EntityKind[];
  readonly aliases: readonly MachineAlias[];
}

/** What an alert is about, and the dependencies that its labels prove. */
export interface Subject {
  readonly entity: string | null;
  readonly edges: readonly Edge[];
}

const EXPORTED = /^exported_/;
const PSEUDONYM = /^redacted-[0-9a-f]{12}$/;

/** The kinds whose names one of these labels may give, by the configuration or by the built-in table, or by what is made of such a name. */
export function veiledKinds(labels: ReadonlySet<string>, { entityKinds, aliases }: NamingSettings): ReadonlySet<string> {
  if (labels.size === 0) return NONE;
  const redacted = new Set([...labels].map((label) => label.replace(EXPORTED, '')));
  const names = (given: readonly string[]) => given.some((label) => redacted.has(label.replace(EXPORTED, '')));
  const kinds = new Set([
    ...entityKinds.flatMap(({ kind, labels: given }) => (names(given) ? [kind] : [])),
    ...ENTITY_ROWS.flatMap((row) => (names(row.labels) ? [row.kind ?? row.role] : [])),
  ]);
  for (let before = -1; before !== kinds.size; ) {
    before = kinds.size;
    const rows = ENTITY_ROWS.filter((row) => kinds.has(row.kind ?? row.role));
    const roles = new Set<string>(rows.map(({ role }) => role));
    const theirs = new Set(rows.flatMap((row) => row.labels));
    // What stands behind a name that is veiled would show it.
    for (const row of ENTITY_ROWS) if (row.within !== undefined && roles.has(row.within)) kinds.add(row.kind ?? row.role);
    for (const { kind, labels: given } of entityKinds) if (given.some((label) => theirs.has(label.replace(EXPORTED, '')))) kinds.add(kind);
    // A machine is one thing, whatever kind the graph declares it as, and so are a pod and what it belongs to.
    if (MACHINE_KINDS.some((kind) => kinds.has(kind))) for (const kind of [...MACHINE_KINDS, ...aliases.map(({ entity }) => kindOf(entity))]) kinds.add(kind);
    if (kinds.has('pod')) for (const kind of WORKLOAD_KINDS) kinds.add(kind);
  }
  return kinds;
}

const NONE: ReadonlySet<string> = new Set();

/** The entity as it may be shown: under a pseudonym when it is of a kind that is veiled. */
export function veiled(entity: string, { kinds, pseudonym }: Redaction): string {
  return kinds.has(kindOf(entity)) ? masked(entity, pseudonym) : entity;
}

/** Edges between entities as they may be shown. */
export function veiledEdges(edges: readonly Edge[], redaction: Redaction): readonly Edge[] {
  if (redaction.kinds.size === 0) return edges;
  return edges.map((edge) => ({ ...edge, from: veiled(edge.from, redaction), to: veiled(edge.to, redaction) }));
}

/**
 * What was read of all labels, as it may be shown; `plain` is what is read without those that are redacted. What only these
 * give goes by a pseudonym, of whatever kind it is.
 */
export function veiledSubject({ entity, edges }: Subject, plain: Subject, redaction: Redaction): Subject {
  const known = new Set([plain.entity, ...plain.edges.flatMap(({ from, to }) => [from, to])]);
  const shown = (name: string) => (known.has(name) ? veiled(name, redaction) : masked(name, redaction.pseudonym));
  return { entity: entity === null ? null : shown(entity), edges: edges.map((edge) => ({ ...edge, from: shown(edge.from), to: shown(edge.to) })) };
}

/** Whether an entity goes by a pseudonym, whose words say nothing. */
export function isVeiled(entity: string): boolean {
  return PSEUDONYM.test(nameOf(entity));
}

function masked(entity: string, pseudonym: Redaction['pseudonym']): string {
  return isVeiled(entity) ? entity : `${kindOf(entity)}/${pseudonym(nameOf(entity))}`;
}

function kindOf(entity: string): string {
  return entity.slice(0, Math.max(0, entity.indexOf('/')));
}

function nameOf(entity: string): string {
  return entity.slice(entity.indexOf('/') + 1);
}
