// Which exporters and platforms an alert's series come from: by the metrics of its rule, else by telling labels, else by the scrape job.
// A rule on `up` is about what is scraped, so its job tells more, and the address is no mere exporter's.

import type { Labels } from '../model/labels.ts';
import { ENTITY_SOURCES, type EntitySource, METRICS_OF_RULES, type SourceName } from './entity-sources.ts';

/** Where the series of an alert come from. */
export interface SourceReading {
  /** Each source once; hardly ever more than two. */
  readonly names: readonly SourceName[];
  /** Whether the rule also reads metrics that are of none of the sources known. */
  readonly others: boolean;
  /** Whether all of the sources found speak of others, so that the scraped address is an exporter's. */
  readonly ofOthers: boolean;
}

/** Reads the sources of an alert from the metrics that its rule reads, which may be none, and from its labels. */
export function sourcesOf(labels: Labels, metrics: readonly string[]): SourceReading {
  const found: EntitySource[] = [];
  let others = false;
  for (const metric of metrics) {
    if (METRICS_OF_RULES.has(metric)) continue;
    let known = false;
    for (const { source, prefix, whole } of candidatesFor(metric)) {
      if (!(whole ? isWhole(metric, prefix) : startsWithin(metric, prefix))) continue;
      known = true;
      if (!found.includes(source)) found.push(source);
    }
    if (!known) others = true;
  }
  if (found.length === 0) {
    for (const label of labels.keys()) {
      for (const source of BY_SIGN.get(label) ?? NONE) if (!found.includes(source)) found.push(source);
    }
  }
  const job = found.every(({ name }) => name === 'up') ? labels.get('job') : undefined;
  const sources = job === undefined ? found : [...found, ...sourcesOfJob(jobName(job))];
  return {
    names: sources.map(({ name }) => name),
    others,
    ofOthers: sources.length > 0 && sources.every(({ ofOthers }) => ofOthers === true),
  };
}

/** The scrape job without the namespace that a `PodMonitor` puts before it, in lower case, `-` for `_`. */
export function jobName(job: string): string {
  return job
    .slice(job.lastIndexOf('/') + 1)
    .toLowerCase()
    .replaceAll('_', '-');
}

interface MetricPrefix {
  readonly source: EntitySource;
  readonly prefix: string;
  readonly whole: boolean;
}

const NONE: readonly EntitySource[] = [];
const BY_FIRST_LETTERS = new Map<string, MetricPrefix[]>();
const BY_SIGN = new Map<string, EntitySource[]>();
const BY_JOB = new Map<string, EntitySource[]>();
const JOB_ENDINGS: { readonly ending: string; readonly source: EntitySource }[] = [];

for (const source of ENTITY_SOURCES) {
  for (const prefix of source.metrics) listed(BY_FIRST_LETTERS, prefix.slice(0, 2)).push({ source, prefix, whole: !/[_:]$/.test(prefix) });
  for (const sign of source.signs ?? []) listed(BY_SIGN, sign).push(source);
  for (const job of source.jobs ?? []) {
    listed(BY_JOB, job).push(source);
    if (job.includes('-')) JOB_ENDINGS.push({ ending: `-${job}`, source });
  }
}

function listed<T>(map: Map<string, T[]>, key: string): T[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}

/** A recording rule such as `instance:node_cpu:rate5m` has the metric behind its first colon. */
function candidatesFor(metric: string): readonly MetricPrefix[] {
  const own = BY_FIRST_LETTERS.get(metric.slice(0, 2)) ?? [];
  const colon = metric.indexOf(':');
  if (colon < 0) return own;
  return [...own, ...(BY_FIRST_LETTERS.get(metric.slice(colon + 1, colon + 3)) ?? [])];
}

function startsWithin(metric: string, prefix: string): boolean {
  return metric.startsWith(prefix) || metric.startsWith(prefix, metric.indexOf(':') + 1);
}

function isWhole(metric: string, name: string): boolean {
  return metric.startsWith(name) && (metric.length === name.length || metric.charAt(name.length) === '_');
}

function sourcesOfJob(job: string): readonly EntitySource[] {
  const exact = BY_JOB.get(job);
  if (exact !== undefined) return exact;
  return JOB_ENDINGS.filter(({ ending }) => job.endsWith(ending)).map(({ source }) => source);
}
