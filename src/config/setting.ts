// A place in the configuration file: what is written there, and the faults found in it.
// Knows YAML's forms, positions and `${NAME}`; not what any key means.

import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml';
import type { Instant } from '../model/time.ts';
import type { ConfigFault } from './config.ts';
import { suggestion } from './near-miss.ts';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A file being read, and where its faults and warnings are gathered. */
export interface Source {
  /** The file's path, as faults name it. */
  readonly file: string;
  readonly env: Environment;
  /** Reads a file that the configuration names, as text; throws when it cannot. */
  readonly readFile: (path: string) => string;
  /** The time, for what has expired. */
  readonly now: Instant;
  readonly document: Document;
  readonly lines: LineCounter;
  readonly faults: ConfigFault[];
  readonly warnings: ConfigFault[];
}

/** A value of the file. */
export interface Setting {
  readonly source: Source;
  /** Where it stands in the file's own words: `route.routes[2].group_wait`; empty for the whole. */
  readonly path: string;
  readonly node: Node | null;
  /** The offset of the value in the file, or of its key where it has none. */
  readonly offset: number;
  /** The offset of its key; of the value where it has none, in a list. */
  readonly keyOffset: number;
}

/** The values of a map that were given, by key. */
export type Fields = ReadonlyMap<string, Setting>;

/** Which keys a map may have. */
export interface Keys {
  /** Those that are acted on. */
  readonly known: readonly string[];
  /** Those that are read as well, but not worth naming to someone who wrote an unknown one. */
  readonly tolerated?: readonly string[];
  /** Those of Alertmanager's that have no effect here: accepted with a warning. */
  readonly ignored?: readonly string[];
  /** Those that a later version is to act on: refused unless they are empty. */
  readonly later?: readonly string[];
}

/** Notes something wrong with a setting; the message says what, and what is allowed. */
export function fault(setting: Setting, message: string): void {
  setting.source.faults.push(findingAt(setting, message));
}

/** Notes that a setting is accepted without effect. */
export function warn(setting: Setting, message: string): void {
  setting.source.warnings.push(findingAt(setting, message));
}

function findingAt({ source, path, offset }: Setting, message: string): ConfigFault {
  const { line, col } = source.lines.linePos(offset);
  return { file: source.file, line, column: col, message: path === '' ? message : `${path}: ${message}` };
}

/** The same setting, found at its key: for what is wrong with its being there at all. */
export function atKey(setting: Setting): Setting {
  return { ...setting, offset: setting.keyOffset };
}

/** The file's whole content as a setting. */
export function rootOf(source: Source): Setting {
  const node = source.document.contents;
  const offset = node?.range?.[0] ?? 0;
  return { source, path: '', node, offset, keyOffset: offset };
}

/** Whether nothing is written there, or an empty list or map. */
export function isEmpty(setting: Setting): boolean {
  const { node } = setting;
  return isAbsent(setting) || ((isMap(node) || isSeq(node)) && node.items.length === 0);
}

function isAbsent({ node }: Setting): boolean {
  return node === null || (isScalar(node) && node.value === null);
}

/**
 * The fields of a map that have a value; those with none, as in `global:`, count as left out. Keys
 * that are not allowed are faults, and Alertmanager's keys without effect are warnings. Answers null,
 * having said so, when the setting is not a map.
 */
export function readMap(setting: Setting, keys: Keys): Fields | null {
  const entries = readEntries(setting);
  if (entries === null) return null;
  const { known, tolerated = [], ignored = [], later = [] } = keys;
  const allowed = known.length === 0 ? 'none is allowed yet' : `allowed are ${known.join(', ')}`;
  const fields = new Map<string, Setting>();
  for (const [key, value] of entries) {
    if (known.includes(key) || tolerated.includes(key)) fields.set(key, value);
    else if (ignored.includes(key)) warn(atKey(value), 'has no effect in Winnow');
    else if (!later.includes(key)) fault(atKey(value), `unknown key${suggestion(key, [...known, ...tolerated, ...ignored, ...later])}; ${allowed}`);
    else if (!isEmpty(value)) fault(atKey(value), 'is not supported yet; leave it out or empty');
  }
  return fields;
}

