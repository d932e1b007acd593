// What a rate of counted events may be, and how many may come, given how many came so far.

import { gammaln } from 'simple-statistics';

/** Events counted over an exposure, both as they have faded. */
export interface Counted {
  readonly events: number;
  /** In whatever unit the rate is to be per. */
  readonly exposure: number;
}

/** A rate per unit of exposure, and the bounds that it lies within with a probability of 90 %. */
export interface RateBounds {
  readonly rate: number;
  readonly lower: number;
  readonly upper: number;
}

/** A prior of a rate: so many events over such an exposure, as a rule or a kind of alert shows. */
export type Prior = Counted;

/** Jeffreys' prior of a Poisson rate: half an event over no exposure. */
const JEFFREYS: Prior = { events: 0.5, exposure: 0 };

/**
 * The rate of over-dispersed counts: the mean of the gamma posterior, and its 5 % and 95 % quantiles (Gelman et al., Bayesian
 * Data Analysis, 3rd ed., 2.6). `dispersion`, the variance of the counts over their mean, thins what was seen: bursts are
 * worth fewer observations than single events (quasi-Poisson: McCullagh & Nelder, 2nd ed., 6.2). Zero exposure gives a rate of zero.
 */
export function rateBounds({ events, exposure }: Counted, prior: Prior = JEFFREYS, dispersion = 1): RateBounds {
  const thinned = Math.max(1, dispersion);
  const shape = prior.events + events / thinned;
  const time = prior.exposure + exposure / thinned;
  if (time <= 0) return { rate: 0, lower: 0, upper: Number.POSITIVE_INFINITY };
  return { rate: shape / time, lower: gammaQuantile(0.05, shape) / time, upper: gammaQuantile(0.95, shape) / time };
}

/**
 * The least count that more events than it come in one unit of exposure with a probability of at most `chance`: from the negative
 * binomial predictive distribution of a Poisson count whose rate has a gamma posterior (ibid., 2.6).
 */
export function upperCount({ events, exposure }: Counted, chance: number): number {
  const shape = JEFFREYS.events + events;
  const success = exposure / (exposure + 1);
  // Logarithms, as the probability of no event at all is too small a number where much comes.
  let log = shape * Math.log(success);
  let below = Math.exp(log);
  let count = 0;
  while (1 - below > chance && count < 1_000_000) {
    count += 1;
    log += Math.log(((shape + count - 1) / count) * (1 - success));
    below += Math.exp(log);
  }
  return count;
}

/** The value below which a gamma distribution of scale 1 has the probability `p`, by bisection. */
export function gammaQuantile(p: number, shape: number): number {
  let low = 0;
  let high = shape + 10 * Math.sqrt(shape) + 20;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (gammaCdf(middle, shape) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The regularized lower incomplete gamma function P(shape, x), by its series (Abramowitz & Stegun 6.5.29). */
export function gammaCdf(x: number, shape: number): number {
  if (x <= 0) return 0;
  let term = 1;
  let total = 1;
  for (let n = 1; term > total * 1e-16; n++) {
    term *= x / (shape + n);
    total += term;
  }
  return Math.min(1, total * Math.exp(shape * Math.log(x) - x - gammaln(shape + 1)));
}
