// Sections of a configuration, read below the least that a file needs.

import type { Config } from '../../../src/config/config.ts';
import { parseConfig } from '../../../src/config/parse-config.ts';

/**
 * What a file with this below its routes and receivers, from its third line on, gives: its
 * configuration, or its faults as `LINE:COLUMN: message`. It is read on 2026-03-01 at 10:00.
 */
export function parsed(text: string): Config | readonly string[] {
  const result = parseConfig({
    text: `route: {receiver: a}\nreceivers: [{name: a}]\n${text}`,
    file: 'winnow.yaml',
    env: {},
    readFile: () => '',
    now: Date.parse('2026-03-01T10:00Z'),
  });
  return 'config' in result ? result.config : result.faults.map(({ line, column, message }) => `${line}:${column}: ${message}`);
}

/** The configuration of such a file, which has to be valid. */
export function valid(text: string): Config {
  const config = parsed(text);
  if (!('policy' in config)) throw new Error(config.join('\n'));
  return config;
}
