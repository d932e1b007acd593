// How surprising a count is, and how small a p-value has to be when many are looked at.

import { gammaln } from 'simple-statistics';

/**
 * The probability of at least `count` where `mean` are expected, by the Poisson distribution. `count` need not be whole: it is then
 * P(count, mean), the regularized lower incomplete gamma function, which equals the tail at whole numbers (Abramowitz & Stegun
 * 26.4.21 with 26.4.2). It is summed by the series 6.5.29 there (Numerical Recipes §6.2), whose terms are all positive, so that
 * small probabilities keep their digits. Answers 1 for a count of 0 or less, 0 when nothing is expected; a mean is at most 700.
 */
export function poissonTail(count: number, mean: number): number {
  if (count <= 0) return 1;
  if (mean <= 0) return 0;
  let term = 1;
  let sum = 1;
  for (let n = 1; term > sum * 1e-16; n++) {
    term *= mean / (count + n);
    sum += term;
  }
  return Math.min(1, sum * Math.exp(count * Math.log(mean) - mean - gammaln(count + 1)));
}

/**
 * How many of the smallest p-values are discoveries, by the step-up procedure of Benjamini & Hochberg (1995): the largest k whose
 * k-th p-value is at most k / tests · level. `sorted` ascends and may leave out the largest of all `tests`, which counts them as 1.
 */
export function discoveries(sorted: readonly number[], tests: number, level: number): number {
  for (let k = sorted.length; k > 0; k--) {
    const p = sorted[k - 1];
    if (p !== undefined && p <= (k / tests) * level) return k;
  }
  return 0;
}
