// Secrets: given in the file (best as ${NAME}) or in a file of their own, never repeated in a message.

import { dirname, resolve } from 'node:path';
import { Secret } from '../model/secret.ts';
import { type Fields, fault, readText, type Setting } from './setting.ts';

/** Whether a secret is given under a key or under its `_file` form, be it right or wrong. */
export function hasSecret(fields: Fields, key: string): boolean {
  return fields.has(key) || fields.has(`${key}_file`);
}

/** The keys of secrets, with their `_file` forms. */
export function withFiles(...keys: readonly string[]): readonly string[] {
  return keys.flatMap((key) => [key, `${key}_file`]);
}

/** Where a secret is given: the setting under its key, or under its `_file` form. */
export function secretSetting(fields: Fields, key: string): Setting | undefined {
  return fields.get(key) ?? fields.get(`${key}_file`);
}

/**
 * The secret under a key, or in the file that the key's `_file` form names, relative to the
 * configuration's folder and without trailing line breaks. Answers null when it is given nowhere, and
 * when it is wrong, having noted the fault. `check` says what is wrong with a value, without the value.
 */
export function readSecret(fields: Fields, key: string, check: (value: string) => string | null = () => null): Secret | null {
  const inline = fields.get(key);
  const inFile = fields.get(`${key}_file`);
  if (inline !== undefined && inFile !== undefined) {
    fault(inFile, `${key} is given as well; one of the two is allowed`);
    return null;
  }
  const setting = inline ?? inFile;
  if (setting === undefined) return null;
  const value = inline === undefined ? readSecretFile(setting) : readText(setting);
  if (value === null) return null;
  const wrong = value === '' ? 'is empty; a secret is allowed' : check(value);
  if (wrong === null) return new Secret(value);
  fault(setting, wrong);
  return null;
}

/** Reads the text of the file that a setting names, relative to the configuration's folder; null when it cannot be read, having noted so. */
export function readSecretFile(setting: Setting): string | null {
  const path = readText(setting);
  if (path === null) return null;
  const { file, readFile } = setting.source;
  const full = resolve(dirname(file), path);
  try {
    return readFile(full).replace(/[\r\n]+$/, '');
  } catch (error) {
    fault(setting, `the file ${JSON.stringify(full)} cannot be read (${reasonOf(error)}); a readable file is allowed`);
    return null;
  }
}

/** Why a file could not be read: the system's code where there is one, such as `ENOENT`. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error) return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
  return String(error);
}
