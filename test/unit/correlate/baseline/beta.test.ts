import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaCdf, betaQuantile, shareBound } from '../../../../src/correlate/baseline/beta.ts';

describe('a beta distribution', () => {
  it.each([
    [0.5, 1, 1, 0.5],
    [0.3, 1, 1, 0.3],
    [0.25, 2, 2, 0.15625],
    [0.2, 1, 5, 1 - 0.8 ** 5],
    [0.7, 4, 1, 0.7 ** 4],
  ])('lies below %d with parameters %d and %d with probability %d', (x, a, b, probability) => {
    expect(betaCdf(x, a, b)).toBeCloseTo(probability, 10);
  });

  it('has nothing below 0 and everything below 1', () => {
    expect([betaCdf(-1, 2, 3), betaCdf(0, 2, 3), betaCdf(1, 2, 3), betaCdf(2, 2, 3)]).toEqual([0, 0, 1, 1]);
  });

  it('is the upper tail of the binomial distribution for whole parameters: I_x(k, n − k + 1) = P(at least k of n)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(39), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (n, less, x) => {
        const k = Math.max(1, n - less);
        expect(betaCdf(x, k, n - k + 1)).toBeCloseTo(atLeast(k, n, x), 9);
      }),
    );
  });

  it('has the quantile that its probability says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 400 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (yes, no, p) => {
        const [a, b] = [yes / 4 + 0.5, no / 4 + 0.5];
        const x = betaQuantile(p, a, b);
        if (x > 1e-6 && x < 1 - 1e-6) expect(betaCdf(x, a, b)).toBeCloseTo(p, 4);
      }),
    );
  });
});

describe('the bound of a share', () => {
  it.each([
    // The limits of Jeffreys' 95 % interval (Brown, Cai & DasGupta 2001, 3.1.1), as scipy's beta.ppf gives them.
    [0.025, 2, 7, 0.065],
    [0.975, 2, 7, 0.648],
    [0.025, 3, 7, 0.139],
    [0.975, 3, 7, 0.765],
    [0.025, 2, 10, 0.044],
    [0.975, 2, 10, 0.503],
    [0.025, 3, 10, 0.093],
    [0.975, 3, 10, 0.606],
  ])('is at %d for %i of %i %d', (p, yes, of, bound) => {
    expect(shareBound(p, yes, of - yes)).toBeCloseTo(bound, 3);
  });

  it.each([
    // R's qbeta(.05, yes + .5, of - yes + .5).
    [0, 5, 0.000373997],
    [3, 3, 0.555932891],
    [4, 5, 0.437155389],
    [5, 5, 0.694254415],
    [9, 10, 0.669437197],
    [10, 10, 0.829226892],
    [1, 20, 0.008869209],
    [50, 60, 0.743241019],
  ])('at 0.05 for %i of %i is %d', (yes, of, bound) => {
    expect(shareBound(0.05, yes, of - yes)).toBeCloseTo(bound, 7);
  });

  it('rises with every yes and falls with every no', () => {
    expect(shareBound(0.05, 6, 2)).toBeGreaterThan(shareBound(0.05, 5, 2));
    expect(shareBound(0.05, 5, 3)).toBeLessThan(shareBound(0.05, 5, 2));
  });
});

function atLeast(k: number, n: number, x: number): number {
  let sum = 0;
  for (let i = k; i <= n; i++) sum += choose(n, i) * x ** i * (1 - x) ** (n - i);
  return sum;
}

function choose(n: number, k: number): number {
  let product = 1;
  for (let i = 1; i <= k; i++) product = (product * (n - k + i)) / i;
  return product;
}
