// How records stand in Redis: the version of the codec as one character, then JSON.

import { parseTimestamp, type Timestamp, timestampOf } from '../model/time.ts';

/** What a record was written as: an object with the names of its fields, or their values in a fixed order. */
const OBJECT = '1';
const FIELDS = '2';

/** A stored record that this service cannot read. */
export class UnreadableRecord extends Error {
  override readonly name = 'UnreadableRecord';
}

/** Writes a record of plain JSON values. */
export function encode(record: unknown): string {
  return OBJECT + JSON.stringify(record);
}

/** Reads a record of plain JSON values; throws `UnreadableRecord` for a version that is not known. */
export function decode<T>(text: string): T {
  if (text[0] !== OBJECT) throw unreadable(text, OBJECT);
  return JSON.parse(text.slice(1)) as T;
}

/** Writes the values of a record's fields, in the order in which `decodeFields` hands them on. */
export function encodeFields(values: readonly unknown[]): string {
  return FIELDS + JSON.stringify(values);
}

/**
 * Reads a record whose fields are written by their order. One that an older version wrote as an object is
 * handed to `ofObject`. Throws `UnreadableRecord` for a version that is not known.
 */
export function decodeFields<T, V extends readonly unknown[], O = T>(text: string, ofFields: (values: V) => T, ofObject: (stored: O) => T): T {
  if (text[0] === FIELDS) return ofFields(JSON.parse(text.slice(1)) as V);
  if (text[0] === OBJECT) return ofObject(JSON.parse(text.slice(1)) as O);
  throw unreadable(text, `${OBJECT} and ${FIELDS}`);
}

function unreadable(text: string, known: string): UnreadableRecord {
  return new UnreadableRecord(`a stored record of version ${JSON.stringify(text[0])} cannot be read; this service knows version ${known}`);
}

/** A timestamp as it stands in a record: milliseconds, or its text where that is finer. */
export type StoredTime = number | string;

/** The length of `2026-03-01T10:00:00.123Z`; a longer text says more than its milliseconds. */
const TO_THE_MILLISECOND = 24;

/** Writes a timestamp. */
export function encodeTime({ ms, text }: Timestamp): StoredTime {
  return text.length > TO_THE_MILLISECOND ? text : ms;
}

/** Reads a timestamp; throws `UnreadableRecord` for a text that is none. */
export function decodeTime(stored: StoredTime): Timestamp {
  if (typeof stored === 'number') return timestampOf(stored);
  const time = parseTimestamp(stored);
  if (time === null) throw new UnreadableRecord(`a stored time cannot be read: ${JSON.stringify(stored)}`);
  return time;
}
