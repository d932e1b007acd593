// Durations as Prometheus writes them: `1h30m`, `500ms`, `2w`.

import { DAY, HOUR, MINUTE, type Milliseconds, SECOND } from '../model/time.ts';

const WEEK = 7 * DAY;
const YEAR = 365 * DAY;

const PATTERN = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;
const UNITS = [YEAR, WEEK, DAY, HOUR, MINUTE, SECOND, 1];

/** The longest duration, that of Go's 64 bits of nanoseconds: some 292 years, in milliseconds. */
const LONGEST: Milliseconds = 9_223_372_036_854;

/**
 * Reads a duration as prometheus/common's `model.ParseDuration` does: units from years down to
 * milliseconds, each at most once and in this order, or a bare `0`. Answers null for anything else.
 */
export function parseDuration(text: string): Milliseconds | null {
  if (text === '0') return 0;
  const match = PATTERN.exec(text);
  if (match === null || text === '') return null;
  const length = UNITS.reduce((sum, unit, i) => sum + Number(match[i + 1] ?? 0) * unit, 0);
  return length > LONGEST ? null : length;
}

/** Writes a duration so that `parseDuration` gives it back, in the units that Prometheus would choose. */
export function writeDuration(length: Milliseconds): string {
  if (length === 0) return '0s';
  // Years and weeks only where they come out even: 90d is easier to read than 12w6d.
  for (const [unit, name] of [
    [YEAR, 'y'],
    [WEEK, 'w'],
  ] as const) {
    if (length % unit === 0) return `${length / unit}${name}`;
  }
  let rest = length;
  let text = '';
  for (const [unit, name] of [
    [DAY, 'd'],
    [HOUR, 'h'],
    [MINUTE, 'm'],
    [SECOND, 's'],
    [1, 'ms'],
  ] as const) {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    if (count > 0) text += `${count}${name}`;
  }
  return text;
}
