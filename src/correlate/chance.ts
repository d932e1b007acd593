// How often an alert fires anyway: what a coincidence is measured against.

import type { Baseline } from '../model/learned.ts';
import { type Instant, type Milliseconds, SECOND } from '../model/time.ts';
import type { Constants } from './constants.ts';

/** The finest time resolution that is believed. */
const FINEST: Milliseconds = 15 * SECOND;

/** A baseline after one more onset. Onsets count half after `rateHalves`. */
export function withOnset<T extends { readonly onsets: number; readonly at: Instant }>(before: T, at: Instant, c: Constants): T {
  return { ...before, onsets: before.onsets * faded(at - before.at, c) + 1, at };
}

/**
 * A baseline after an episode of some length. Rules are evaluated at fixed intervals, so that their
 * durations are multiples of one: the greatest common divisor, in whole seconds, finds it.
 */
export function withDuration(before: Baseline | undefined, length: Milliseconds, at: Instant): Baseline {
  const known = before ?? { onsets: 0, at, step: null, episodes: 0 };
  const seconds = Math.round(length / SECOND);
  if (seconds === 0) return known;
  const step = Math.max(FINEST, divisor(seconds, (known.step ?? 0) / SECOND) * SECOND);
  return { onsets: known.onsets, at, step, episodes: known.episodes + 1 };
}

/** How finely a rule resolves time; 0 while too few of its episodes are known to tell. */
export function resolutionOf(rule: Baseline | undefined, c: Constants): Milliseconds {
  if (rule === undefined || rule.step === null || rule.episodes < c.fewestEpisodes) return 0;
  return Math.min(rule.step, c.coarsest);
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

/** Onsets of an alert and the milliseconds that it was watched for since the first alert ever, both as they have faded. */
export function onsetsOver(
  baseline: { readonly onsets: number; readonly at: Instant } | undefined,
  since: Instant,
  now: Instant,
  c: Constants,
): { readonly events: number; readonly exposure: Milliseconds } {
  const events = baseline === undefined ? 0 : baseline.onsets * faded(now - baseline.at, c);
  return { events, exposure: (c.rateHalves / Math.LN2) * (1 - faded(now - since, c)) };
}

/**
 * The rate of onsets per millisecond: (½ + onsets) / (3 days + time watched), both fading alike. It is the
 * mean of the gamma posterior of a Poisson rate with a prior of half an onset in three days (Gelman et al.,
 * Bayesian Data Analysis, 3rd ed., 2.6).
 */
export function rateOf(baseline: { readonly onsets: number; readonly at: Instant } | undefined, since: Instant, now: Instant, c: Constants): number {
  const { events, exposure } = onsetsOver(baseline, since, now, c);
  return (c.priorOnsets + events) / (c.priorTime + exposure);
}

function faded(time: Milliseconds, c: Constants): number {
  return 2 ** (-Math.max(0, time) / c.rateHalves);
}

/** What an alert counts that comes by chance at some rate per millisecond: a noisy one neither proves nor glues anything. */
export function rarity(rate: number, c: Constants): number {
  return 1 / (1 + rate / c.noisyRate);
}
