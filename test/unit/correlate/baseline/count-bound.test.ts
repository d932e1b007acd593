import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gammaCdf, gammaQuantile, rateBounds, upperCount } from '../../../../src/correlate/baseline/count-bound.ts';

describe('a gamma distribution', () => {
  it.each([
    // Tables of χ², which is twice a gamma of half as many degrees of freedom.
    [1, 0.95, 3.841],
    [2, 0.05, 0.103],
    [2, 0.95, 5.991],
    [5, 0.005, 0.412],
    [5, 0.95, 11.07],
    [10, 0.05, 3.94],
    [10, 0.95, 18.307],
    [20, 0.995, 39.997],
    [50, 0.95, 67.505],
    [100, 0.05, 77.929],
    [100, 0.995, 140.169],
  ])('has the quantiles of χ² with %i degrees of freedom: %d at %d', (degrees, p, value) => {
    expect(2 * gammaQuantile(p, degrees / 2)).toBeCloseTo(value, 3);
  });

  it('of shape 1 is exponential, and nothing of it is below 0', () => {
    for (const x of [0.1, 1, 5, 30]) expect(gammaCdf(x, 1)).toBeCloseTo(1 - Math.exp(-x), 12);
    expect(gammaCdf(0, 3)).toBe(0);
    expect(gammaCdf(-1, 3)).toBe(0);
  });
});

describe('the rate of counted events', () => {
  it.each([
    // (events + ½) / exposure, and R's qgamma(c(.05, .95), events + .5) / exposure.
    [0, 2, { rate: 0.25, lower: 0.001966 / 2, upper: 1.920729 / 2 }],
    [10, 4, { rate: 2.625, lower: 5.795653 / 4, upper: 16.335287 / 4 }],
  ])('of %i in %i has the mean and the bounds of its gamma posterior', (events, exposure, { rate, lower, upper }) => {
    const bounds = rateBounds({ events, exposure });
    expect(bounds.rate).toBeCloseTo(rate, 10);
    expect(bounds.lower).toBeCloseTo(lower, 5);
    expect(bounds.upper).toBeCloseTo(upper, 5);
  });

  it('is drawn towards a prior as far as that weighs', () => {
    expect(rateBounds({ events: 9, exposure: 3 }, { events: 1, exposure: 7 }).rate).toBe(1);
  });

  it('is less sure of bursts: counts that vary four times their mean are worth a quarter', () => {
    const single = rateBounds({ events: 10, exposure: 5 }, { events: 0, exposure: 0 });
    const bursts = rateBounds({ events: 40, exposure: 20 }, { events: 0, exposure: 0 }, 4);
    expect(bursts).toEqual(single);
    expect(rateBounds({ events: 40, exposure: 20 }, { events: 0, exposure: 0 }).lower).toBeGreaterThan(bursts.lower);
  });

  it('is not known without exposure', () => {
    expect(rateBounds({ events: 0, exposure: 0 })).toEqual({ rate: 0, lower: 0, upper: Number.POSITIVE_INFINITY });
  });
});

describe('the count that is exceeded by chance', () => {
  it.each([
    // scipy's nbinom.sf(count, events + .5, exposure / (exposure + 1)) is at most the chance first at:
    [0, 1, 1e-6, 17],
    [3, 12, 1e-6, 6],
    [3, 12, 0.05, 1],
    [48, 48, 1e-6, 9],
    [120, 36, 0.05, 7],
    [400, 48, 1e-6, 26],
  ])('after %i in %i with probability %d is %i', (events, exposure, chance, count) => {
    expect(upperCount({ events, exposure }, chance)).toBe(count);
  });

  it('is that of the negative binomial distribution, summed term by term', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 100 }), fc.constantFrom(0.05, 1e-3, 1e-6), (events, exposure, chance) => {
        const count = upperCount({ events, exposure }, chance);
        expect(above(count, events, exposure)).toBeLessThanOrEqual(chance * (1 + 1e-6) + 1e-12);
        if (count > 0) expect(above(count - 1, events, exposure)).toBeGreaterThan(chance * (1 - 1e-6) - 1e-12);
      }),
    );
  });

  it('is found where much comes: 40,000 an hour in four weeks of it', () => {
    expect(upperCount({ events: 40_000, exposure: 48 }, 1e-6)).toBe(976);
  });
});

/** The probability of more than `count`: the tail itself is summed, from its far end. */
function above(count: number, events: number, exposure: number): number {
  const [shape, success] = [events + 0.5, exposure / (exposure + 1)];
  let log = shape * Math.log(success);
  const terms: number[] = [];
  for (let k = 1; k < count + 5000; k++) {
    log += Math.log((shape + k - 1) / k) + Math.log(1 - success);
    if (k > count) terms.push(Math.exp(log));
  }
  return terms.reverse().reduce((sum, term) => sum + term, 0);
}
