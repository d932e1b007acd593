// Which records of what was learned elsewhere can be taken over, and whether one is whole.

import type { Baseline, DeliveryLags, LearnedRecord, Pair, RuleLifespan, SeriesBaseline, Total } from '../model/learned.ts';
import { HOURS } from './association.ts';
import { BINS } from './baseline/durations.ts';

/** A record and its key. */
export type LearnedEntry = readonly [key: string, record: LearnedRecord];

/** In which order kinds are taken over: a pair rests on its totals. Labels and edges are numbered or dated by the instance that saw them. */
const ORDER = ['s', 'r', 'd', 'lags', 't', 'p'];
/** As long as an alert rule's or a pair's name may reasonably be. */
const LONGEST_KEY = 4096;

/** What can be taken over of all that was learned, in the order in which that is done. */
export function transferable(learned: Iterable<LearnedEntry>): readonly LearnedEntry[] {
  return [...learned]
    .filter(([key]) => ORDER.includes(kindOf(key)))
    .map(([key, record]): LearnedEntry => [key, kindOf(key) === 'd' ? { ...(record as RuleLifespan), open: 0, openSince: 0 } : record])
    .sort(([a], [b]) => ORDER.indexOf(kindOf(a)) - ORDER.indexOf(kindOf(b)) || (a < b ? -1 : 1));
}

/** The kind of a record, by its key. */
export function kindOf(key: string): string {
  return key.slice(0, Math.max(0, key.indexOf(' ')));
}

/** The record that a value is, with nothing beside it; null when it is none, or not one that can be taken over. */
export function readLearned(key: string, value: unknown): LearnedRecord | null {
  const shape = key.length > LONGEST_KEY ? undefined : SHAPES.get(kindOf(key));
  return shape?.(value) === true ? (value as LearnedRecord) : null;
}

type Shape = (value: unknown) => boolean;

const count: Shape = (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const time: Shape = (value) => count(value) && (value as number) < 8.64e15;
const number: Shape = (value) => typeof value === 'number' && Number.isFinite(value);

function list(item: Shape, most: number, least = 0): Shape {
  return (value) => Array.isArray(value) && value.length >= least && value.length <= most && value.every(item);
}

/** An object with these members and no other. */
function members<T>(shapes: Readonly<Record<keyof T & string, Shape>>): Shape {
  const entries = Object.entries<Shape>(shapes);
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const given = value as Readonly<Record<string, unknown>>;
    return Object.keys(given).length === entries.length && entries.every(([name, shape]) => Object.hasOwn(given, name) && shape(given[name]));
  };
}

const histogram = list(count, BINS);
const lifespan = { ended: histogram, cut: histogram, pauses: histogram, agedAt: time };
const onsetHours = members<RuleLifespan['hours']>({ counts: list(count, 48), days: list(count, 2, 2), day: count, today: count, squares: count });
const SHAPES: ReadonlyMap<string, Shape> = new Map([
  [
    's',
    members<SeriesBaseline>({
      ...lifespan,
      onsets: count,
      at: time,
      flags: members<SeriesBaseline['flags']>({ bits: count, check: count }),
      wildest: count,
      woke: members<SeriesBaseline['woke']>({ at: time, fired: count }),
      habit: members<SeriesBaseline['habit']>({ day: count, slots: list(list(count, 2, 2), 48) }),
    }),
  ],
  ['r', members<Baseline>({ onsets: count, at: time, step: (value) => value === null || count(value), episodes: count })],
  ['d', members<RuleLifespan>({ ...lifespan, series: count, open: count, openSince: count, hours: onsetHours })],
  ['lags', members<DeliveryLags>({ lags: histogram, agedAt: time })],
  ['t', members<Total>({ bursts: count, hours: list(count, HOURS, HOURS), at: time, since: time })],
  ['p', members<Pair>({ support: count, logLag: number, logLagSquared: count, days: count, at: time })],
]);
