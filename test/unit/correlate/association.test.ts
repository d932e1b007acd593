import { describe, expect, it } from 'vitest';
import { expectedMeetings, fadedBy, familyOf, hourOf, namesOf, pairKey, type Total, totalKey, watchedSince } from '../../../src/correlate/association.ts';
import { ASSOCIATION } from '../../../src/correlate/association-constants.ts';
import { DAY, HOUR, type Instant } from '../../../src/model/time.ts';
import { at } from './scenario.ts';

describe('keys', () => {
  it.each([
    ['node/gpu-7', 'model/ranker'],
    ['node/a b', 'node/1 c\n'],
    ['', 'x'],
    ['12 3', ''],
  ])('of %j and %j give the names back', (first, second) => {
    const key = pairKey('entity', first, second);
    expect(namesOf(key)).toEqual([first, second]);
    expect(key).not.toBe(pairKey('rule', first, second));
    expect(familyOf(key)).toBe('entity');
    expect(familyOf(pairKey('rule', first, second))).toBe('rule');
  });

  it('differ for every two pairs', () => {
    expect(pairKey('entity', 'ab', 'c')).not.toBe(pairKey('entity', 'a', 'bc'));
    expect(pairKey('entity', 'a', 'b')).not.toBe(pairKey('entity', 'b', 'a'));
    expect(totalKey('entity', 'a')).not.toBe(totalKey('rule', 'a'));
  });
});

describe('time', () => {
  it('halves what was counted every 14 days', () => {
    expect(fadedBy(14 * DAY, ASSOCIATION)).toBe(0.5);
    expect(fadedBy(28 * DAY, ASSOCIATION)).toBe(0.25);
    expect(fadedBy(-DAY, ASSOCIATION)).toBe(1);
  });

  it('that was watched grows towards 20.2 days, and is a window at least', () => {
    expect(watchedSince(0, 0, ASSOCIATION)).toBe(HOUR);
    expect(watchedSince(0, 14 * DAY, ASSOCIATION) / DAY).toBeCloseTo(10.1, 1);
    expect(watchedSince(0, 1000 * DAY, ASSOCIATION) / DAY).toBeCloseTo(20.2, 1);
  });

  it('of a day is told by the hour in UTC', () => {
    expect(hourOf(at('00:00'))).toBe(0);
    expect(hourOf(at('+3d 23:59:59'))).toBe(23);
  });
});

describe('what is expected by chance', () => {
  const c = { ...ASSOCIATION, halves: 1e9 * DAY };
  const since = at('00:00');
  const now = since + 20 * DAY;
  const total = (...hours: readonly number[]): Total => {
    const counts = new Array<number>(24).fill(0);
    for (const hour of hours) counts[hour] = (counts[hour] ?? 0) + 1;
    return { bursts: hours.length, hours: counts, at: now, since };
  };

  it('is the number of bursts of the first times the chance that one of the second begins in a window', () => {
    // 4 · 6 bursts, 20 days are 480 windows.
    expect(expectedMeetings(total(1, 2, 3, 4), total(11, 12, 13, 14, 15, 16), 0, now, c)).toBeCloseTo(24 / 480, 4);
  });

  it('is more for two that keep to one hour of the day', () => {
    // Ten nights each in the same hour: of 10 · 10 / 2 chances per night over the other 19 days, less half of the 8 that met.
    expect(expectedMeetings(total(...new Array<number>(10).fill(2)), total(...new Array<number>(10).fill(2)), 8, now, c)).toBeCloseTo((50 - 4) / 19, 4);
  });

  it('does not measure meetings against themselves', () => {
    // They met four times, at four hours in which neither has anything else.
    expect(expectedMeetings(total(3, 9, 14, 20), total(3, 9, 14, 20), 4, now, c)).toBeCloseTo(16 / 480, 4);
  });

  it('counts the time since the earlier of the two first appeared', () => {
    const young = (of: Total, from: Instant): Total => ({ ...of, since: from });
    const recently = now - 2 * DAY;
    expect(expectedMeetings(young(total(1, 2), recently), young(total(11, 12), recently), 0, now, c)).toBeCloseTo(4 / 48, 4);
    expect(expectedMeetings(young(total(1, 2), recently), total(11, 12), 0, now, c)).toBeCloseTo(4 / 480, 4);
  });
});
