import { describe, expect, it } from 'vitest';
import { compareTimestamps, formatDuration, formatInstant, parseTimestamp, type Timestamp, timestampOf } from '../../../src/model/time.ts';

/** 2026-03-01T10:00:00Z. */
const TEN: number = Date.UTC(2026, 2, 1, 10);

/** A time that is known to be one. */
function time(text: string): Timestamp {
  const read = parseTimestamp(text);
  if (read === null) throw new Error(`not a time: ${text}`);
  return read;
}

describe('a time that a sender wrote', () => {
  it.each([
    ['2026-03-01T10:00:00Z', TEN],
    ['2026-03-01T10:00:00.5Z', TEN + 500],
    ['2026-03-01T10:00:00.05Z', TEN + 50],
    ['2026-03-01T10:00:00.125Z', TEN + 125],
    ['2026-01-31T23:59:59.999Z', Date.UTC(2026, 0, 31, 23, 59, 59, 999)],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['2000-02-29T10:20:30Z', Date.UTC(2000, 1, 29, 10, 20, 30)],
    ['2026-04-30T10:00:00Z', Date.UTC(2026, 3, 30, 10)],
  ])('is kept as it came when it is in the form that Go writes: %s', (text, ms) => {
    expect(parseTimestamp(text)).toEqual({ ms, text });
  });

  it.each([
    ['2026-03-01T12:00:00+02:00', TEN, '2026-03-01T10:00:00Z'],
    ['2026-02-28T23:30:00.25-10:30', TEN + 250, '2026-03-01T10:00:00.25Z'],
    ['2026-03-01T10:00:00+00:00', TEN, '2026-03-01T10:00:00Z'],
    ['2026-03-01t10:00:00z', TEN, '2026-03-01T10:00:00Z'],
    ['2026-03-01 10:00:00Z', TEN, '2026-03-01T10:00:00Z'],
    ['2026-03-01T10:00:00.500Z', TEN + 500, '2026-03-01T10:00:00.5Z'],
    ['2026-03-01T10:00:00.120Z', TEN + 120, '2026-03-01T10:00:00.12Z'],
    ['2026-03-01T10:00:00.000Z', TEN, '2026-03-01T10:00:00Z'],
    ['2026-03-01T10:00:00.0Z', TEN, '2026-03-01T10:00:00Z'],
  ])('is written in UTC without trailing zeros: %s', (text, ms, written) => {
    expect(parseTimestamp(text)).toEqual({ ms, text: written });
  });

  it.each([
    ['2026-03-01T10:00:00.123456789Z', '2026-03-01T10:00:00.123456789Z'],
    ['2026-03-01T10:00:00.1234567Z', '2026-03-01T10:00:00.1234567Z'],
    ['2026-03-01T12:00:00.123456789+02:00', '2026-03-01T10:00:00.123456789Z'],
    ['2026-03-01T10:00:00.1234567899Z', '2026-03-01T10:00:00.123456789Z'],
  ])('keeps its nanoseconds and no more: %s', (text, written) => {
    expect(parseTimestamp(text)).toEqual({ ms: TEN + 123, text: written });
  });

  it('may be a leap second, which counts as the second before', () => {
    const last = Date.UTC(2016, 11, 31, 23, 59, 59);
    expect(parseTimestamp('2016-12-31T23:59:60Z')).toEqual({ ms: last, text: '2016-12-31T23:59:59Z' });
    expect(parseTimestamp('2017-01-01T00:59:60+01:00')).toEqual({ ms: last, text: '2016-12-31T23:59:59Z' });
  });

  it("may be Go's zero time, in the year 1", () => {
    expect(parseTimestamp('0001-01-01T00:00:00Z')).toEqual({ ms: -62_135_596_800_000, text: '0001-01-01T00:00:00Z' });
  });

  it.each([
    ['a day that February lacks', '2026-02-29T10:00:00Z'],
    ['a day that April lacks', '2026-04-31T10:00:00Z'],
    ['a leap day of a century', '2100-02-29T10:00:00Z'],
    ['the 31st of February', '2026-02-31T10:00:00Z'],
    ['a day 0', '2026-03-00T10:00:00Z'],
    ['a month 13', '2026-13-01T10:00:00Z'],
    ['a month 0', '2026-00-01T10:00:00Z'],
    ['24:00', '2026-03-01T24:00:00Z'],
    ['a minute 60', '2026-03-01T10:60:00Z'],
    ['a second 61', '2026-03-01T10:00:61Z'],
    ['an offset of more than a day', '2026-03-01T10:00:00+24:01'],
    ['a time without an offset', '2026-03-01T10:00:00'],
    ['an offset without a colon', '2026-03-01T10:00:00+0200'],
    ['a date alone', '2026-03-01'],
    ['a time without seconds', '2026-03-01T10:00Z'],
    ['a point without a fraction', '2026-03-01T10:00:00.Z'],
    ['a comma before the fraction', '2026-03-01T10:00:00,5Z'],
    ['slashes in the date', '2026/03/01T10:00:00Z'],
    ['points in the time', '2026-03-01T10.00.00Z'],
    ['a letter among the digits', '2026-03-01T1O:00:00Z'],
    ['text around it', ' 2026-03-01T10:00:00Z'],
    ['a line break after it', '2026-03-01T10:00:00Z\n'],
    ['a number', '1772359200'],
    ['nothing', ''],
  ])('is none when it is %s', (_what, text) => {
    expect(parseTimestamp(text)).toBeNull();
  });
});

