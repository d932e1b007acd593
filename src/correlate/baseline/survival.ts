// How likely something that began goes on for longer than a time, from what such things lasted before.

import type { Milliseconds } from '../../model/time.ts';
import { BINS, edgeOf, type Histogram } from './durations.ts';

/** What a survival function is estimated from; weights need not be whole. */
export interface Lifetimes {
  /** How long those lasted that are known to have ended. */
  readonly ended: Histogram;
  /** How long the others were watched, of which only that is known: they go on, or ended without it being said how. */
  readonly cut: Histogram;
}

/** A survival function. */
export interface Survival {
  /** Over how many lifetimes, whole or cut. */
  readonly weight: number;
  /** The share at the upper edge of each bin that has not ended yet. */
  readonly shares: readonly number[];
}

/**
 * Estimates it by the actuarial method (Cutler & Ederer 1958; Kaplan & Meier 1958 for grouped times): of those at
 * risk in a bin, the ones that are cut in it count half. Every further source is scaled down to its `most` weight.
 */
export function survivalOf(sources: readonly { readonly times: Lifetimes; readonly most?: number }[]): Survival {
  const ended = new Array<number>(BINS).fill(0);
  const cut = new Array<number>(BINS).fill(0);
  for (const { times, most } of sources) {
    const weight = sum(times.ended) + sum(times.cut);
    const scale = most === undefined || weight <= most ? 1 : most / weight;
    for (const [bin, count] of times.ended.entries()) ended[bin] = (ended[bin] ?? 0) + count * scale;
    for (const [bin, count] of times.cut.entries()) cut[bin] = (cut[bin] ?? 0) + count * scale;
  }
  const weight = sum(ended) + sum(cut);
  const shares: number[] = [];
  let atRisk = weight;
  let share = 1;
  for (let bin = 0; bin < BINS; bin++) {
    const [d, c] = [ended[bin] ?? 0, cut[bin] ?? 0];
    const exposed = atRisk - c / 2;
    if (d > 0 && exposed > 0) share *= Math.max(0, 1 - d / exposed);
    shares.push(share);
    atRisk -= d + c;
  }
  return { weight, shares };
}

/** Lifetimes less those of some that are counted among them. */
export function without({ ended, cut }: Lifetimes, some: Lifetimes): Lifetimes {
  return { ended: less(ended, some.ended), cut: less(cut, some.cut) };
}

function less(counts: Histogram, some: Histogram): Histogram {
  return counts.map((count, bin) => Math.max(0, count - (some[bin] ?? 0)));
}

/** The share that goes on for longer than a time, between the edges of a bin as if ends were spread evenly in it. */
export function survivalAt({ shares }: Survival, time: Milliseconds): number {
  let before = 1;
  let from = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const to = edgeOf(bin);
    const after = shares[bin] ?? before;
    if (time <= to) return to === Number.POSITIVE_INFINITY ? before : before + ((after - before) * (time - from)) / (to - from);
    before = after;
    from = to;
  }
  return before;
}

/** The shortest time after which at most a share goes on; infinite when more does for as long as anything is told apart. */
export function timeUntil({ shares }: Survival, share: number): Milliseconds {
  let before = 1;
  let from = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const to = edgeOf(bin);
    const after = shares[bin] ?? before;
    if (after <= share) return to === Number.POSITIVE_INFINITY ? to : from + ((before - share) / (before - after)) * (to - from);
    before = after;
    from = to;
  }
  return Number.POSITIVE_INFINITY;
}

function sum(histogram: Histogram): number {
  let total = 0;
  for (const count of histogram) total += count;
  return total;
}
