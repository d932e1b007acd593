import { describe, expect, it } from 'vitest';
import { parseByteSize, writeByteSize } from '../../../src/config/byte-size.ts';
import { parseDuration, writeDuration } from '../../../src/config/duration.ts';

describe('durations', () => {
  it.each([
    ['0', 0],
    ['0s', 0],
    ['500ms', 500],
    ['30s', 30_000],
    ['1h30m', 5_400_000],
    ['4h', 14_400_000],
    ['2w', 1_209_600_000],
    ['1y', 31_536_000_000],
    ['1d12h', 129_600_000],
    ['1y2w3d4h5m6s7ms', 33_019_506_007],
  ])('reads %s as %d ms', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });

  it.each(['', '10', '1', 's', '-5m', '1.5h', '5 m', '30m1h', '1h1h', '1H', '5min', '1h ', '300y'])('refuses "%s"', (text) => {
    expect(parseDuration(text)).toBeNull();
  });

  // Prometheus writes these so: prometheus/common, model/time_test.go.
  it.each(['0s', '324ms', '3s', '5m', '1h', '4d', '4d1h', '14d1h', '3w', '10y', '1h30m', '90d', '1m1s500ms'])('writes %s as it was read', (text) => {
    expect(writeDuration(parseDuration(text) ?? Number.NaN)).toBe(text);
  });
});

describe('sizes', () => {
  it.each([
    ['1', 1],
    ['1000', 1000],
    ['512B', 512],
    ['1KiB', 1024],
    ['64MiB', 67_108_864],
    ['64MB', 67_108_864],
    ['2GiB', 2_147_483_648],
  ])('reads %s as %d bytes', (text, expected) => {
    expect(parseByteSize(text)).toBe(expected);
  });

  it.each(['', 'MiB', '-1', '1.5MiB', '64 MiB', '64mib', '99999999999GiB'])('refuses "%s"', (text) => {
    expect(parseByteSize(text)).toBeNull();
  });

  it('writes the largest unit that comes out even', () => {
    expect([67_108_864, 1024, 1000, 0].map(writeByteSize)).toEqual(['64MiB', '1KiB', '1000B', '0B']);
  });
});
