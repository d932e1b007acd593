// How what is learned stands in Redis: records that there are many of, or that are written often, as the values of their fields.

import type { Baseline, LabelValue, LearnedRecord, Pair, RecentOnsets, Total } from '../model/learned.ts';
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

const HOURS = 24;

/** Writes a record of what is learned; its key tells of which kind it is. */
export function encodeLearned(record: LearnedRecord, key: string): string {
  if (key === learnedKey.recent)
    return encodeFields(
      (record as RecentOnsets).recent.map(({ rule, entity, at, ruleBegan, entityBegan }): OnsetFields => [rule, entity, at, at - ruleBegan, at - entityBegan]),
    );
  switch (key.slice(0, 2)) {
    case 's ':
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
