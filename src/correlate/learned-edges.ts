// Which pairs met too often for chance, and which entities therefore depend on which.

import { compareText } from '../model/labels.ts';
import type { AssociationEvidence } from '../model/learned.ts';
import type { Instant } from '../model/time.ts';
import type { Edge } from '../model/topology.ts';
import { type AssociationRecords, expectedMeetings, type Family, fadedBy, familyOf, namesOf, type Pair, pairKey, totalKey } from './association.ts';
import type { AssociationConstants } from './association-constants.ts';
import { lagsOf } from './lag-distribution.ts';
import { discoveries, poissonTail } from './significance.ts';

/** An edge that was learned. */
export interface LearnedEdge extends Edge {
  readonly origin: 'learned';
  /** Between 0 and 1. */
  readonly confidence: number;
  readonly evidence: AssociationEvidence;
}

/** A pair that meets more often than by chance, the one that comes first named first. */
export interface Association {
  readonly first: string;
  readonly second: string;
  readonly evidence: AssociationEvidence;
}

/**
 * The pairs of a family that meet too often for chance, the least likely ones first. Every ordered pair of two that have had
 * `leastSupport` bursts each is a test, whether or not they ever met: to test only those that met often would be to test what
 * already looks like a discovery. Those that did not meet often enough count with a p-value of 1, as do those given up for room.
 */
export function associations(family: Family, { totals, pairs }: AssociationRecords, now: Instant, c: AssociationConstants): readonly Association[] {
  let frequent = 0;
  for (const [key, total] of totals) if (familyOf(key) === family && total.bursts * fadedBy(now - total.at, c) >= c.leastSupport) frequent += 1;
  const tests = frequent * (frequent - 1);
  const candidates: Candidate[] = [];
  for (const [key, pair] of pairs) {
    if (familyOf(key) !== family) continue;
    const support = pair.support * fadedBy(now - pair.at, c);
    if (support < c.leastSupport) continue;
    const [first, second] = namesOf(key);
    const a = totals.get(totalKey(family, first));
    const b = totals.get(totalKey(family, second));
    if (a === undefined || b === undefined) continue;
    const expected = expectedMeetings(a, b, support, now, c);
    candidates.push({ key, first, second, pair, support, lift: support / expected, pValue: support <= expected ? 1 : poissonTail(support, expected) });
  }
  candidates.sort((a, b) => a.pValue - b.pValue || compareText(a.key, b.key));
  const discovered = discoveries(
    candidates.map(({ pValue }) => pValue),
    tests,
    c.level,
  );
  return candidates
    .slice(0, discovered)
    .filter(({ lift, pair }) => lift >= c.leastLift && pair.days >= c.leastDays)
    .map((candidate) => associationOf(candidate, family, pairs, tests, now, c));
}

interface Candidate {
  readonly key: string;
  readonly first: string;
  readonly second: string;
  readonly pair: Pair;
  readonly support: number;
  readonly lift: number;
  readonly pValue: number;
}

function associationOf(
  { first, second, pair, support, lift, pValue }: Candidate,
  family: Family,
  pairs: ReadonlyMap<string, Pair>,
  tests: number,
  now: Instant,
  c: AssociationConstants,
): Association {
  const back = pairs.get(pairKey(family, second, first));
  const opposite = back === undefined ? 0 : back.support * fadedBy(now - back.at, c);
  const { median, spread } = lagsOf(pair);
  return {
    first,
    second,
    evidence: {
      support: hundredths(support),
      days: pair.days,
      opposite: hundredths(opposite),
      lift: hundredths(lift),
      medianLag: median,
      lagSpread: spread,
      pValue,
      tests,
      level: c.level,
    },
  };
}

/**
 * The edges that are learned now, at most `mostEdges` of them, by the names of their ends: what comes second depends on what comes
 * first. Only an order that is clear makes an edge; two that are as often first as second share a cause, and neither is the other's.
 */
export function learnedEdges(records: AssociationRecords, now: Instant, c: AssociationConstants): readonly LearnedEdge[] {
  return associations('entity', records, now, c)
    .filter(({ evidence }) => evidence.opposite <= c.clearOrder * evidence.support)
    .slice(0, c.mostEdges)
    .map(({ first, second, evidence }): LearnedEdge => ({ from: second, to: first, origin: 'learned', confidence: confidenceOf(evidence), evidence }))
    .sort((a, b) => compareText(a.from, b.from) || compareText(a.to, b.to));
}

/** The share of the meetings that chance does not explain, times the likelihood that the next one comes in this order (Laplace's rule of succession). */
function confidenceOf({ support, opposite, lift }: AssociationEvidence): number {
  return hundredths((1 - 1 / lift) * ((support + 1) / (support + opposite + 2)));
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
