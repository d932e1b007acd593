// Reading a configuration from its file; and the one that holds where there is none.

import { readFileSync } from 'node:fs';
import type { Config } from './config.ts';
import { type ConfigResult, parseConfig } from './parse-config.ts';
import { reasonOf } from './secret-setting.ts';
import type { Environment } from './setting.ts';

/** Where a configuration is loaded from. */
export interface ConfigFile {
  readonly file: string;
  /** Where `${NAME}` comes from, by default nowhere. */
  readonly env?: Environment;
  /** Reads a file as text, and throws when it cannot; by default from disk. */
  readonly readFile?: (path: string) => string;
}

/** Loads a file of configuration. A file that cannot be read is a fault at its first character. */
export function loadConfig({ file, env = {}, readFile = readText }: ConfigFile): ConfigResult {
  let text: string;
  try {
    text = readFile(file);
  } catch (error) {
    return { faults: [{ file, line: 1, column: 1, message: `the file cannot be read (${reasonOf(error)}); a readable YAML file is allowed` }] };
  }
  return parseConfig({ text, file, env, readFile });
}

function readText(path: string): string {
  return readFileSync(path, 'utf8');
}

const DEFAULT = `
route: {receiver: default}
receivers: [{name: default, console_configs: [{}]}]
`;

/** The configuration that holds without a file: every alert goes to the receiver `default`, the terminal. */
export function defaultConfig(): Config {
  const result = parseConfig({ text: DEFAULT, file: 'default', env: {}, readFile: readText });
  if ('faults' in result) throw new Error(`the default configuration is wrong: ${result.faults[0]?.message}`);
  return result.config;
}
