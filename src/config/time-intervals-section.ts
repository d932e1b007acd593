// `time_intervals`, and `mute_time_intervals` as it was called before: parts of the day, week and year by name.

import type { Range, TimeInterval, TimeRange } from '../route/time-interval.ts';
import { DAYS_OF_MONTH, MONTHS, parseRange, type RangeKind, WEEKDAYS, YEARS } from './calendar-range.ts';
import { localTimeIn } from './local-time.ts';
import { suggestion } from './near-miss.ts';
import { type Fields, fault, isEmpty, readList, readMap, readText, type Setting, warn } from './setting.ts';
import { given, readName, readTimeZone } from './setting-value.ts';
import { parseTimeOfDay } from './time-of-day.ts';

/** A time interval with the name of its time zone. */
export interface LocatedInterval extends TimeInterval {
  readonly location: string;
}

/** The intervals of each name: the name is active while one of them is. */
export type TimeIntervalSettings = ReadonlyMap<string, readonly LocatedInterval[]>;

/** Reads both sections of the file; a name is allowed once in the two of them. */
export function readTimeIntervals(file: Fields): TimeIntervalSettings {
  const named = new Map<string, readonly LocatedInterval[]>();
  for (const item of ['mute_time_intervals', 'time_intervals'].flatMap((key) => given(file.get(key), readList) ?? [])) {
    const fields = readMap(item, { known: ['name', 'time_intervals'] });
    if (fields === null) continue;
    const name = readIntervalName(item, fields, named);
    const list = fields.get('time_intervals');
    if (list === undefined) warn(item, `has no time_intervals, ${NEVER}`);
    const intervals = given(list, (intervals) => readItems(intervals, readInterval)) ?? [];
    if (name !== null) named.set(name, intervals);
  }
  return named;
}

/** Reads a list of names of time intervals; one that is none of `intervals` is a fault. */
export function readIntervalNames(list: Setting, intervals: TimeIntervalSettings): readonly string[] {
  return readList(list).flatMap((item) => {
    const name = readName(item);
    if (name === null || intervals.has(name)) return name ?? [];
    const known = [...intervals.keys()].map((interval) => JSON.stringify(interval)).join(', ');
    fault(item, `there is no time interval ${JSON.stringify(name)}${suggestion(name, intervals.keys())}; time_intervals has ${known === '' ? 'none' : known}`);
    return [];
  });
}

const NEVER = 'without which it is never active';

function readIntervalName(item: Setting, fields: Fields, named: TimeIntervalSettings): string | null {
  const setting = fields.get('name');
  if (setting === undefined) fault(item, 'has no name; one is needed');
  const name = given(setting, readName);
  if (name === null || setting === undefined) return null;
  if (named.has(name)) fault(setting, `${JSON.stringify(name)} is the name of another time interval as well; each needs its own`);
  return name;
}

function readInterval(setting: Setting): LocatedInterval | null {
  const fields = readMap(setting, { known: ['times', 'weekdays', 'days_of_month', 'months', 'years', 'location'] });
  if (fields === null) return null;
  const ranges = (key: string, kind: RangeKind) => given(fields.get(key), (list) => readItems(list, (item) => readRange(item, kind)));
  const location = given(fields.get('location'), readTimeZone) ?? 'UTC';
  return {
    times: given(fields.get('times'), (list) => readItems(list, readTimeRange)),
    weekdays: ranges('weekdays', WEEKDAYS),
    daysOfMonth: ranges('days_of_month', DAYS_OF_MONTH),
    months: ranges('months', MONTHS),
    years: ranges('years', YEARS),
    location,
    localTime: localTimeIn(location),
  };
}

function readItems<T>(list: Setting, read: (item: Setting) => T | null): readonly T[] {
  if (isEmpty(list)) warn(list, `has no items, ${NEVER}`);
  return readList(list).flatMap((item) => read(item) ?? []);
}

function readRange(setting: Setting, kind: RangeKind): Range | null {
  const text = readText(setting);
  if (text === null) return null;
  const range = parseRange(kind, text);
  if (range === null) fault(setting, `${JSON.stringify(text)} is not allowed; ${kind.allowed}`);
  else if (kind === MONTHS && (range.first < 1 || range.last > 12)) warn(setting, 'goes beyond the months 1 to 12, where it is never active');
  return range;
}

function readTimeRange(setting: Setting): TimeRange | null {
  const fields = readMap(setting, { known: ['start_time', 'end_time'] });
  if (fields === null) return null;
  for (const key of ['start_time', 'end_time']) if (!fields.has(key)) fault(setting, `has no ${key}; start_time and end_time are needed`);
  const startMinute = given(fields.get('start_time'), readTimeOfDay);
  const endMinute = given(fields.get('end_time'), readTimeOfDay);
  if (startMinute === null || endMinute === null) return null;
  if (startMinute >= endMinute) fault(setting, 'does not end after its start; a night is allowed as two items, until 24:00 and from 00:00');
  return { startMinute, endMinute };
}

function readTimeOfDay(setting: Setting): number | null {
  const text = readText(setting);
  if (text === null) return null;
  const minute = parseTimeOfDay(text);
  if (minute === null) fault(setting, `${JSON.stringify(text)} is not a time of the day; 00:00 to 24:00 is allowed, with two digits each`);
  return minute;
}
