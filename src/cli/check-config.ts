// `winnow check-config FILE`: whether a configuration is valid, and everything that is not.

import { formatFault } from '../config/fault-line.ts';
import { loadConfig } from '../config/load-config.ts';
import type { Environment } from '../config/setting.ts';
import { countRoutes } from '../route/route-tree.ts';

/** What `check-config` is run with. */
export interface CheckConfigOptions {
  readonly file: string;
  readonly env: Environment;
  /** Take a line each, without its line break: the verdict and the faults, and the warnings. */
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/**
 * Checks a file. Exit code 0 when it is valid, with a line that says so and the warnings beside it; 1
 * when it is not, with a line for each fault: `FILE:LINE:COLUMN: what is wrong, and what is allowed`.
 */
export async function checkConfig({ file, env, out, err }: CheckConfigOptions): Promise<number> {
  const result = loadConfig({ file, env });
  if ('faults' in result) {
    for (const fault of result.faults) out(formatFault(fault));
    return 1;
  }
  const { warnings, policy, routes } = result.config;
  for (const warning of warnings) err(formatFault(warning, 'warning: '));
  out(`${file}: valid, ${count(policy.destinations.size, 'receiver')}, ${count(countRoutes(routes), 'route')}`);
  return 0;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
