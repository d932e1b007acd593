import { describe, expect, it } from 'vitest';
import { lengthOf, offsetOf, relativeTime, timeHtml } from '../../../web/relative-time.ts';
import { NOON } from './documents.ts';

describe('a time', () => {
  it.each([
    ['2026-03-01T11:59:58Z', 'just now'],
    ['2026-03-01T11:59:20Z', '40 s ago'],
    ['2026-03-01T11:48:00.123456789Z', '11 min ago'],
    ['2026-03-01T08:55:00Z', '3 h 5 min ago'],
    ['2026-02-26T08:00:00Z', '3 d 4 h ago'],
    ['2026-03-01T12:30:00Z', 'in 30 min'],
    ['2026-03-01T16:00:00Z', 'in 4 h'],
  ])('%s is %s at noon', (text, said) => {
    expect(relativeTime(Date.parse(text), NOON)).toBe(said);
  });

  it('has the exact time beside it, and is text when it is none', () => {
    expect(timeHtml('2026-03-01T11:48:00Z', NOON).markup).toBe(
      '<time datetime="2026-03-01T11:48:00Z" title="2026-03-01 11:48:00 UTC" data-form="ago">12 min ago</time>',
    );
    expect(timeHtml('<soon>', NOON).markup).toBe('&#60;soon&#62;');
  });

  it('is said by its distance from another', () => {
    expect([offsetOf('2026-03-01T10:00:40Z', '2026-03-01T10:00:00Z'), offsetOf('2026-03-01T09:58:00Z', '2026-03-01T10:00:00Z'), offsetOf('x', 'y')]).toEqual([
      '+40 s',
      '−2 min',
      '',
    ]);
  });

  it('is no length below nothing', () => {
    expect([lengthOf(-5), lengthOf(59_999), lengthOf(60_000)]).toEqual(['0 s', '59 s', '1 min']);
  });
});
