// What each label of an alert names: every part of it that the built-in table knows, not only the one that it is about.

import type { Labels } from '../model/labels.ts';
import { nameInForm } from './entity-form.ts';
import { type EntityNames, type NameOf, NO_NAMES } from './entity-names.ts';
import { jobName, type SourceReading, sourcesOf } from './entity-source.ts';
import { EXPORTER_WORDS, type SourceName } from './entity-sources.ts';
import { ENTITY_ROWS, type EntityRow, NAMES_IN_METRICS, type Role } from './entity-table.ts';
import type { EntityKind } from './policy.ts';

/** What the naming of entities depends on beside the labels. */
export interface Naming {
  /** From `topology.entities`, the most specific first. */
  readonly configured: readonly EntityKind[];
  /** The spellings of the dependency graph. */
  readonly names: EntityNames;
  /** The metrics that the alert's rule reads; empty when that is not known. */
  readonly metrics: readonly string[];
}

/** The naming without a configuration, a graph or an expression. */
export const PLAIN_NAMING: Naming = { configured: [], names: NO_NAMES, metrics: [] };

/** A part of an alert that a label names. */
export interface Part {
  readonly role: Role;
  /** The name as the labels give it, before the graph spells it otherwise. */
  readonly name: string;
  /** The entity, `kind/name`. */
  readonly entity: string;
}

/** Reads the labels of one alert by the built-in table. */
export class EntityReading {
  readonly sources: SourceReading;
  readonly #labels: Labels;
  readonly #naming: Naming;
  readonly #candidates: readonly Candidate[];

  constructor(labels: Labels, naming: Naming) {
    this.#labels = labels;
    this.#naming = naming;
    this.sources = sourcesOf(labels, naming.metrics);
    this.#candidates = this.#findCandidates();
  }

  /** The part that the alert is about by the table alone: the first line that names something; null when none does. */
  subject(): Part | null {
    for (const candidate of this.#candidates) {
      const part = this.#part(candidate);
      if (part !== null) return this.#asKnown(part);
    }
    return this.#partInMetrics();
  }

  /** The roles that labels may name here, the most telling first, each once. */
  roles(): readonly Role[] {
    const roles: Role[] = [];
    for (const { row } of this.#candidates) if (!roles.includes(row.role)) roles.push(row.role);
    return roles;
  }

  /** What plays the role in this alert, or null. */
  partOf(role: Role): Part | null {
    for (const candidate of this.#candidates) {
      if (candidate.row.role !== role) continue;
      const part = this.#part(candidate);
      if (part !== null) return this.#asKnown(part);
    }
    return null;
  }

  /** Of the names that a part has, as a card has a serial number and a place, the one that the graph knows. */
  #asKnown(part: Part): Part {
    const { names } = this.#naming;
    if (names === NO_NAMES || names.knows(part.entity)) return part;
    for (const candidate of this.#candidates) {
      if (candidate.row.role !== part.role) continue;
      const other = this.#part(candidate);
      if (other !== null && names.knows(other.entity)) return other;
    }
    return part;
  }

  #part({ row, label, value }: Candidate): Part | null {
    const { configured, names } = this.#naming;
    const kind = configured.find(({ labels }) => labels.includes(label));
    if (kind !== undefined) {
      const named = configuredEntity(this.#labels, kind, names);
      if (named !== null) return { role: row.role, ...named };
    }
    const own = nameInForm(value, row.form);
    if (own === null || own === '') return null;
    const within = row.within === undefined ? null : this.#nameOf(row.within);
    if (row.within !== undefined && within === null) return null;
    const name = within === null ? own : `${within}/${own}`;
    return { role: row.role, name, entity: names.spell(row.kind ?? row.role, name, nameOf(row)) };
  }

