import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BINS, binOf, edgeOf, fade, faded, HALF_LIFE, type Histogram, weightOf, withLength } from '../../../../src/correlate/baseline/durations.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../../src/model/time.ts';

describe('the bin of a length', () => {
  it.each([
    ['nothing at all', 0, 0],
    ['15 s', 15 * SECOND, 0],
    ['a moment more', 15 * SECOND + 1, 1],
    ['30 s, three bins on', 30 * SECOND, 3],
    ['a minute', MINUTE, 6],
    ['two minutes', 2 * MINUTE, 9],
    ['4 h', 4 * HOUR, 30],
    ['a day, in the last', DAY, BINS - 1],
  ])('of %s', (_case, length, bin) => {
    expect(binOf(length)).toBe(bin);
  });

  it('is that between whose edges it lies', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 * DAY }), (length) => {
        const bin = binOf(length);
        expect(length).toBeLessThanOrEqual(edgeOf(bin) + 1);
        if (bin > 0) expect(length).toBeGreaterThan(edgeOf(bin - 1) - 1);
      }),
    );
  });

  it('has an edge that doubles every three, and the last one none', () => {
    expect([edgeOf(0), edgeOf(3), edgeOf(6), edgeOf(BINS - 1)]).toEqual([15 * SECOND, 30 * SECOND, MINUTE, Number.POSITIVE_INFINITY]);
  });
});

describe('a histogram', () => {
  it('counts lengths, and holds no bins beyond the last that has any', () => {
    const counts = [MINUTE, MINUTE, 15 * SECOND].reduce<Histogram>(withLength, []);
    expect(counts).toEqual([1, 0, 0, 0, 0, 0, 2]);
    expect(weightOf(counts)).toBe(3);
  });

  it('is half as much after two weeks, a quarter after four', () => {
    expect([fade(0), fade(HALF_LIFE), fade(28 * DAY), fade(-DAY)]).toEqual([1, 0.5, 0.25, 1]);
    expect(faded([4, 0, 2], 0, 14 * DAY)).toEqual([2, 0, 1]);
  });

  it('fades alike in one step and in many, but for the third decimal', () => {
    let stepwise: Histogram = [10, 0, 6, 3];
    for (let day = 0; day < 28; day++) stepwise = faded(stepwise, day * DAY, (day + 1) * DAY);
    for (const [bin, count] of faded([10, 0, 6, 3], 0, 28 * DAY).entries()) expect(stepwise[bin]).toBeCloseTo(count, 2);
  });

  it('loses what is as good as none, and the bins behind it', () => {
    expect(faded([1, 0.005, 0.009], 0, 14 * DAY)).toEqual([0.5]);
    expect(faded([1, 1], 0, 120 * DAY)).toEqual([]);
  });

  it('stays as it is within minutes', () => {
    const counts = [1, 2, 3];
    expect(faded(counts, 0, 5 * MINUTE)).toBe(counts);
  });
});
