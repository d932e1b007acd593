import { describe, expect, it } from 'vitest';
import { type Pair, pairKey, type Total, totalKey } from '../../../src/correlate/association.ts';
import { ASSOCIATION } from '../../../src/correlate/association-constants.ts';
import { makeRoom } from '../../../src/correlate/association-room.ts';
import { DAY, type Instant, MINUTE } from '../../../src/model/time.ts';
import { History, randomOf } from './onset-history.ts';
import { at } from './scenario.ts';

const now = at('+30d 00:00');
const pair = (support: number, seen: Instant): Pair => ({ support, logLag: 0, logLagSquared: 0, days: 1, at: seen });
const total = (bursts: number, seen: Instant): Total => ({ bursts, hours: [], at: seen, since: seen });

describe('making room', () => {
  const c = { ...ASSOCIATION, mostPairs: 8, mostTotals: 8 };

  it('gives up nothing as long as there is room', () => {
    const pairs = new Map<string, Pair>();
    for (let i = 0; i < 8; i++) for (const family of ['entity', 'rule'] as const) pairs.set(pairKey(family, 'a', `${i}`), pair(1, now));
    expect(makeRoom({ totals: new Map(), pairs }, now, c)).toEqual({ totals: [], pairs: [] });
  });

  it('gives up a quarter of the family that is full: the least seen, then the longest unseen', () => {
    const pairs = new Map<string, Pair>();
    for (let i = 0; i < 6; i++) pairs.set(pairKey('entity', 'a', `${i}`), pair(2, now));
    pairs.set(pairKey('entity', 'a', 'faded'), pair(3, now - 28 * DAY));
    pairs.set(pairKey('entity', 'a', 'older'), pair(1, now - 2));
    pairs.set(pairKey('entity', 'a', 'newer'), pair(1, now - 1));
    for (let i = 0; i < 8; i++) pairs.set(pairKey('rule', 'a', `${i}`), pair(0.5, now));
    expect(makeRoom({ totals: new Map(), pairs }, now, c)).toEqual({
      totals: [],
      pairs: [pairKey('entity', 'a', 'faded'), pairKey('entity', 'a', 'newer'), pairKey('entity', 'a', 'older')],
    });
  });

  it('gives up the pairs of what it gives up', () => {
    const totals = new Map<string, Total>();
    for (let i = 0; i < 9; i++) totals.set(totalKey('entity', `${i}`), total(i + 1, now));
    const pairs = new Map([
      [pairKey('entity', '0', '8'), pair(1, now)],
      [pairKey('entity', '8', '1'), pair(1, now)],
      [pairKey('entity', '7', '8'), pair(1, now)],
      [pairKey('rule', '0', '1'), pair(1, now)],
    ]);
    expect(makeRoom({ totals, pairs }, now, c)).toEqual({
      totals: ['0', '1', '2'].map((name) => totalKey('entity', name)),
      pairs: [pairKey('entity', '0', '8'), pairKey('entity', '8', '1')],
    });
  });

  it('gives up the same whatever order the records come in', () => {
    const entries = Array.from({ length: 12 }, (_, i) => [pairKey('entity', 'a', `${i}`), pair(i % 3, now)] as const);
    const given = makeRoom({ totals: new Map(), pairs: new Map(entries) }, now, c);
    expect(makeRoom({ totals: new Map(), pairs: new Map(entries.toReversed()) }, now, c)).toEqual(given);
    expect(given.pairs).toHaveLength(6);
  });

  it('keeps a long history within its bounds', () => {
    const small = { mostPairs: 40, mostTotals: 30, mostRecent: 8 };
    const history = new History(small);
    const random = randomOf(1);
    for (let i = 0; i < 3000; i++) {
      history.note(`node/${Math.floor(random() * 200)}`, at('00:00') + i * 7 * MINUTE, { rule: `r${Math.floor(random() * 100)}` });
      history.makeRoom(at('00:00') + i * 7 * MINUTE);
      expect(history.pairs.size).toBeLessThanOrEqual(2 * small.mostPairs);
      expect(history.totals.size).toBeLessThanOrEqual(2 * small.mostTotals);
      expect(history.recent.length).toBeLessThanOrEqual(small.mostRecent);
    }
  });
});