  #nameOf(role: Role): string | null {
    for (const candidate of this.#candidates) {
      if (candidate.row.role !== role) continue;
      const part = this.#part(candidate);
      if (part !== null) return part.name;
    }
    return null;
  }

  #findCandidates(): readonly Candidate[] {
    const { names, others, ofOthers } = this.sources;
    const clash = isClash(this.#labels);
    const candidates: Candidate[] = [];
    for (const [label, value] of this.#labels) {
      if (value === '' || value === '<none>') continue;
      const exported = label.startsWith(EXPORTED);
      const places = exported ? [...(PLACES.get(label) ?? []), ...(PLACES.get(label.slice(EXPORTED.length)) ?? [])] : PLACES.get(label);
      if (places === undefined || (!exported && this.#isExporters(label, value, clash, ofOthers))) continue;
      for (const { row, order } of places) {
        if (row.only !== undefined && !row.only.some((name) => names.includes(name))) continue;
        if (row.not !== undefined && !others && names.length > 0 && allAmong(names, row.not)) continue;
        if (row.when !== undefined && !row.when.values.includes(this.#labels.get(row.when.label) ?? '')) continue;
        if (row.values !== undefined && !row.values.test(value)) continue;
        candidates.push({ row, label, value, order: exported ? order : order + UNEXPORTED });
      }
    }
    return candidates.sort((a, b) => a.order - b.order);
  }

  /** Whether a label that Prometheus attaches to what it scrapes names the exporter here and not the subject. */
  #isExporters(label: string, value: string, clash: boolean, ofOthers: boolean): boolean {
    if (!SCRAPED.has(label)) return false;
    if (clash && OVERRULED.has(label)) return true;
    if (label === 'instance') return ofOthers;
    if (this.sources.names.includes('up')) return false;
    const word = exporterWord(value);
    if (word === null) return false;
    if (label !== 'pod' && label !== 'pod_name') return true;
    const job = this.#labels.get('job');
    if (job !== undefined && exporterWord(jobName(job)) === word) return true;
    return this.#naming.metrics.length > 0 && this.sources.names.length > 0 && !SPEAK_OF_PODS.some((name) => this.sources.names.includes(name));
  }

  #partInMetrics(): Part | null {
    for (const metric of this.#naming.metrics) {
      for (const { prefix, role, kind } of NAMES_IN_METRICS) {
        if (!metric.startsWith(prefix) || metric.length === prefix.length) continue;
        const name = metric.slice(prefix.length);
        return { role, name, entity: this.#naming.names.spell(kind, name, 'other') };
      }
    }
    return null;
  }
}

/** What a configured kind names by an alert's labels: their value as it is, or as the graph spells it; null when it names nothing. */
export function configuredEntity(labels: Labels, { kind, labels: naming }: EntityKind, names: EntityNames): { name: string; entity: string } | null {
  for (const label of naming) {
    const name = labels.get(label);
    if (name !== undefined && name !== '') return { name, entity: names.spell(kind, name, NAME_OF_LABEL.get(label) ?? 'other') };
  }
  return null;
}

interface Candidate {
  readonly row: EntityRow;
  /** The label as the alert has it. */
  readonly label: string;
  readonly value: string;
  readonly order: number;
}

interface Place {
  readonly row: EntityRow;
  readonly order: number;
}

const EXPORTED = 'exported_';
/** Rows are far enough apart in order for their labels, those with `exported_` before those without. */
const PER_ROW = 1000;
const UNEXPORTED = 500;

const PLACES = new Map<string, Place[]>();
const NAME_OF_LABEL = new Map<string, NameOf>();
for (const [i, row] of ENTITY_ROWS.entries()) {
  for (const [j, label] of row.labels.entries()) {
    const places = PLACES.get(label) ?? [];
    places.push({ row, order: i * PER_ROW + j });
    PLACES.set(label, places);
    if (row.only === undefined && nameOf(row) !== 'other' && !NAME_OF_LABEL.has(label)) {
      NAME_OF_LABEL.set(label, nameOf(row));
      NAME_OF_LABEL.set(`${EXPORTED}${label}`, nameOf(row));
    }
  }
}

/** Labels that Prometheus or its operator attaches to what it scrapes, and names of the scraping pod. */
const SCRAPED: ReadonlySet<string> = new Set(['instance', 'pod', 'pod_name', 'service', 'app', 'app_kubernetes_io_name', 'Hostname', 'hostname']);
/** Those of them that name the exporter once one of EXPORTED_LABELS shows that the two clashed. */
const OVERRULED: ReadonlySet<string> = new Set(['instance', 'pod', 'service', 'app', 'app_kubernetes_io_name']);
const EXPORTED_LABELS: ReadonlySet<string> = new Set(
  ['namespace', 'pod', 'container', 'service', 'endpoint', 'instance', 'job'].map((label) => `${EXPORTED}${label}`),
);
/** Sources in whose series `pod` is what they speak of, an exporter's pod included. */
const SPEAK_OF_PODS: readonly SourceName[] = ['kube', 'cadvisor'];

function isClash(labels: Labels): boolean {
  for (const label of labels.keys()) if (label.startsWith(EXPORTED) && EXPORTED_LABELS.has(label)) return true;
  return false;
}

function exporterWord(name: string): string | null {
  return EXPORTER_WORDS.find((word) => name.includes(word)) ?? null;
}

function allAmong(names: readonly SourceName[], some: readonly SourceName[]): boolean {
  return names.every((name) => some.includes(name));
}

function nameOf(row: EntityRow): NameOf {
  return row.role === 'pod' || row.role === 'workload' ? row.role : row.form === 'machine' ? 'machine' : 'other';
}
