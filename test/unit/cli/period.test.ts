import { describe, expect, it } from 'vitest';
import { readPoint, receivedAt } from '../../../src/cli/export/period.ts';

const NOW = Date.parse('2026-03-08T12:00:00Z');

describe('a point in time', () => {
  it.each([
    ['2026-03-01T10:00:00Z', '2026-03-01T10:00:00Z'],
    ['2026-03-01T10:00:00+01:00', '2026-03-01T09:00:00Z'],
    ['2026-03-01', '2026-03-01T00:00:00Z'],
    ['7d', '2026-03-01T12:00:00Z'],
    ['1h30m', '2026-03-08T10:30:00Z'],
    ['0s', '2026-03-08T12:00:00Z'],
  ])('is read from %s', (text, meant) => {
    expect(readPoint(text, NOW)).toBe(Date.parse(meant));
  });

  it.each(['', 'yesterday', '2026-02-30', '7 days', '10:00'])('is not read from %j', (text) => {
    expect(readPoint(text, NOW)).toBeNull();
  });
});

it('a recorded line says when it came in', () => {
  expect(receivedAt('{"receivedAt":"2026-03-01T10:00:00.5Z","source":"change"}')).toBe(Date.parse('2026-03-01T10:00:00.5Z'));
});
