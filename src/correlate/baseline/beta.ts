// The beta distribution: what a share may be of which so many were seen.

import { gammaln } from 'simple-statistics';

/**
 * The regularized incomplete beta function I_x(a, b), the probability that a beta-distributed value is at most `x`, by the
 * continued fraction of Numerical Recipes (3rd ed., §6.4), which converges in some O(√max(a, b)) steps.
 */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) + b * Math.log(1 - x));
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b;
}

/** The value below which a beta distribution has the probability `p`, by bisection to nine digits. */
export function betaQuantile(p: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2;
    if (betaCdf(middle, a, b) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * The bound below which a share lies with probability `p` only, given `yes` of `yes + no` (Jeffreys' interval:
 * Brown, Cai & DasGupta 2001, Interval Estimation for a Binomial Proportion).
 */
export function shareBound(p: number, yes: number, no: number): number {
  return betaQuantile(p, yes + 0.5, no + 0.5);
}

const TINY = 1e-300;

/** The continued fraction by Lentz's method. */
function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= 300; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-12) break;
  }
  return value;
}

function away(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
