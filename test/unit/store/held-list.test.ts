import { describe, expect, it } from 'vitest';
import { beginsAmongHeld, countHolds, heldIn } from '../../../src/store/held-list.ts';

const HASH = { a: '999 transient', b: '1000 rule', c: '1000 transient' };
const names = (after: string | null, limit: number) => heldIn(HASH, { after, limit }).map(({ fingerprint }) => fingerprint);

describe('what is held back', () => {
  it('is counted by reason', () => {
    expect(countHolds(Object.values(HASH))).toEqual(
      new Map([
        ['transient', 2],
        ['rule', 1],
      ]),
    );
  });

  it('comes by when it began, the latest first, and goes on behind a position', () => {
    expect(names(null, 9)).toEqual(['c', 'b', 'a']);
    const [, second] = heldIn(HASH, { after: null, limit: 2 });
    expect(names(second?.position ?? '', 9)).toEqual(['a']);
  });

  it('is a part of the list of its own, whose positions no stream has', () => {
    expect([null, heldIn(HASH, { after: null, limit: 1 })[0]?.position ?? '', '1772359200000-5'].map(beginsAmongHeld)).toEqual([true, true, false]);
  });
});
