// What each start and each end of an alert adds to what is known of it and of its rule.

import type { DeliveryLags, Lifespan, RuleLifespan, SeriesBaseline } from '../../model/learned.ts';
import { DAY, HOUR, type Instant, type Milliseconds } from '../../model/time.ts';
import { changePercent, NO_CHANGES, withChange } from './change-flags.ts';
import { edgeOf, faded, weightOf, withLength } from './durations.ts';
import { type HabitTime, NO_HABIT, withBeginning } from './habit.ts';
import { NO_ONSETS } from './onset-hours.ts';
import type { Lifetimes } from './survival.ts';

/** An alert of which nothing was seen. */
export const NEW_SERIES: SeriesBaseline = {
  onsets: 0,
  at: 0,
  ended: [],
  cut: [],
  pauses: [],
  agedAt: 0,
  flags: NO_CHANGES,
  wildest: 0,
  woke: { at: 0, fired: 0 },
  habit: NO_HABIT,
};

/** What began after so much silence has changed somehow; it is watched for so long. */
const SILENCE: Milliseconds = DAY;
export const WAKING: Milliseconds = HOUR;

/** A rule of which nothing was seen. */
export const NEW_RULE: RuleLifespan = { ended: [], cut: [], pauses: [], agedAt: 0, series: 0, open: 0, openSince: 0, hours: NO_ONSETS };

/** How a part of an episode or a pause came to its end. */
export interface Span {
  readonly length: Milliseconds;
  /** `ended` when it ended by itself; `cut` when only so much of it was seen; `pause` between two episodes. */
  readonly kind: 'ended' | 'cut' | 'pause';
}

/** A lifespan with one more span in it, what it knew before faded to the time. */
export function withSpan<T extends Lifespan>(before: T, { length, kind }: Span, now: Instant): T {
  const aged = agedTo(before, now);
  const which = kind === 'pause' ? 'pauses' : kind;
  return { ...aged, [which]: withLength(aged[which], length) };
}

/** A lifespan as it has faded by a time; nothing is done about what is a day old or less: shorter steps would be lost in rounding. */
export function agedTo<T extends Lifespan>(before: T, now: Instant): T {
  if (now - before.agedAt <= DAY) return before;
  const { ended, cut, pauses, agedAt } = before;
  return { ...before, ended: faded(ended, agedAt, now), cut: faded(cut, agedAt, now), pauses: faded(pauses, agedAt, now), agedAt: now };
}

/** An alert's baseline after it began: when, and after which pause when that is known. */
export function withStart(before: SeriesBaseline, at: Instant, local: HabitTime, pause: Milliseconds | null): SeriesBaseline {
  const aged = pause === null ? agedTo(before, at) : withSpan(before, { length: pause, kind: 'pause' }, at);
  const wakes = pause === null ? at - before.at > SILENCE : pause > SILENCE;
  return {
    ...aged,
    woke: wakes ? { at, fired: 0 } : before.woke,
    flags: withChange(before.flags, at),
    wildest: Math.max(before.wildest, changePercent(before.flags, before.at)),
    habit: withBeginning(before.habit, local),
  };
}

/** An alert's baseline after it ended. */
export function withFinish(before: SeriesBaseline, span: Span, now: Instant): SeriesBaseline {
  const { woke } = before;
  const watched = now - span.length - woke.at < WAKING;
  return { ...withSpan(before, span, now), flags: withChange(before.flags, now), woke: watched ? { at: woke.at, fired: woke.fired + span.length } : woke };
}

/** A rule's lifespan with one more alert that fires since a time. */
export function withOpened(before: RuleLifespan, since: Instant, isNew: boolean): RuleLifespan {
  return { ...before, series: before.series + (isNew ? 1 : 0), open: before.open + 1, openSince: before.openSince + since };
}

/** A rule's lifespan after one of its alerts that fired since a time ended. */
export function withClosed(before: RuleLifespan, since: Instant, span: Span, now: Instant): RuleLifespan {
  const open = Math.max(0, before.open - 1);
  return { ...withSpan(before, span, now), open, openSince: open === 0 ? 0 : before.openSince - since };
}

/** A rule's lifetimes, those of its alerts that fire now counted as cut at their mean age. */
export function lifetimesOf(rule: RuleLifespan, now: Instant): Lifetimes {
  const { ended, cut, open, openSince } = agedTo(rule, now);
  if (open === 0) return { ended, cut };
  const counts = [...withLength(cut, Math.max(0, now - openSince / open))];
  const bin = counts.findIndex((count, i) => count !== (cut[i] ?? 0));
  counts[bin] = (cut[bin] ?? 0) + open;
  return { ended, cut: counts };
}

/** The delay within which nine ends in ten are delivered, null while fewer than ten are known. It estimates the sender's `group_interval`. */
export function usualDelay(lags: DeliveryLags | undefined): Milliseconds | null {
  if (lags === undefined || weightOf(lags.lags) < 10) return null;
  return quantileOf(lags.lags, MOST);
}

const MOST = 0.9;

function quantileOf(histogram: readonly number[], share: number): Milliseconds {
  const all = weightOf(histogram);
  let sum = 0;
  for (const [bin, count] of histogram.entries()) {
    const before = sum;
    sum += count;
    if (sum >= share * all) return edges(bin, (share * all - before) / count);
  }
  return 0;
}

function edges(bin: number, within: number): Milliseconds {
  const from = bin === 0 ? 0 : edgeOf(bin - 1);
  return from + within * (edgeOf(bin) - from);
}