describe('formatInstant', () => {
  it.each([
    [TEN, '2026-03-01T10:00:00Z'],
    [TEN + 500, '2026-03-01T10:00:00.5Z'],
    [TEN + 50, '2026-03-01T10:00:00.05Z'],
    [TEN + 1, '2026-03-01T10:00:00.001Z'],
    [0, '1970-01-01T00:00:00Z'],
    [-1, '1969-12-31T23:59:59.999Z'],
    [Date.UTC(2024, 1, 29, 23, 59, 59, 10), '2024-02-29T23:59:59.01Z'],
    [Date.UTC(2000, 2, 1), '2000-03-01T00:00:00Z'],
    [Date.UTC(2026, 11, 31, 4, 5, 6), '2026-12-31T04:05:06Z'],
    [Date.UTC(9999, 11, 31, 23, 59, 59, 999), '9999-12-31T23:59:59.999Z'],
  ])('writes %d as %s', (instant, text) => {
    expect(formatInstant(instant)).toBe(text);
    expect(timestampOf(instant)).toEqual({ ms: instant, text });
    expect(parseTimestamp(text)).toEqual({ ms: instant, text });
  });
});

describe('compareTimestamps', () => {
  it('puts the earlier one first, whatever its text looks like', () => {
    const texts = [
      '2026-03-01T10:00:00.5Z',
      '2026-03-01T10:00:00.123456789Z',
      '2026-03-01T10:00:00.1234Z',
      '2026-03-01T10:00:00Z',
      '2026-03-01T10:00:00.000000001Z',
      '2026-02-28T10:00:00.9Z',
      '2026-03-01T10:00:00.123Z',
    ];
    expect(
      texts
        .map(time)
        .sort(compareTimestamps)
        .map(({ text }) => text),
    ).toEqual([
      '2026-02-28T10:00:00.9Z',
      '2026-03-01T10:00:00Z',
      '2026-03-01T10:00:00.000000001Z',
      '2026-03-01T10:00:00.123Z',
      '2026-03-01T10:00:00.1234Z',
      '2026-03-01T10:00:00.123456789Z',
      '2026-03-01T10:00:00.5Z',
    ]);
  });

  it('finds one time written in two zones equal', () => {
    expect(compareTimestamps(time('2026-03-01T10:00:00.000001Z'), time('2026-03-01T12:00:00.0000010+02:00'))).toBe(0);
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0 s'],
    [499, '0 s'],
    [500, '1 s'],
    [45_000, '45 s'],
    [59_700, '1 min'],
    [60_000, '1 min'],
    [200_000, '3 min 20 s'],
    [4 * 3_600_000, '4 h'],
    [4 * 3_600_000 + 5_000, '4 h'],
    [4 * 3_600_000 + 60_000, '4 h 1 min'],
    [53 * 3_600_000, '2 d 5 h'],
    [53 * 3_600_000 + 60_000, '2 d 5 h'],
    [-5_000, '0 s'],
  ])('writes %d ms as %s', (length, text) => {
    expect(formatDuration(length)).toBe(text);
  });
});
