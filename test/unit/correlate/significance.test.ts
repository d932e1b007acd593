import { describe, expect, it } from 'vitest';
import { discoveries, poissonTail } from '../../../src/correlate/significance.ts';

describe('the tail of the Poisson distribution', () => {
  // Abramowitz & Stegun, table 26.7: Q(χ² = 2 | ν), which is 1 − P(ν / 2, 1).
  it.each([
    [0.5, 0.1573],
    [1, 0.36788],
    [1.5, 0.57241],
    [2, 0.73576],
    [2.5, 0.84915],
    [3, 0.9197],
    [3.5, 0.95984],
    [4, 0.98101],
    [4.5, 0.99147],
    [5, 0.99634],
  ])('of %d where 1 is expected is as published', (count, rest) => {
    expect(1 - poissonTail(count, 1)).toBeCloseTo(rest, 5);
  });

  // Critical values of χ²: 18.307 at 10 degrees of freedom and 124.342 at 100 leave 5 % above, 3.94 leaves 5 % below.
  it.each([
    [5, 18.307 / 2, 0.95],
    [5, 3.94 / 2, 0.05],
    [50, 124.342 / 2, 0.95],
  ])('of %d where %d are expected is that of the χ² distribution', (count, mean, tail) => {
    expect(poissonTail(count, mean)).toBeCloseTo(tail, 4);
  });

  it('keeps the digits of small probabilities', () => {
    // e^-0.1 · (0.1^10 / 10! + 0.1^11 / 11! + …)
    expect(poissonTail(10, 0.1) / 2.516_347_806_77e-17).toBeCloseTo(1, 10);
  });

  it('is certain for no count, and impossible where nothing is expected', () => {
    expect(poissonTail(0, 3)).toBe(1);
    expect(poissonTail(4, 0)).toBe(0);
  });
});

describe('discoveries', () => {
  // Benjamini & Hochberg (1995): 15 hypotheses about two treatments after a heart attack.
  const published = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1];

  it('are four in the example of Benjamini & Hochberg', () => {
    expect(discoveries(published, 15, 0.05)).toBe(4);
  });

  it('may leave out the large ones, as long as all tests are counted', () => {
    expect(discoveries(published.slice(0, 6), 15, 0.05)).toBe(4);
    expect(discoveries(published.slice(0, 6), 6, 0.05)).toBe(6);
  });

  it('include p-values above their own bound when a larger one is below its', () => {
    expect(discoveries([0.03, 0.04, 0.045], 3, 0.05)).toBe(3);
  });

  it('are none of nothing, and none when nothing is surprising', () => {
    expect(discoveries([], 0, 0.01)).toBe(0);
    expect(discoveries([0.02, 0.5], 2, 0.01)).toBe(0);
  });
});
