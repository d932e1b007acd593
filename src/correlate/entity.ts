// What an alert is about: `kind/name`, from the configured kinds first and the built-in table after.

import type { Labels } from '../model/labels.ts';
import { type EntityNames, NO_NAMES } from './entity-names.ts';
import { configuredEntity, EntityReading } from './entity-reading.ts';
import type { EntityKind } from './policy.ts';

/**
 * The entity of an alert, or null when none of its labels names one. Configured kinds take label
 * values as they are, so that they match the names in `topology.dependencies`; where the graph knows
 * the same machine, or the workload of the same pod, in another spelling and not in this one, it is
 * spelled as there. `metrics` are those that the alert's rule reads, empty when that is not known.
 */
export function entityOf(labels: Labels, configured: readonly EntityKind[], names: EntityNames = NO_NAMES, metrics: readonly string[] = []): string | null {
  for (const kind of configured) {
    const named = configuredEntity(labels, kind, names);
    if (named !== null) return named.entity;
  }
  return new EntityReading(labels, { configured, names, metrics }).subject()?.entity ?? null;
}
