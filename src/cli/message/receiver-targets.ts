// Looks up where a receiver of a configuration is told.

import type { Config } from '../../config/config.ts';
import { formatFault } from '../../config/fault-line.ts';
import { loadConfig } from '../../config/load-config.ts';
import type { Environment } from '../../config/setting.ts';
import type { Target } from '../../notify/target.ts';

/** A receiver, and what its places are reached by, by the id of each. */
export interface ReceiverTargets {
  readonly config: Config;
  readonly targets: ReadonlyMap<string, Target>;
}

/** Loads a file and finds a receiver; null when the file is wrong, there is no such receiver, or it tells nobody, having said so. */
export function receiverTargets(file: string, receiver: string, env: Environment, err: (line: string) => void): ReceiverTargets | null {
  const result = loadConfig({ file, env });
  if ('faults' in result) {
    for (const fault of result.faults) err(formatFault(fault));
    return null;
  }
  const { config } = result;
  const destinations = config.policy.destinations.get(receiver);
  if (destinations === undefined || destinations.length === 0) {
    const known = [...config.policy.destinations.keys()].map((name) => JSON.stringify(name)).join(', ');
    err(destinations === undefined ? `there is no receiver ${JSON.stringify(receiver)}; receivers has ${known}` : `${JSON.stringify(receiver)} tells nobody`);
    return null;
  }
  return { config, targets: new Map(destinations.flatMap(({ id }) => [[id, config.targets.get(id)] as const]).filter(isKnown)) };
}

function isKnown(entry: readonly [string, Target | undefined]): entry is readonly [string, Target] {
  return entry[1] !== undefined;
}
