// What was learned and is of no more use is given up, so that memory does not grow with the days, and edges are learned anew.

import { type LearnedCounts, learnedKey } from '../model/learned.ts';
import { DAY, type Instant, type Milliseconds } from '../model/time.ts';
import { TIDY_EVERY } from './constants.ts';
import type { Draft } from './draft.ts';
import { KEY_REMEMBERED } from './idempotency.ts';
import { nameOf } from './label-values.ts';
import { learnEdges } from './learn-association.ts';

/** How long a dependency that labels proved holds after it was last seen, and what was done under a key. */
const KEPT_OF: Readonly<Record<string, Milliseconds>> = { 'e ': 2 * DAY, 'k ': KEY_REMEMBERED };
/** How long anything else is remembered after it was last seen: its onsets have faded by then. */
const KEPT: Milliseconds = 28 * DAY;
/** How many records there are at most of a kind; of the rest, those seen last are kept. */
const MOST: Readonly<Record<string, number>> = { 'd ': 20_000, 'e ': 4_096, 'k ': 10_000, 'l ': 50_000, 'r ': 20_000, 's ': 200_000 };

/** Gives up what is old, then of each kind what is beyond its bound, the least lately seen first. It is done again until nothing is left. */
export function tidy(draft: Draft, now: Instant): void {
  const names = new Map<string, number>();
  const kept = new Map<string, { readonly key: string; readonly at: Instant }[]>();
  for (const [key, record] of draft.learned.all()) {
    const at = 'at' in record ? record.at : 'agedAt' in record ? record.agedAt : null;
    if (at === null || key.startsWith('g ')) continue;
    const kind = key.slice(0, 2);
    if (now - at > (KEPT_OF[kind] ?? KEPT)) draft.learned.forget(key);
    else {
      listOf(kept, kind).push({ key, at });
      if (kind === 'l ') names.set(nameOf(key.slice(2)), (names.get(nameOf(key.slice(2))) ?? 0) + 1);
    }
  }
  for (const [kind, records] of kept) {
    const surplus = records.length - (MOST[kind] ?? Number.POSITIVE_INFINITY);
    if (surplus <= 0) continue;
    records.sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
    for (const { key } of records.slice(0, surplus)) draft.learned.forget(key);
  }
  countNames(draft, names);
  learnEdges(draft, now);
  if (kept.size === 0) {
    draft.learned.forget(learnedKey.recent);
    draft.learned.forget(learnedKey.counts);
    return;
  }
  draft.learned.set(learnedKey.counts, { ...draft.learned.counts, tidiedAt: now } satisfies LearnedCounts);
  draft.timers.push({ due: now + TIDY_EVERY, kind: 'tidy', id: '' });
}

/** Labels whose values were given up have room for others again. */
function countNames(draft: Draft, names: ReadonlyMap<string, number>): void {
  for (const [key] of draft.learned.all()) if (key.startsWith('n ') && !names.has(key.slice(2))) draft.learned.forget(key);
  for (const [name, values] of names) draft.learned.set(learnedKey.labelName(name), { values });
}

function listOf<T>(lists: Map<string, T[]>, key: string): T[] {
  let list = lists.get(key);
  if (list === undefined) {
    list = [];
    lists.set(key, list);
  }
  return list;
}