/** The values of a map with keys of any name, in their order; null, having said so, when it is no map. */
export function readEntries(setting: Setting): Fields | null {
  const entries = new Map<string, Setting>();
  if (!gather(setting, setting, entries)) return null;
  for (const [key, value] of entries) if (isAbsent(value)) entries.delete(key);
  return entries;
}

function gather(whole: Setting, part: Setting, entries: Map<string, Setting>): boolean {
  const node = part.node;
  if (!isMap(node)) {
    fault(part, `${part.path === '' ? 'the file ' : ''}is not a map; keys with values are allowed`);
    return false;
  }
  const merged: Setting[] = [];
  for (const pair of node.items) {
    const keyNode = pair.key as Node;
    const key = isScalar(keyNode) ? (keyNode.source ?? String(keyNode.value)) : null;
    const at = keyNode.range?.[0] ?? part.offset;
    if (key === null) {
      fault({ ...part, offset: at }, 'has a key that is no text');
      continue;
    }
    const value = settingOf(whole, key, pair.value as Node | null, at);
    if (value === null) continue;
    if (key === '<<') merged.push(value);
    else if (!entries.has(key)) entries.set(key, value);
  }
  // Merge keys of YAML 1.1, which Alertmanager reads: what stands beside them comes first.
  const maps = merged.flatMap((from) => (isSeq(from.node) ? readList(from) : [from]));
  return maps.every((map) => gather(whole, map, entries));
}

function settingOf(above: Setting, key: string, node: Node | null, keyAt: number): Setting | null {
  const path = above.path === '' ? key : `${above.path}.${key}`;
  return resolveAlias({ source: above.source, path, node, offset: node?.range?.[0] ?? keyAt, keyOffset: keyAt });
}

/** The setting with what its alias stands for, or null, having said so, for an alias inside its own anchor, which would never end. */
function resolveAlias(setting: Setting): Setting | null {
  const { node, source, offset } = setting;
  if (!isAlias(node)) return setting;
  const target = node.resolve(source.document) ?? null;
  const [start, , end] = target?.range ?? [offset + 1, 0, 0];
  if (start > offset || offset >= end) return { ...setting, node: target };
  fault(setting, 'is an alias of what it stands in; one of something before it is allowed');
  return null;
}

/** The items of a list; a setting that is no list is a fault, and gives none. */
export function readList(setting: Setting): readonly Setting[] {
  const { node, source, path, offset } = setting;
  if (!isSeq(node)) {
    fault(setting, 'is not a list; items in [ ] or after dashes are allowed');
    return [];
  }
  return node.items.flatMap((item, i) => {
    const written = item as Node | null;
    const at = written?.range?.[0] ?? offset;
    return resolveAlias({ source, path: `${path}[${i}]`, node: written, offset: at, keyOffset: at }) ?? [];
  });
}

/**
 * The text of a value, `${NAME}` replaced by the environment's and `$$` by `$`; numbers and the like
 * as they are written. Answers null, having said so, for a list, a map, nothing or an unset variable.
 */
export function readText(setting: Setting): string | null {
  const { node, source } = setting;
  if (!isScalar(node) || node.value === null) {
    fault(setting, 'is not a text; one value is allowed');
    return null;
  }
  const written = typeof node.value === 'string' ? node.value : (node.source ?? JSON.stringify(node.value));
  let complete = true;
  const text = written.replace(/\$(?:\$|\{([^}]*)\})/g, (_, name: string | undefined) => {
    if (name === undefined) return '$';
    const value = source.env[name];
    if (value !== undefined) return value;
    fault(setting, `the environment variable ${JSON.stringify(name)} is not set; set it, or write $$ for a literal $`);
    complete = false;
    return '';
  });
  return complete ? text : null;
}
