// Which address an alert shows to be which machine.

import type { Labels } from '../model/labels.ts';
import { EntityReading, type Naming, PLAIN_NAMING } from './entity-reading.ts';
import { isAddress, isLoopback, machineName } from './machine-name.ts';

/** An address, as `machineName` writes it, and the entity of the machine that has it. */
export interface MachineAlias {
  readonly address: string;
  readonly entity: string;
}

/**
 * The address of a machine that the alert also names, as `node_uname_info` does with `nodename` and node_exporter's
 * series with `node`: the exporter runs on the machine that it speaks of, so the scraped address is the
 * machine's. Null for any other source, and where either is missing. What it answers can become one of `EntityNames`' aliases.
 */
export function machineAlias(labels: Labels, naming: Naming = PLAIN_NAMING): MachineAlias | null {
  const instance = labels.get('instance') ?? '';
  if (!isAddress(instance) || isLoopback(instance)) return null;
  const reading = new EntityReading(labels, naming);
  if (!reading.sources.names.includes('node')) return null;
  const machine = reading.partOf('node');
  return machine === null || isAddress(machine.name) ? null : { address: machineName(instance), entity: machine.entity };
}
