import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BINS, edgeOf } from '../../../../src/correlate/baseline/durations.ts';
import { survivalAt, survivalOf, timeUntil } from '../../../../src/correlate/baseline/survival.ts';
import { HOUR, MINUTE, SECOND } from '../../../../src/model/time.ts';

/** A histogram of so many in each of some bins. */
function histogram(counts: Readonly<Record<number, number>>): readonly number[] {
  const bins = new Array<number>(BINS).fill(0);
  for (const [bin, count] of Object.entries(counts)) bins[Number(bin)] = count;
  return bins;
}

describe('a survival function', () => {
  it('is that of Freireich et al. 1963 for 6-mercaptopurine, as Kaplan and Meier estimate it', () => {
    // Weeks in remission: 6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+; each in a bin of its own, in their order.
    const ended = histogram({ 0: 3, 2: 1, 4: 1, 7: 1, 8: 1, 12: 1, 13: 1 });
    const cut = histogram({ 1: 1, 3: 1, 5: 1, 6: 1, 9: 1, 10: 1, 11: 1, 14: 1, 15: 2, 16: 1, 17: 1 });
    const { shares, weight } = survivalOf([{ times: { ended, cut } }]);
    expect(weight).toBe(21);
    const published = [0.857, 0.807, 0.753, 0.69, 0.627, 0.538, 0.448];
    for (const [i, bin] of [0, 2, 4, 7, 8, 12, 13].entries()) expect(shares[bin]).toBeCloseTo(published[i] ?? 0, 3);
    expect(shares[BINS - 1]).toBeCloseTo(0.448, 3);
  });

  it('is the life table of Cutler and Ederer 1958, whose years hold deaths and withdrawals', () => {
    const ended = histogram({ 0: 47, 1: 5, 2: 2, 3: 2, 4: 0 });
    const cut = histogram({ 0: 19, 1: 17, 2: 15, 3: 9, 4: 6, 5: 4 });
    const { shares, weight } = survivalOf([{ times: { ended, cut } }]);
    expect(weight).toBe(126);
    expect(shares.slice(0, 5).map((share) => Math.round(share * 100))).toEqual([60, 54, 50, 44, 44]);
  });

  it('is the product-limit estimate, reckoned one by one, where none is cut in a bin in which others end', () => {
    const lives = fc.array(fc.record({ bin: fc.nat(15), cut: fc.boolean() }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(lives, (drawn) => {
        const all = drawn.map(({ bin, cut }) => ({ bin: 2 * bin + (cut ? 1 : 0), cut }));
        const ended = histogram(counted(all.filter(({ cut }) => !cut)));
        const cut = histogram(counted(all.filter((life) => life.cut)));
        const { shares } = survivalOf([{ times: { ended, cut } }]);
        for (let bin = 0; bin < BINS; bin++) expect(shares[bin]).toBeCloseTo(productLimit(all, bin), 10);
      }),
    );
  });

  it('scales a further source down to the weight that it may have, and never up', () => {
    const own = { ended: histogram({ 6: 2 }), cut: [] };
    const rule = { ended: histogram({ 6: 10, 9: 30 }), cut: [] };
    const both = survivalOf([{ times: own }, { times: rule, most: 8 }]);
    // Of the rule 2 and 6 count: 4 of 10 have ended after a minute.
    expect(both.weight).toBe(10);
    expect(survivalAt(both, MINUTE)).toBeCloseTo(0.6, 12);
    expect(survivalOf([{ times: own }, { times: own, most: 8 }]).weight).toBe(4);
  });

  it('of nothing says that everything goes on', () => {
    const none = survivalOf([]);
    expect(none.weight).toBe(0);
    expect([survivalAt(none, 0), survivalAt(none, MINUTE), survivalAt(none, 100 * HOUR)]).toEqual([1, 1, 1]);
    expect(timeUntil(none, 0.5)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('the share that goes on for longer than a time', () => {
  // Half end between 30 s and 38 s, the others between one and 1¼ minutes.
  const survival = survivalOf([{ times: { ended: histogram({ 4: 1, 7: 1 }), cut: [] } }]);

  it('falls evenly between the edges of a bin', () => {
    const middle = (edgeOf(3) + edgeOf(4)) / 2;
    expect([0, 30 * SECOND, edgeOf(4), MINUTE, edgeOf(7)].map((time) => survivalAt(survival, time))).toEqual([1, 1, 0.5, 0.5, 0]);
    expect(survivalAt(survival, middle)).toBeCloseTo(0.75, 12);
  });

  it('comes to a share at the time that says so', () => {
    expect(timeUntil(survival, 0.5)).toBeCloseTo(edgeOf(4), 6);
    expect(timeUntil(survival, 0.75)).toBeCloseTo((edgeOf(3) + edgeOf(4)) / 2, 6);
    expect(timeUntil(survival, 0)).toBeCloseTo(edgeOf(7), 6);
  });

  it('never comes to it when too many go on for longer than is told apart', () => {
    const long = survivalOf([{ times: { ended: histogram({ 4: 1, [BINS - 1]: 1 }), cut: [] } }]);
    expect(timeUntil(long, 0.5)).toBeCloseTo(edgeOf(4), 6);
    expect(timeUntil(long, 0.4)).toBe(Number.POSITIVE_INFINITY);
    expect(survivalAt(long, 100 * HOUR)).toBe(0.5);
  });
});

function counted(lives: readonly { readonly bin: number }[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { bin } of lives) counts[bin] = (counts[bin] ?? 0) + 1;
  return counts;
}

/** Kaplan & Meier 1958: at each end the share falls by one of those that are still there. */
function productLimit(lives: readonly { readonly bin: number; readonly cut: boolean }[], until: number): number {
  const order = [...lives].sort((a, b) => a.bin - b.bin || Number(a.cut) - Number(b.cut));
  return order.reduce((share, { bin, cut }, i) => (cut || bin > until ? share : share * (1 - 1 / (order.length - i))), 1);
}
