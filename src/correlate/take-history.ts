// What was learned from history is added where this instance knows nothing yet.

import { type LearnedCounts, learnedKey, type Pair, type Total } from '../model/learned.ts';
import type { Instant } from '../model/time.ts';
import { namesOf } from './association.ts';
import { TIDY_EVERY } from './constants.ts';
import type { Draft } from './draft.ts';
import type { HistoryLearned } from './event.ts';
import { kindOf, type LearnedEntry } from './history-records.ts';

/**
 * Adds the records whose alert, rule, sender or pair is not known; the others stay as they are, since what was seen here is
 * newer. Answers how many were added.
 */
export function takeHistory(draft: Draft, { since, records }: HistoryLearned, now: Instant): number {
  let added = 0;
  for (const [key, record] of records) {
    if (draft.learned.get(key) !== undefined || (kindOf(key) === 'p' && !rests(draft, [key, record]))) continue;
    draft.learned.set(key, record);
    added += 1;
  }
  if (added > 0) watchedSince(draft, Math.min(since, now), now);
  return added;
}

/** Whether both ends of a pair have come at least as often as they met: where this instance knows an end by itself, they may not have. */
function rests(draft: Draft, [key, record]: LearnedEntry): boolean {
  const { support } = record as Pair;
  const family = key.slice(2, 3);
  return namesOf(key.slice(2)).every((name) => (draft.learned.get<Total>(learnedKey.total(family + name))?.bursts ?? 0) >= support);
}

/** Rates are reckoned over the time since the first alert ever, which is now the history's. */
function watchedSince(draft: Draft, since: Instant, now: Instant): void {
  const known = draft.learned.get<LearnedCounts>(learnedKey.counts);
  if (known !== undefined) {
    if (since < known.since) draft.learned.set(learnedKey.counts, { ...known, since });
    return;
  }
  draft.learned.set(learnedKey.counts, { since, series: 0, labelIds: 0, tidiedAt: now });
  draft.timers.push({ due: now + TIDY_EVERY, kind: 'tidy', id: '' });
}
