import { describe, expect, it } from 'vitest';
import { parseTimestamp } from '../../../src/model/time.ts';
import { decode, decodeFields, decodeTime, encode, encodeFields, encodeTime, UnreadableRecord } from '../../../src/store/record-codec.ts';

describe('a record', () => {
  it('is read as it was written', () => {
    const record = { id: 'a', at: 1_772_359_200_123, text: 'né 😀 "\n', none: null, list: [1, [2]], nested: { yes: true } };
    expect(decode(encode(record))).toEqual(record);
    expect(decode(encode([]))).toEqual([]);
  });

  it('begins with the version that wrote it', () => {
    expect(encode({ a: 1 })).toBe('1{"a":1}');
  });

  it.each([
    ['0{"a":1}', '"0"'],
    ['2{"a":1}', '"2"'],
    ['{"a":1}', '"{"'],
  ])('of another version is not read: %s', (text, named) => {
    expect(() => decode(text)).toThrow(UnreadableRecord);
    expect(() => decode(text)).toThrow(`a stored record of version ${named} cannot be read; this service knows version 1`);
  });

  it('is not read when there is nothing of it', () => {
    expect(() => decode('')).toThrow(UnreadableRecord);
  });
});

describe('a record written by the order of its fields', () => {
  const read = (text: string) =>
    decodeFields(
      text,
      ([a, b]: readonly [number, string]) => ({ a, b }),
      (stored: { readonly a: number; readonly b: string }) => stored,
    );

  it('is read as it was written', () => {
    expect(encodeFields([1, 'é'])).toBe('2[1,"é"]');
    expect(read(encodeFields([1, 'é']))).toEqual({ a: 1, b: 'é' });
  });

  it('is read as an older version wrote it', () => {
    expect(read('1{"a":1,"b":"é"}')).toEqual({ a: 1, b: 'é' });
  });

  it.each(['3[1,"é"]', '[1,"é"]', ''])('of another version is not read: %s', (text) => {
    expect(() => read(text)).toThrow(UnreadableRecord);
    expect(() => read(text)).toThrow('cannot be read; this service knows version 1 and 2');
  });
});

describe('a time in a record', () => {
  it.each([
    ['2026-03-01T10:00:00Z', 1_772_359_200_000],
    ['2026-03-01T10:00:00.5Z', 1_772_359_200_500],
    ['2026-03-01T10:00:00.123Z', 1_772_359_200_123],
    ['2026-03-01T10:00:00.1234Z', '2026-03-01T10:00:00.1234Z'],
    ['2026-03-01T10:00:00.123456789Z', '2026-03-01T10:00:00.123456789Z'],
    ['2026-03-01t12:00:00.120+02:00', 1_772_359_200_120],
    ['2016-12-31T23:59:60Z', 1_483_228_799_000],
    ['2024-02-29T00:00:00Z', 1_709_164_800_000],
    ['0001-01-01T00:00:00Z', -62_135_596_800_000],
  ])('is its milliseconds, unless it is finer: %s', (text, stored) => {
    const time = parseTimestamp(text);
    if (time === null) throw new Error(`${text} is a time`);
    expect(encodeTime(time)).toBe(stored);
    expect(decodeTime(encodeTime(time))).toEqual(time);
  });

  it('is not read from a text that is none', () => {
    expect(() => decodeTime('soon')).toThrow(UnreadableRecord);
  });
});
