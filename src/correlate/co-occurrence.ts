// Which onsets an onset follows: what it adds to the counts of entities and of rules, and of pairs of them.

import { DAY, type Instant, type Milliseconds } from '../model/time.ts';
import {
  type AlertOnset,
  type AssociationView,
  type Family,
  fadedBy,
  HOURS,
  hourOf,
  type Pair,
  pairKey,
  type RecentOnset,
  type Total,
  totalKey,
} from './association.ts';
import type { AssociationConstants } from './association-constants.ts';

/** The records that an onset changed, by key, as they now are; no key comes twice. */
export interface AssociationChanges {
  readonly recent: readonly RecentOnset[];
  readonly totals: readonly (readonly [string, Total])[];
  readonly pairs: readonly (readonly [string, Pair])[];
}

/**
 * Counts an onset. It counts among entities when it begins a burst of its entity, and among rules when it begins one of its rule:
 * then each other entity (or rule) whose burst began within the window before it has met it once, unless so much began within the
 * window that it is a storm. Answers null, and nothing changes, for an alert that fires anyway more often than `noisyRate` (per
 * millisecond): it neither follows nor is followed.
 */
export function noteOnset(view: AssociationView, onset: AlertOnset, noisyRate: number, c: AssociationConstants): AssociationChanges | null {
  if (onset.rate > noisyRate) return null;
  const { rule, entity, at } = onset;
  const others = othersOf(view.recent, onset, c);
  const changes: Counted = { totals: [], pairs: [] };
  const ruleBegan = count('rule', rule, at, others, view, changes, c);
  const entityBegan = entity === null ? at : count('entity', entity, at, others, view, changes, c);
  return { recent: withRecent(others, { rule, entity, at, ruleBegan, entityBegan }, view.recent, c), ...changes };
}

interface Counted {
  readonly totals: (readonly [string, Total])[];
  readonly pairs: (readonly [string, Pair])[];
}

/** Counts it in one family; answers when the burst that it belongs to began. */
function count(
  family: Family,
  name: string,
  at: Instant,
  others: readonly RecentOnset[],
  view: AssociationView,
  { totals, pairs }: Counted,
  c: AssociationConstants,
): Instant {
  const key = totalKey(family, name);
  const before = view.total(key);
  // One that is heard of long after it began belongs to a burst that is over.
  if (before !== undefined && at - before.at < c.window) return before.at;
  totals.push([key, withBurst(before, at, c)]);
  if (others.length >= c.mostRecent) return at;
  const meet = (first: string, second: string, weight: number, lag: Milliseconds) => {
    const pair = pairKey(family, first, second);
    pairs.push([pair, withMeeting(view.pair(pair), weight, lag, at, c)]);
  };
  const met = new Set<string | null>([name, null]);
  for (let i = others.length - 1; i >= 0; i--) {
    const other = others[i];
    if (other === undefined) continue;
    const otherName = family === 'entity' ? other.entity : other.rule;
    if (otherName === null || met.has(otherName)) continue;
    met.add(otherName);
    const after = at - (family === 'entity' ? other.entityBegan : other.ruleBegan);
    if (Math.abs(after) >= c.window) continue;
    if (Math.abs(after) < c.unordered) {
      meet(otherName, name, 0.5, 0);
      meet(name, otherName, 0.5, 0);
    } else if (after > 0) {
      // Of the burst before, it is the latest onset that this one follows.
      meet(otherName, name, 1, other.at <= at ? at - other.at : after);
    } else {
      // This one was heard of late.
      meet(name, otherName, 1, -after);
    }
  }
  return at;
}

/** A total after one more burst. */
export function withBurst(before: Total | undefined, at: Instant, c: AssociationConstants): Total {
  const left = before === undefined ? 0 : fadedBy(at - before.at, c);
  const hours = before === undefined ? new Array<number>(HOURS).fill(0) : before.hours.map((bursts) => (bursts === 0 ? 0 : rounded(bursts * left)));
  const hour = hourOf(at);
  hours[hour] = (hours[hour] ?? 0) + 1;
  return { bursts: rounded((before?.bursts ?? 0) * left + 1), hours, at, since: before?.since ?? at };
}

/** A pair after one more meeting of some weight, with some lag. */
export function withMeeting(before: Pair | undefined, weight: number, lag: Milliseconds, at: Instant, c: AssociationConstants): Pair {
  const log = Math.log(Math.max(lag, c.unordered));
  if (before === undefined) return { support: weight, logLag: rounded(weight * log), logLagSquared: rounded(weight * log * log), days: 1, at };
  const left = fadedBy(at - before.at, c);
  const support = before.support * left;
  return {
    support: rounded(support + weight),
    logLag: rounded(before.logLag * left + weight * log),
    logLagSquared: rounded(before.logLagSquared * left + weight * log * log),
    days: support < c.forgotten ? 1 : before.days + (dayOf(at) > dayOf(before.at) ? 1 : 0),
    at: Math.max(at, before.at),
  };
}

function dayOf(at: Instant): number {
  return Math.floor(at / DAY);
}

/** Four places are exact enough and half as long in JSON. */
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/** The other onsets of the window, oldest first. */
function othersOf(recent: readonly RecentOnset[], { rule, entity, at }: AlertOnset, c: AssociationConstants): readonly RecentOnset[] {
  const oldest = Math.max(at, recent.at(-1)?.at ?? at) - c.window;
  return recent.filter((other) => other.at > oldest && (other.rule !== rule || other.entity !== entity));
}

/** The window with an onset, unless it holds a later one of the same alert. */
function withRecent(others: readonly RecentOnset[], onset: RecentOnset, recent: readonly RecentOnset[], c: AssociationConstants): readonly RecentOnset[] {
  const known = others.length === recent.length ? undefined : recent.find(({ rule, entity }) => rule === onset.rule && entity === onset.entity);
  const own = known !== undefined && known.at > onset.at ? known : onset;
  let i = others.length;
  while (i > 0 && (others[i - 1]?.at ?? 0) > own.at) i--;
  return others.toSpliced(i, 0, own).slice(-c.mostRecent);
}
