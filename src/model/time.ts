// Points in time: milliseconds for reckoning, the sender's own text for identity.

/** A point in time in milliseconds since 1970-01-01 UTC. */
export type Instant = number;

/** A length of time in milliseconds. */
export type Milliseconds = number;

/** One second, minute, hour and day in milliseconds. */
export const SECOND: Milliseconds = 1000;
export const MINUTE: Milliseconds = 60 * SECOND;
export const HOUR: Milliseconds = 60 * MINUTE;
export const DAY: Milliseconds = 24 * HOUR;

/**
 * A time that a sender wrote, kept to the nanosecond: `text` is RFC 3339 in UTC without trailing
 * zeros, and tells two starts apart that fall into one millisecond.
 */
export interface Timestamp {
  readonly ms: Instant;
  readonly text: string;
}

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,18}))?([Zz]|[+-]\d{2}:\d{2})$/;

/**
 * Reads an RFC 3339 time, with any offset and up to nanoseconds (further digits are cut).
 * Answers null when the text is not one; Go's zero time, year 1, is a time like any other.
 */
export function parseTimestamp(text: string): Timestamp | null {
  return text === GO_ZERO.text ? GO_ZERO : (parseCanonical(text) ?? parseAny(text));
}

/** The time that Go writes where there is none, as in `endsAt` while an alert fires. */
const GO_ZERO: Timestamp = { ms: -62_135_596_800_000, text: '0001-01-01T00:00:00Z' };

/** The form that Go writes, `2006-01-02T15:04:05.999Z`, read without a regular expression: most times come so. */
function parseCanonical(text: string): Timestamp | null {
  const length = text.length;
  if (
    length < 20 ||
    length === 21 ||
    length > 24 ||
    text.charCodeAt(length - 1) !== Z ||
    text.charCodeAt(10) !== T ||
    (length > 20 && text.charCodeAt(19) !== POINT)
  )
    return null;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  const fraction = length > 20 ? digits(text, 20, length - 1) * 10 ** (24 - length) : 0;
  // The odd cases, and whatever is not a digit (NaN), are left to the thorough way.
  if (!(year >= 1970 && month >= 1 && month <= 12 && day >= 1 && hour <= 23 && minute <= 59 && second <= 59 && fraction >= 0)) return null;
  if (day > 28 && day > daysInMonth(year, month)) return null;
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH || text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return null;
  return { ms: Date.UTC(year, month - 1, day, hour, minute, second) + fraction, text: withoutZeros(text) };
}

const [Z, T, ZERO, POINT, DASH, COLON] = ['Z', 'T', '0', '.', '-', ':'].map((c) => c.charCodeAt(0)) as [number, number, number, number, number, number];

/** The text without zeros at the end of its fraction, and without a fraction that is zero. */
function withoutZeros(text: string): string {
  const point = text.indexOf('.');
  if (point === -1) return text;
  let end = text.length - 1;
  while (text.charCodeAt(end - 1) === ZERO) end -= 1;
  if (end === point + 1) end = point;
  return end === text.length - 1 ? text : `${text.slice(0, end)}Z`;
}

/** The number that digits make, or NaN when one of them is none. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

function parseAny(text: string): Timestamp | null {
  const match = RFC3339.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] = match;
  const offset = zone.length === 1 ? 'Z' : zone;
  const whole = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second === '60' ? '59' : second}${offset}`);
  if (Number.isNaN(whole) || hour === '24' || (Number(day) > 28 && Number(day) > daysInMonth(Number(year), Number(month)))) return null;
  const nanos = fraction.slice(0, 9).padEnd(9, '0');
  const shown = nanos.replace(/0+$/, '');
  const seconds = offset === 'Z' && second !== '60' ? `${text.slice(0, 10)}T${text.slice(11, 19)}` : new Date(whole).toISOString().slice(0, -5);
  return { ms: whole + Number(nanos.slice(0, 3)), text: `${seconds}${shown === '' ? '' : `.${shown}`}Z` };
}

/** How many days a month has, January being 1. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The timestamp of an instant, to the millisecond. */
export function timestampOf(ms: Instant): Timestamp {
  return { ms, text: formatInstant(ms) };
}

/** Writes an instant as RFC 3339 in UTC, without a fraction that is zero. */
export function formatInstant(ms: Instant): string {
  if (!(ms >= 0 && ms < YEAR_10000)) return withoutZeros(new Date(ms).toISOString());
  const time = ms % DAY;
  const [hour, minute, second] = [Math.floor(time / HOUR), Math.floor(time / MINUTE) % 60, Math.floor(time / SECOND) % 60];
  const clock = `${dateOf(Math.floor(ms / DAY))}T${two(hour)}:${two(minute)}:${two(second)}`;
  return time % SECOND === 0 ? `${clock}Z` : withoutZeros(`${clock}.${String(Math.floor(time % SECOND)).padStart(3, '0')}Z`);
}

const YEAR_10000: Instant = 253_402_300_800_000;

/** The date of a day since 1970-01-01 (Howard Hinnant, chrono-Compatible Low-Level Date Algorithms, `civil_from_days`). */
function dateOf(day: number): string {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const yearOfEra = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365);
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * ofYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return `${yearOfEra + era * 400 + (month <= 2 ? 1 : 0)}-${two(month)}-${two(ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1)}`;
}

function two(number: number): string {
  return number < 10 ? `0${number}` : `${number}`;
}

/** Orders timestamps, nanoseconds included: negative, zero or positive. */
export function compareTimestamps(a: Timestamp, b: Timestamp): number {
  if (a.ms !== b.ms) return a.ms - b.ms;
  if (a.text === b.text) return 0;
  const x = fractionOf(a.text);
  const y = fractionOf(b.text);
  return x < y ? -1 : x > y ? 1 : 0;
}

function fractionOf(text: string): string {
  return (/\.(\d+)Z$/.exec(text)?.[1] ?? '').padEnd(9, '0');
}

/** Writes a length of time for people, in its two largest units: `45 s`, `3 min 20 s`, `4 h`, `2 d 5 h`. */
export function formatDuration(length: Milliseconds): string {
  const units: readonly (readonly [Milliseconds, string])[] = [
    [DAY, 'd'],
    [HOUR, 'h'],
    [MINUTE, 'min'],
    [SECOND, 's'],
  ];
  let rest = Math.max(0, Math.round(length / SECOND)) * SECOND;
  const parts: string[] = [];
  for (const [unit, name] of units) {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    if (count > 0) parts.push(`${count} ${name}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.length === 0 ? '0 s' : parts.join(' ');
}
