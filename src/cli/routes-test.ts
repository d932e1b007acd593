// `winnow routes test --config FILE LABEL=VALUE…`: which receivers an alert with these labels reaches.

import { formatFault } from '../config/fault-line.ts';
import { loadConfig } from '../config/load-config.ts';
import type { Environment } from '../config/setting.ts';
import type { Labels } from '../model/labels.ts';
import { MatcherError, parseMatcher } from '../model/matcher.ts';
import { matchRoutes } from '../route/route-tree.ts';

/** What `routes test` is run with. */
export interface RoutesTestOptions {
  readonly configFile: string;
  /** `LABEL=VALUE` each, the value in double quotes or not. */
  readonly labels: readonly string[];
  readonly env: Environment;
  /** Take a line each, without its line break. */
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/**
 * Prints the receivers on one line, separated by commas, in the order of the tree and as often as
 * routes lead to them, as `amtool config routes test` does. Exit code 0; 1 when the configuration is
 * not valid, with its faults; 2 when a label is not one.
 */
export async function routesTest({ configFile, labels, env, out, err }: RoutesTestOptions): Promise<number> {
  let alert: Labels;
  try {
    alert = parseLabels(labels);
  } catch (error) {
    if (!(error instanceof MatcherError)) throw error;
    err(error.message);
    return 2;
  }
  const result = loadConfig({ file: configFile, env });
  if ('faults' in result) {
    for (const fault of result.faults) err(formatFault(fault));
    return 1;
  }
  out(
    matchRoutes(result.config.routes, alert)
      .map((route) => route.receiver)
      .join(','),
  );
  return 0;
}

function parseLabels(labels: readonly string[]): Labels {
  return new Map(
    labels.map((text) => {
      const { name, operator, value } = parseMatcher(text);
      if (operator !== '=') throw new MatcherError(`${JSON.stringify(text)} is not a label; LABEL=VALUE is allowed`);
      return [name, value];
    }),
  );
}
