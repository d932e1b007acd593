// Whether far more begins at once than the hour bears, and when that is over.

import type { Evidence } from '../../model/evidence.ts';
import type { StormRecord } from '../../model/learned.ts';
import { HOUR, type Instant, MINUTE, type Milliseconds } from '../../model/time.ts';
import { upperCount } from '../baseline/count-bound.ts';
import { fade } from '../baseline/durations.ts';
import type { StormPolicy } from '../policy.ts';

/** Onsets are counted by the minute, over so many of them. */
const MINUTES = 5;
/** A storm is over when so long no more began than half of what makes one. */
const CALM: Milliseconds = 10 * MINUTE;
/** Hours of the week are believed after so many of the same hour; until then the configured number decides. */
const ENOUGH_HOURS = 2;
/** How seldom that many may begin at an hour without there being a storm. */
const CHANCE = 1e-6;
const HOURS = 168;

/** No onset yet. */
export const NO_STORM: StormRecord = { minute: 0, counts: [], since: null, lastHigh: 0, hours: [], seen: [], hour: 0 };

/** What an hour of the week bears within five minutes, and how that is known. */
export interface Limit {
  readonly onsets: number;
  readonly learned: boolean;
}

/** The record after one more onset; `hourOfWeek` counts from Sunday midnight, local time. */
export function withStormOnset(before: StormRecord, hourOfWeek: number, now: Instant, policy: StormPolicy): StormRecord {
  const counted = countedTo(before, hourOfWeek, now);
  const counts = [...counted.counts];
  counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1;
  const next = { ...counted, counts };
  const limit = limitAt(next, hourOfWeek, policy);
  const recent = sum(counts);
  const high = recent * 2 > limit.onsets;
  const since = next.since !== null ? (now - next.lastHigh > CALM ? null : next.since) : recent > limit.onsets ? now : null;
  // A storm says nothing of what the hour usually bears.
  const hours = since === null ? withCount(next.hours, hourOfWeek) : next.hours;
  return { ...next, hours, since, lastHigh: high ? now : next.lastHigh };
}

/** Whether a storm goes on at a time. */
export function stormAt(record: StormRecord | undefined, now: Instant): boolean {
  return record !== undefined && record.since !== null && now - record.lastHigh <= CALM;
}

/** From when on a storm that goes on is over, unless more begins. */
export function stormOverAt({ lastHigh }: StormRecord): Instant {
  return lastHigh + CALM + 1;
}

/** Why it is one. */
export function stormEvidence(record: StormRecord, hourOfWeek: number, policy: StormPolicy): Evidence {
  const limit = limitAt(record, hourOfWeek, policy);
  const recent = sum(record.counts);
  return {
    kind: 'storm',
    summary: `${recent} alerts began within 5 min, where ${limit.learned ? 'this hour of the week bears' : 'the configuration allows'} ${limit.onsets}`,
    value: recent,
    threshold: limit.onsets,
    ...(limit.learned ? { observations: Math.round(record.seen[hourOfWeek] ?? 0) } : {}),
  };
}

/**
 * What an hour of the week bears: the count that is exceeded with a probability of one in a million, by the negative
 * binomial predictive distribution of its five-minute counts, and never less than configured.
 */
function limitAt({ hours, seen }: StormRecord, hourOfWeek: number, { onsets }: StormPolicy): Limit {
  const weeks = seen[hourOfWeek] ?? 0;
  if (weeks < ENOUGH_HOURS) return { onsets, learned: false };
  const bound = upperCount({ events: hours[hourOfWeek] ?? 0, exposure: weeks * (HOUR / (MINUTES * MINUTE)) }, CHANCE);
  return bound > onsets ? { onsets: bound, learned: true } : { onsets, learned: false };
}

/** The record as it stands at a minute: minutes since without an onset, hours of the week since seen once more. */
function countedTo(before: StormRecord, hourOfWeek: number, now: Instant): StormRecord {
  const minute = Math.floor(now / MINUTE);
  const hour = Math.floor(now / HOUR);
  const passed = Math.min(MINUTES, Math.max(0, minute - before.minute));
  const counts = [...before.counts, ...new Array<number>(passed).fill(0)].slice(-MINUTES);
  const base = { ...before, minute: Math.max(minute, before.minute), counts: counts.length === 0 ? [0] : counts };
  if (before.hour === 0) return { ...base, hour, seen: withCount([], hourOfWeek) };
  const hoursPassed = hour - before.hour;
  if (hoursPassed <= 0) return base;
  const share = fade(hoursPassed * HOUR);
  let seen = before.seen.map((count) => rounded(count * share));
  for (let back = 0; back < Math.min(HOURS, hoursPassed); back++) seen = withCount(seen, (hourOfWeek - back + HOURS) % HOURS);
  return { ...base, hour, seen, hours: before.hours.map((count) => rounded(count * share)) };
}

function withCount(counts: readonly number[], index: number): number[] {
  const next = [...counts];
  while (next.length <= index) next.push(0);
  next[index] = (next[index] ?? 0) + 1;
  return next;
}

function sum(counts: readonly number[]): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}

function rounded(count: number): number {
  return Math.round(count * 1e6) / 1e6;
}
