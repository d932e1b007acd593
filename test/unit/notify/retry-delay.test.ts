import { describe, expect, it } from 'vitest';
import { retryDelay } from '../../../src/notify/retry-delay.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe('the wait before the next attempt', () => {
  it.each([
    [1, 1 * SECOND],
    [2, 2 * SECOND],
    [3, 4 * SECOND],
    [4, 8 * SECOND],
    [5, 16 * SECOND],
    [6, 32 * SECOND],
    [7, MINUTE],
    [8, MINUTE],
    [5000, MINUTE],
  ])('after attempt %i is %i ms', (made, wait) => {
    expect(retryDelay({ made, elapsed: 0, asked: null })).toBe(wait);
  });

  it.each([
    ['as long as the other side asked for', 1, 30 * SECOND, 30 * SECOND],
    ['no shorter than without being asked', 6, 5 * SECOND, 32 * SECOND],
    ['no shorter for being asked to come at once', 1, 0, SECOND],
    ['longer than a minute when asked', 1, 5 * MINUTE, 5 * MINUTE],
    ['ten minutes at most', 1, 24 * HOUR, 10 * MINUTE],
  ])('is %s', (_what, made, asked, wait) => {
    expect(retryDelay({ made, elapsed: 0, asked })).toBe(wait);
  });

  it('is none an hour after the first attempt, whatever was asked for', () => {
    expect(retryDelay({ made: 60, elapsed: HOUR - 1, asked: null })).toBe(MINUTE);
    expect(retryDelay({ made: 60, elapsed: HOUR, asked: null })).toBeNull();
    expect(retryDelay({ made: 2, elapsed: HOUR, asked: SECOND })).toBeNull();
  });
});
