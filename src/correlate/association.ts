// What is remembered of which onsets follow which: its records, its keys, and how they fade.

import type { Pair, RecentOnset, Total } from '../model/learned.ts';
import { DAY, HOUR, type Instant, type Milliseconds } from '../model/time.ts';
import type { AssociationConstants } from './association-constants.ts';

export type { Pair, RecentOnset, Total };

/** Whether entities are counted, or rules: the two are counted apart and tested apart. */
export type Family = 'entity' | 'rule';

/** An alert that begins to fire. */
export interface AlertOnset {
  readonly rule: string;
  /** `kind/name`, or null when it is about none; then only its rule counts. */
  readonly entity: string | null;
  /** When it began. */
  readonly at: Instant;
  /** How often such an alert comes anyway, per millisecond. */
  readonly rate: number;
}

/** What counting an onset may look at. A draft answers with what it changed before what is stored. */
export interface AssociationView {
  /** Oldest first. */
  readonly recent: readonly RecentOnset[];
  total(key: string): Total | undefined;
  pair(key: string): Pair | undefined;
}

/** All that is remembered, by key. */
export interface AssociationRecords {
  readonly totals: ReadonlyMap<string, Total>;
  readonly pairs: ReadonlyMap<string, Pair>;
}

/** The key of the total of an entity or a rule. */
export function totalKey(family: Family, name: string): string {
  return PREFIX[family] + name;
}

/** The key of a pair: names may hold any character, so the first one's length comes first. */
export function pairKey(family: Family, first: string, second: string): string {
  return `${PREFIX[family]}${first.length} ${first}${second}`;
}

/** The names that a pair's key was made of, the earlier one first. */
export function namesOf(key: string): readonly [first: string, second: string] {
  const space = key.indexOf(' ', 1);
  const end = space + 1 + Number(key.slice(1, space));
  return [key.slice(space + 1, end), key.slice(end)];
}

/** The family that a key of a pair or a total belongs to. */
export function familyOf(key: string): Family {
  return key.startsWith(PREFIX.entity) ? 'entity' : 'rule';
}

const PREFIX: Readonly<Record<Family, string>> = { entity: 'e', rule: 'r' };

/** What is left of a count after some time; a negative time leaves it whole. */
export function fadedBy(time: Milliseconds, c: AssociationConstants): number {
  return time <= 0 ? 1 : 2 ** (-time / c.halves);
}

/** The time that was watched, counted as bursts are: what is long past counts less. At least one window. */
export function watchedSince(since: Instant, now: Instant, c: AssociationConstants): Milliseconds {
  return Math.max(c.window, (c.halves / Math.LN2) * (1 - fadedBy(now - since, c)));
}

/**
 * How often a burst of the second is expected to follow one of the first by chance, from their totals; `support` is how often one
 * did (all faded to `now`). Bursts of one lie a window or more apart, so at most one of the second begins in the window after one
 * of the first: the chance that one does is its rate times the window (1 − exp(−rate · window) would be too little). The rate is
 * that of the hour of the day where that is more: two nightly jobs meet every night, and neither depends on the other. There, a
 * meeting is measured against the other days, since the day of the meeting has it anyway.
 */
export function expectedMeetings(first: Total, second: Total, support: number, now: Instant, c: AssociationConstants): number {
  // Of two that were not always there, the later one's time is a part of the earlier one's.
  const watched = watchedSince(Math.min(first.since, second.since), now, c);
  const faded = fadedBy(now - first.at, c) * fadedBy(now - second.at, c);
  let sameHour = 0;
  for (let hour = 0; hour < HOURS; hour++) {
    // The window after a burst lies half in the hour of the burst and half in the next one.
    sameHour += ((first.hours[hour] ?? 0) * ((second.hours[hour] ?? 0) + (second.hours[(hour + 1) % HOURS] ?? 0))) / 2;
  }
  const steady = (first.bursts * second.bursts * faded) / (watched / c.window);
  const daily = ((sameHour * faded - support / 2) / Math.max(1, watched / DAY - 1)) * (c.window / HOUR);
  return Math.max(steady, daily);
}

/** The hours of a day. */
export const HOURS = 24;

/** The hour of the day that an instant falls in (UTC), 0 to 23. */
export function hourOf(at: Instant): number {
  return Math.floor((at % DAY) / HOUR);
}
