// How what is learned stands in Redis: records that there are many of, or that are written often, as the values of their fields.

import { CHECK } from '../correlate/baseline/change-flags.ts';
import type { Baseline, LabelValue, LearnedRecord, OnsetHours, Pair, RecentOnsets, RuleLifespan, SeriesBaseline, Total } from '../model/learned.ts';
import { learnedKey } from '../model/learned.ts';
import type { Instant, Milliseconds } from '../model/time.ts';
import { decodeFields, encode, encodeFields } from './record-codec.ts';

/** Step and episodes are left out while none ended. */
type BaselineFields = readonly [onsets: number, at: Instant, step?: Milliseconds | null, episodes?: number];
type LabelFields = readonly [id: number, series: number, at: Instant];
/** Hours are the bursts of each hour that has any, behind its number. */
type TotalFields = readonly [bursts: number, at: Instant, since: Instant, hours: readonly number[]];
type PairFields = readonly [support: number, logLag: number, logLagSquared: number, days: number, at: Instant];
/** When the bursts began is how long before the onset. */
type OnsetFields = readonly [rule: string, entity: string | null, at: Instant, ruleBegan: Milliseconds, entityBegan: Milliseconds];

/** A histogram: counts in their order, a run of zeros as its negative length. */
type HistogramFields = readonly number[];
type SeriesFields = readonly [
  onsets: number,
  at: Instant,
  ended?: HistogramFields,
  cut?: HistogramFields,
  pauses?: HistogramFields,
  /** Before the last onset. */
  agedBefore?: Milliseconds,
  bits?: number,
  /** Checks before that of the last onset. */
  checksBefore?: number,
  wildest?: number,
  /** Before the last onset. */
  wokeBefore?: Milliseconds,
  fired?: Milliseconds,
  habitDay?: number,
  /** Slot and mask in turn. */
  slots?: readonly number[],
];
type LifespanFields = readonly [
  ended: HistogramFields,
  cut: HistogramFields,
  pauses: HistogramFields,
  agedAt: Instant,
  series: number,
  open: number,
  openSince: number,
  hours: OnsetHours,
];

const HOURS = 24;

/** Writes a record of what is learned; its key tells of which kind it is. */
export function encodeLearned(record: LearnedRecord, key: string): string {
  if (key === learnedKey.recent)
    return encodeFields(
      (record as RecentOnsets).recent.map(({ rule, entity, at, ruleBegan, entityBegan }): OnsetFields => [rule, entity, at, at - ruleBegan, at - entityBegan]),
    );
  switch (key.slice(0, 2)) {
    case 's ':
      return encodeFields(seriesFields(record as SeriesBaseline));
    case 'd ':
      return encodeFields(lifespanFields(record as RuleLifespan));
    case 'r ': {
      const { onsets, at, step, episodes } = record as Baseline;
      return encodeFields((step === null && episodes === 0 ? [onsets, at] : [onsets, at, step, episodes]) satisfies BaselineFields);
    }
    case 'l ': {
      const { id, series, at } = record as LabelValue;
      return encodeFields([id, series, at] satisfies LabelFields);
    }
    case 't ': {
      const { bursts, at, since, hours } = record as Total;
      return encodeFields([bursts, at, since, hours.flatMap((each, hour) => (each === 0 ? [] : [hour, each]))] satisfies TotalFields);
    }
    case 'p ': {
      const { support, logLag, logLagSquared, days, at } = record as Pair;
      return encodeFields([support, logLag, logLagSquared, days, at] satisfies PairFields);
    }
    default:
      return encode(record);
  }
}

/** Reads a record of what is learned. */
export function decodeLearned(text: string, key: string): LearnedRecord {
  return decodeFields(
    text,
    (values: readonly unknown[]) => ofFields(values, key),
    (stored: LearnedRecord) => stored,
  );
}

function ofFields(values: readonly unknown[], key: string): LearnedRecord {
  if (key === learnedKey.recent)
    return {
      recent: (values as readonly OnsetFields[]).map(([rule, entity, at, ruleAgo, entityAgo]) => ({
        rule,
        entity,
        at,
        ruleBegan: at - ruleAgo,
        entityBegan: at - entityAgo,
      })),
    };
  switch (key.slice(0, 2)) {
    case 's ':
      return seriesOf(values as SeriesFields);
    case 'd ':
      return lifespanOf(values as LifespanFields);
    case 'l ': {
      const [id, series, at] = values as LabelFields;
      return { id, series, at };
    }
    case 't ': {
      const [bursts, at, since, stored] = values as TotalFields;
      const hours = new Array<number>(HOURS).fill(0);
      for (let i = 0; i + 1 < stored.length; i += 2) hours[stored[i] ?? 0] = stored[i + 1] ?? 0;
      return { bursts, hours, at, since };
    }
    case 'p ': {
      const [support, logLag, logLagSquared, days, at] = values as PairFields;
      return { support, logLag, logLagSquared, days, at };
    }
    default: {
      const [onsets, at, step = null, episodes = 0] = values as BaselineFields;
      return { onsets, at, step, episodes };
    }
  }
}

function seriesFields({ onsets, at, ended, cut, pauses, agedAt, flags, wildest, woke, habit }: SeriesBaseline): SeriesFields {
  return [
    onsets,
    at,
    packed(ended),
    packed(cut),
    packed(pauses),
    at - agedAt,
    flags.bits,
    checkOf(at) - flags.check,
    wildest,
    at - woke.at,
    woke.fired,
    habit.day,
    habit.slots.flat(),
  ];
}

function seriesOf(fields: SeriesFields): SeriesBaseline {
  const [
    onsets,
    at,
    ended = [],
    cut = [],
    pauses = [],
    agedBefore = 0,
    bits = 0,
    checksBefore = 0,
    wildest = 0,
    wokeBefore = at,
    fired = 0,
    day = 0,
    flat = [],
  ] = fields;
  const slots: (readonly [number, number])[] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) slots.push([flat[i] ?? 0, flat[i + 1] ?? 0]);
  return {
    onsets,
    at,
    ended: unpacked(ended),
    cut: unpacked(cut),
    pauses: unpacked(pauses),
    agedAt: at - agedBefore,
    flags: { bits, check: checkOf(at) - checksBefore },
    wildest,
    woke: { at: at - wokeBefore, fired },
    habit: { day, slots },
  };
}

function lifespanFields({ ended, cut, pauses, agedAt, series, open, openSince, hours }: RuleLifespan): LifespanFields {
  return [packed(ended), packed(cut), packed(pauses), agedAt, series, open, openSince, hours];
}

function lifespanOf([ended, cut, pauses, agedAt, series, open, openSince, hours]: LifespanFields): RuleLifespan {
  return { ended: unpacked(ended), cut: unpacked(cut), pauses: unpacked(pauses), agedAt, series, open, openSince, hours };
}

function packed(histogram: readonly number[]): HistogramFields {
  const fields: number[] = [];
  for (const count of histogram) {
    const last = fields.at(-1);
    if (count !== 0) fields.push(count);
    else if (last !== undefined && last < 0) fields[fields.length - 1] = last - 1;
    else fields.push(-1);
  }
  return fields;
}

function unpacked(fields: HistogramFields): readonly number[] {
  return fields.flatMap((field) => (field < 0 ? new Array<number>(-field).fill(0) : [field]));
}

function checkOf(at: Instant): number {
  return Math.floor(at / CHECK);
}
