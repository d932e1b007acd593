// Every number that learned association rests on, with its unit and the reason for its value.

import { DAY, HOUR, type Milliseconds, SECOND } from '../model/time.ts';

/** The numbers of learned association. One set of them holds for all systems. */
export interface AssociationConstants {
  /** How long after one onset another still counts as following it, and how long the onsets of one entity or rule are one burst. */
  readonly window: Milliseconds;
  /** How many recent onsets are kept at most, the latest ones. While the window holds so many, nothing meets. */
  readonly mostRecent: number;
  /** Bursts that begin closer together than this have no order. It is also the shortest lag that is told apart. */
  readonly unordered: Milliseconds;
  /** What was counted counts half after this time. */
  readonly halves: Milliseconds;
  /** A pair whose support has faded below this begins to count its days anew. */
  readonly forgotten: number;
  /** How many bursts (faded) two have to have met in, and on how many days, before one may depend on the other. */
  readonly leastSupport: number;
  readonly leastDays: number;
  /** How many times more often than by chance they have to meet. */
  readonly leastLift: number;
  /** The false discovery rate: the expected share of false pairs among those found. */
  readonly level: number;
  /** An order is clear when the opposite one has at most this share of its support. */
  readonly clearOrder: number;
  /** How many bursts (faded) the usual lag of two rules is learned from at least. */
  readonly leastLagSupport: number;
  /** How many pairs, and how many entities or rules, are kept at most of each family. */
  readonly mostPairs: number;
  readonly mostTotals: number;
  /** The share of a full table that is given up at a time. */
  readonly givenUp: number;
  /** How many edges are learned at most. */
  readonly mostEdges: number;
}

/** What holds. */
export const ASSOCIATION: AssociationConstants = {
  // The slowest effects, those on business figures, usually take half an hour.
  window: HOUR,
  // More within an hour is a storm, which says little about any two and would fill the table of pairs.
  mostRecent: 64,
  // Alertmanager's clients write times to the second at least; one evaluation of a rule group starts its alerts together.
  unordered: SECOND,
  // Systems change within weeks. A pair that meets less often than every 5.8 days never gathers a support of 4.
  halves: 14 * DAY,
  forgotten: 0.5,
  // One bad day, however many bursts it has, is one observation.
  leastSupport: 4,
  leastDays: 3,
  // Alerts crowd into working hours and nightly jobs; that alone makes any two meet two to three times as often as chance has it.
  leastLift: 3,
  level: 0.01,
  // Two that are first about equally often share a cause; neither is the other's.
  clearOrder: 0.5,
  leastLagSupport: 5,
  // A pair takes about 240 bytes of memory and 140 of JSON, key included, a total 440 and 160 (measured): 5.6 MB and 2.5 MB when all tables are full.
  mostPairs: 4096,
  mostTotals: 4096,
  // Giving up sorts the table; a quarter at a time makes that rare.
  givenUp: 0.25,
  // A graph that people declare has some hundreds of edges.
  mostEdges: 512,
};
