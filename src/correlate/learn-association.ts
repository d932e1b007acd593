// Keeps what is learned of which alerts follow which: an onset is counted, edges are drawn from the counts, room is made.

import type { RecentOnsets } from '../model/learned.ts';
import { learnedKey } from '../model/learned.ts';
import type { Instant, Milliseconds } from '../model/time.ts';
import type { AlertOnset, AssociationRecords, AssociationView, Pair, Total } from './association.ts';
import { ASSOCIATION } from './association-constants.ts';
import { makeRoom } from './association-room.ts';
import { noteOnset } from './co-occurrence.ts';
import type { Draft } from './draft.ts';
import { usualLag } from './lag-distribution.ts';
import { learnedEdges } from './learned-edges.ts';

/** Counts an alert that begins to fire, unless it fires all the time anyway. */
export function learnOnset(draft: Draft, onset: AlertOnset, noisyRate: number): void {
  const changes = noteOnset(viewOf(draft), onset, noisyRate, ASSOCIATION);
  if (changes === null) return;
  draft.learned.set(learnedKey.recent, { recent: changes.recent });
  for (const [key, total] of changes.totals) draft.learned.set(learnedKey.total(key), total);
  for (const [key, pair] of changes.pairs) draft.learned.set(learnedKey.pair(key), pair);
}

/** The median lag with which alerts of one rule follow those of another, as learned; null while too little is known. */
export function learnedLag(draft: Draft, first: string, second: string, now: Instant): Milliseconds | null {
  return usualLag(viewOf(draft), first, second, now, ASSOCIATION);
}

/** Gives up what is beyond the bounds, then draws the edges that are learned now in place of those learned before. */
export function learnEdges(draft: Draft, now: Instant): void {
  const { totals, pairs } = recordsOf(draft);
  const givenUp = makeRoom({ totals, pairs }, now, ASSOCIATION);
  for (const key of givenUp.pairs) {
    pairs.delete(key);
    draft.learned.forget(learnedKey.pair(key));
  }
  for (const key of givenUp.totals) {
    totals.delete(key);
    draft.learned.forget(learnedKey.total(key));
  }
  draft.learned.replaceEdges(
    learnedEdges({ totals, pairs }, now, ASSOCIATION).map(({ from, to, confidence, evidence }) => ({
      from,
      to,
      origin: 'learned',
      at: now,
      confidence,
      evidence,
    })),
  );
}

function viewOf(draft: Draft): AssociationView {
  return {
    recent: draft.learned.get<RecentOnsets>(learnedKey.recent)?.recent ?? [],
    total: (key) => draft.learned.get<Total>(learnedKey.total(key)),
    pair: (key) => draft.learned.get<Pair>(learnedKey.pair(key)),
  };
}

function recordsOf(draft: Draft): { readonly totals: Map<string, Total>; readonly pairs: Map<string, Pair> } & AssociationRecords {
  const totals = new Map<string, Total>();
  const pairs = new Map<string, Pair>();
  for (const [key, record] of draft.learned.all()) {
    if (key.startsWith('t ')) totals.set(key.slice(2), record as Total);
    else if (key.startsWith('p ')) pairs.set(key.slice(2), record as Pair);
  }
  return { totals, pairs };
}
