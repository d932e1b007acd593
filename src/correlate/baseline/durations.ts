// How long something lasts, as counts of a histogram that fade: small, bounded, and good enough to tell minutes apart.

import { DAY, type Instant, type Milliseconds, SECOND } from '../../model/time.ts';

/** The upper edge of the first bin, and how many bins double it. */
const FIRST: Milliseconds = 15 * SECOND;
const BINS_PER_DOUBLING = 3;
/** How many bins there are; the last one holds all that lasted longer than about four hours. */
export const BINS = 32;
/** Counts are half as much after so long. */
export const HALF_LIFE: Milliseconds = 14 * DAY;
/** Less than this of a count is as good as none. */
const LEAST = 0.012;

/** Counts by bin; bins beyond the last that has any are left out. */
export type Histogram = readonly number[];

/** The bin of a length. */
export function binOf(length: Milliseconds): number {
  if (length <= FIRST) return 0;
  return Math.min(BINS - 1, Math.ceil(Math.log2(length / FIRST) * BINS_PER_DOUBLING - 1e-9));
}

/** The upper edge of a bin; the last one has none. */
export function edgeOf(bin: number): Milliseconds {
  return bin >= BINS - 1 ? Number.POSITIVE_INFINITY : FIRST * 2 ** (bin / BINS_PER_DOUBLING);
}

/** What is left of a count after some time. */
export function fade(time: Milliseconds): number {
  return 2 ** (-Math.max(0, time) / HALF_LIFE);
}

/** A histogram as it has faded since `before`. */
export function faded(histogram: Histogram, before: Instant, now: Instant): Histogram {
  const share = fade(now - before);
  if (share > 0.999) return histogram;
  const counts = histogram.map((count) => (count * share < LEAST ? 0 : rounded(count * share)));
  while (counts.length > 0 && counts.at(-1) === 0) counts.pop();
  return counts;
}

/** A histogram with one more length in it. */
export function withLength(histogram: Histogram, length: Milliseconds): Histogram {
  const bin = binOf(length);
  const counts = [...histogram];
  while (counts.length <= bin) counts.push(0);
  counts[bin] = rounded((counts[bin] ?? 0) + 1);
  return counts;
}

/** The sum of the counts. */
export function weightOf(histogram: Histogram): number {
  let sum = 0;
  for (const count of histogram) sum += count;
  return sum;
}

function rounded(count: number): number {
  return Math.round(count * 1000) / 1000;
}
