// The kinds of value that settings have: how each is read, and what is said when it is not one.
// Every reader answers null when the value is wrong, having noted the fault.

import { type Instant, type Milliseconds, parseTimestamp } from '../model/time.ts';
import { parseByteSize } from './byte-size.ts';
import { parseDuration } from './duration.ts';
import { isTimeZone } from './local-time.ts';
import { suggestion } from './near-miss.ts';
import { fault, readList, readText, type Setting, warn } from './setting.ts';

/** Applies a reader to a setting where there is one; null where there is none. */
export function given<T>(setting: Setting | undefined, read: (setting: Setting) => T | null): T | null {
  return setting === undefined ? null : read(setting);
}

/** Reads a text that has to hold something. */
export function readName(setting: Setting): string | null {
  const text = readText(setting);
  if (text !== '') return text;
  fault(setting, 'is empty; a text is allowed');
  return null;
}

/** Reads a duration in milliseconds, zero allowed. */
export function readDuration(setting: Setting): Milliseconds | null {
  const text = readText(setting);
  if (text === null) return null;
  const length = parseDuration(text);
  if (length === null)
    fault(setting, `${JSON.stringify(text)} is not a duration; numbers with the units y, w, d, h, m, s and ms are allowed, such as 1h30m or 0s`);
  return length;
}

/** Reads a duration in milliseconds that is longer than zero. */
export function readPositiveDuration(setting: Setting): Milliseconds | null {
  const length = readDuration(setting);
  if (length !== 0) return length;
  fault(setting, 'is zero; a duration longer than that is allowed, such as 5m');
  return null;
}

/** Reads a size in bytes, at least 1. */
export function readByteSize(setting: Setting): number | null {
  const text = readText(setting);
  if (text === null) return null;
  const size = parseByteSize(text);
  if (size !== null && size > 0) return size;
  fault(setting, `${JSON.stringify(text)} is not a size; a number of bytes above 0 is allowed, or one with KiB, MiB or GiB, such as 64MiB`);
  return null;
}

/** Reads a yes or no, in the words of YAML 1.2 or 1.1, since Alertmanager reads the latter. */
export function readBoolean(setting: Setting): boolean | null {
  const text = readText(setting);
  if (text === null) return null;
  const value = parseBoolean(text);
  if (value === null) fault(setting, `${JSON.stringify(text)} is neither true nor false; one of these is allowed`);
  return value;
}

/** The yes or no that a text is in the words of YAML 1.2 or 1.1; null for any other. */
export function parseBoolean(text: string): boolean | null {
  if (/^(?:true|yes|on)$/i.test(text)) return true;
  return /^(?:false|no|off)$/i.test(text) ? false : null;
}

/** Makes a reader of whole numbers from `least` to `most`. */
export function readInteger(least: number, most: number): (setting: Setting) => number | null {
  return (setting) => {
    const text = readText(setting);
    if (text === null) return null;
    const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    fault(setting, `${JSON.stringify(text)} is not allowed; a whole number from ${least} to ${most} is`);
    return null;
  };
}

/** Reads a share above 0, up to 1, in decimals. */
export function readShare(setting: Setting): number | null {
  const text = readText(setting);
  if (text === null) return null;
  const value = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && value <= 1) return value;
  fault(setting, `${JSON.stringify(text)} is not allowed; a number above 0, up to 1, is, such as 0.75`);
  return null;
}

/** Reads an RFC 3339 time. */
export function readInstant(setting: Setting): Instant | null {
  const text = readText(setting);
  if (text === null) return null;
  const at = parseTimestamp(text);
  if (at === null) fault(setting, `${JSON.stringify(text)} is not a time; one as in RFC 3339 is allowed, such as 2026-03-01T18:00:00Z`);
  return at?.ms ?? null;
}

/** Makes a reader of one of a few words. */
export function readChoice<T extends string>(allowed: readonly T[]): (setting: Setting) => T | null {
  return (setting) => {
    const text = readText(setting);
    const choice = allowed.find((word) => word === text);
    if (text === null || choice !== undefined) return choice ?? null;
    fault(setting, `${JSON.stringify(text)} is not allowed${suggestion(text, allowed)}; one of ${allowed.join(', ')} is`);
    return null;
  };
}

/** Reads a list of texts that hold something; wrong ones are left out, having been noted. */
export function readNames(setting: Setting): readonly string[] {
  return readList(setting).flatMap((item) => readName(item) ?? []);
}

/** Reads the name of a time zone. `Local` and the empty text, which Alertmanager reads as well, are UTC. */
export function readTimeZone(setting: Setting): string | null {
  const name = readText(setting);
  if (name === null || isTimeZone(name)) return name;
  if (name === 'Local') warn(setting, 'is UTC here, whatever the zone of the machine; the name of a zone has an effect, such as Europe/Berlin');
  if (name === 'Local' || name === '') return 'UTC';
  fault(setting, `${JSON.stringify(name)} is not a time zone; a name of the IANA database is allowed, such as Europe/Berlin, or UTC`);
  return null;
}

/** Reads an http or https URL; it may be shown to everyone, so it must not hold a password. */
export function readUrl(setting: Setting): string | null {
  const text = readText(setting);
  if (text === null) return null;
  const url = parseHttpUrl(text);
  if (url !== null && url.username === '' && url.password === '') return text;
  fault(
    setting,
    url === null ? 'is not a URL; an http or https URL is allowed' : 'holds a user or password, which would be shown; a URL without them is allowed',
  );
  return null;
}

/** The URL that a text is, when its scheme is http or https; null otherwise. */
export function parseHttpUrl(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : null;
}
