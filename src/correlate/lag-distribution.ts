// How long the second of a pair usually comes after the first.

import type { Instant, Milliseconds } from '../model/time.ts';
import { type AssociationView, expectedMeetings, fadedBy, type Pair, pairKey, totalKey } from './association.ts';
import type { AssociationConstants } from './association-constants.ts';

/** A log-normal distribution of lags. */
export interface LagDistribution {
  readonly median: Milliseconds;
  /** The geometric standard deviation: two thirds of the lags lie between median / spread and median · spread. */
  readonly spread: number;
}

/** The distribution of a pair's lags. */
export function lagsOf(pair: Pair): LagDistribution {
  const mean = pair.logLag / pair.support;
  const variance = Math.max(0, pair.logLagSquared / pair.support - mean * mean);
  return { median: Math.round(Math.exp(mean)), spread: Math.round(Math.exp(Math.sqrt(variance)) * 100) / 100 };
}

/**
 * The median lag from an onset of rule `first` to one of rule `second`, as learned; null until they have met often enough, and
 * while they meet hardly more often than by chance, since then the lags say only how long the window is.
 */
export function usualLag(view: AssociationView, first: string, second: string, now: Instant, c: AssociationConstants): Milliseconds | null {
  const pair = view.pair(pairKey('rule', first, second));
  if (pair === undefined) return null;
  const support = pair.support * fadedBy(now - pair.at, c);
  if (support < c.leastLagSupport) return null;
  const a = view.total(totalKey('rule', first));
  const b = view.total(totalKey('rule', second));
  if (a === undefined || b === undefined || support < c.leastLift * expectedMeetings(a, b, support, now, c)) return null;
  return lagsOf(pair).median;
}
