// What an alert is about: `kind/name`, from the configured kinds first and the built-in table after.

import type { Labels } from '../model/labels.ts';
import { BUILT_IN_KINDS, EXPORTER_JOBS, EXPORTER_LABELS } from './entity-table.ts';
import type { EntityKind } from './policy.ts';

/**
 * The entity of an alert, or null when none of its labels names one. Configured kinds take label
 * values as they are, so that they match the names in `topology.dependencies`.
 */
export function entityOf(labels: Labels, configured: readonly EntityKind[]): string | null {
  for (const kind of configured) {
    const name = nameBy(labels, kind, NONE);
    if (name !== null) return `${kind.kind}/${name}`;
  }
  const exporters = EXPORTER_JOBS.has(labels.get('job') ?? '') ? EXPORTER_LABELS : NONE;
  for (const kind of BUILT_IN_KINDS) {
    const name = nameBy(labels, kind, exporters);
    if (name === null) continue;
    return `${kind.kind}/${kind.kind === 'node' ? machineName(name) : name}`;
  }
  return null;
}

const NONE: ReadonlySet<string> = new Set();

function nameBy(labels: Labels, kind: EntityKind, passedOver: ReadonlySet<string>): string | null {
  for (const label of kind.labels) {
    const value = labels.get(label);
    if (value !== undefined && value !== '' && !passedOver.has(label)) return value;
  }
  return null;
}

const ADDRESS = /^\[?[0-9a-fA-F.:]+\]?$/;

/**
 * The one name of a machine that goes by several: port, domain and case are dropped from
 * `GPU-7.cluster.local:9100`; an address keeps all but its port, and loopback names keep the port too,
 * since they are another machine for each who says them.
 */
export function machineName(name: string): string {
  const bareAddress = name.includes('::') && !name.startsWith('[');
  const host = (bareAddress ? name : name.replace(/:\d+$/, '')).toLowerCase();
  if (host === 'localhost' || host.startsWith('127.') || host === '[::1]') return name.toLowerCase();
  if (ADDRESS.test(host)) return host;
  return host.split('.')[0] ?? host;
}
