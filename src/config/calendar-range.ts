// Ranges of days, months and years as Alertmanager writes them: `monday:friday`, `-3:-1`, `january`, `2020:2025`.

import type { Range } from '../route/time-interval.ts';

/** What a range is of. */
export interface RangeKind {
  /** The number that a word in lower case stands for; null when it is none of this kind. */
  readonly read: (word: string) => number | null;
  readonly write: (value: number) => string;
  /** Whether a range of two such numbers is one. */
  readonly isRange: (range: Range) => boolean;
  /** What may be written, for whoever wrote something else. */
  readonly allowed: string;
}

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const MONTH_NAMES = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];

/** `weekdays`: names only, from sunday to saturday. */
export const WEEKDAYS: RangeKind = {
  read: (word) => indexIn(DAYS, word),
  write: (day) => DAYS[day] ?? String(day),
  isRange: isAscending,
  allowed: 'a day such as sunday is, or two of one week that begins with sunday, such as monday:friday',
};

/** `days_of_month`: from the start of the month, or with a minus from its end. */
export const DAYS_OF_MONTH: RangeKind = {
  read: readWhole,
  write: String,
  isRange: isRangeOfDays,
  allowed: 'a day from 1 to 31 is, or from -1, the last, to -31, or two in their order, such as 1:7, 20:-1 or -3:-1',
};

/** `months`: names or numbers. */
export const MONTHS: RangeKind = {
  read: (word) => {
    const index = indexIn(MONTH_NAMES, word);
    return index === null ? readWhole(word) : index + 1;
  },
  write: (month) => MONTH_NAMES[month - 1] ?? String(month),
  isRange: isAscending,
  allowed: 'a month such as january or 1 is, or two of one year in their order, such as june:august',
};

/** `years`. */
export const YEARS: RangeKind = {
  read: readWhole,
  write: String,
  isRange: isAscending,
  allowed: 'a year is, or two in their order, such as 2026:2028',
};

/** Reads one word, or two with `:` between; null when the text is no range of this kind. */
export function parseRange(kind: RangeKind, text: string): Range | null {
  const words = text.toLowerCase().split(':');
  const first = kind.read(words[0] ?? '');
  const last = kind.read(words.at(-1) ?? '');
  if (words.length > 2 || first === null || last === null) return null;
  return kind.isRange({ first, last }) ? { first, last } : null;
}

/** Writes a range so that `parseRange` gives it back. */
export function writeRange(kind: RangeKind, { first, last }: Range): string {
  return first === last ? kind.write(first) : `${kind.write(first)}:${kind.write(last)}`;
}

function indexIn(names: readonly string[], word: string): number | null {
  const index = names.indexOf(word);
  return index < 0 ? null : index;
}

function readWhole(word: string): number | null {
  const value = /^[+-]?\d+$/.test(word) ? Number(word) : Number.NaN;
  return Number.isSafeInteger(value) ? value : null;
}

function isAscending({ first, last }: Range): boolean {
  return first <= last;
}

/** Alertmanager's test: not from the end back to the start, and days of both ends compared as in the shortest month. */
function isRangeOfDays({ first, last }: Range): boolean {
  const exists = (day: number) => day !== 0 && Math.abs(day) <= 31;
  const inShortest = (day: number) => (day < 0 ? 28 + day : day);
  return exists(first) && exists(last) && !(first < 0 && last > 0) && inShortest(first) <= inShortest(last);
}
