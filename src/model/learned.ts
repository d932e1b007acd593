// What is learned from the alerts themselves: how often they come, what their labels carry, which edges they prove.

import type { AlertSource } from './alert.ts';
import type { Domain } from './severity.ts';
import type { Instant, Milliseconds } from './time.ts';
import type { Edge } from './topology.ts';

/** What has been seen of one alert, or of all alerts of one rule. */
export interface Baseline {
  /** Onsets seen, as they stood at `at`; they fade. */
  readonly onsets: number;
  readonly at: Instant;
  /** The greatest common divisor of the durations of its episodes: how finely it resolves time. Null when none ended. */
  readonly step: Milliseconds | null;
  /** How many episodes that is taken from. */
  readonly episodes: number;
}

/** How long the episodes of an alert or of a rule last, from arrival to arrival, as histograms that fade (`correlate/baseline/durations.ts`). */
export interface Lifespan {
  /** Those that ended by themselves, those of which only a part was seen, and the pauses between an end and the next start. */
  readonly ended: readonly number[];
  readonly cut: readonly number[];
  readonly pauses: readonly number[];
  /** To when they have faded. */
  readonly agedAt: Instant;
}

/** What has been seen of one alert: how often it comes, how long it lasts, when it changes. */
export interface SeriesBaseline extends Lifespan {
  readonly onsets: number;
  readonly at: Instant;
  /** Its latest changes (`correlate/baseline/change-flags.ts`), and the highest per cent that they ever made, this run not counted. */
  readonly flags: { readonly bits: number; readonly check: number };
  readonly wildest: number;
  /** When it last began after a day of silence, and how long it has fired in the hour since. */
  readonly woke: { readonly at: Instant; readonly fired: Milliseconds };
  /** When it begins (`correlate/baseline/habit.ts`). */
  readonly habit: Habit;
}

/** At which times of the day something began, and on which days. */
export interface Habit {
  /** The day, counted since 1970 in the zone of `global.timezone`, that the lowest bit of every mask stands for. */
  readonly day: number;
  /** By half hour of the day: a bit for each of the last 28 days on which it began then. */
  readonly slots: readonly (readonly [number, number])[];
}

/** At which hours of the day something began (`correlate/baseline/onset-hours.ts`). */
export interface OnsetHours {
  /** Onsets by hour of the day, 24 of working days, then 24 of weekends; they fade. Hours beyond the last that has any are left out. */
  readonly counts: readonly number[];
  /** How many working days and days of weekends were watched; they fade alike. */
  readonly days: readonly [number, number];
  /** The day up to which that holds, since 1970 in the zone of `global.timezone`, and how many onsets it has seen. */
  readonly day: number;
  readonly today: number;
  /** The squares of the counts of the days before, summed up; they fade. */
  readonly squares: number;
}

/** When alerts of a domain begin. */
export interface DomainOnsets {
  readonly hours: OnsetHours;
  /** How many rules that is taken from. */
  readonly rules: number;
}

/** What has been seen of all alerts of a rule, beside how finely it resolves time. */
export interface RuleLifespan extends Lifespan {
  /** How many alerts it is taken from. */
  readonly series: number;
  /** How many fire now, and the sum of when they began to. */
  readonly open: number;
  readonly openSince: number;
  /** When its alerts begin. */
  readonly hours: OnsetHours;
}

/** How much begins: by the minute lately, and by the hour of the week. */
export interface StormRecord {
  /** The minute since 1970 that the last of `counts` is of. */
  readonly minute: number;
  readonly counts: readonly number[];
  /** Since when it is a storm; null when it is none. */
  readonly since: Instant | null;
  /** When more than half of what makes a storm was last seen. */
  readonly lastHigh: Instant;
  /** Onsets by hour of the week, and how often each hour was seen; both fade. */
  readonly hours: readonly number[];
  readonly seen: readonly number[];
  /** The hour since 1970 up to which hours were seen. */
  readonly hour: number;
}

/** When a destination that pages people was last told of an incident, the latest last. */
export interface PageTimes {
  readonly pages: readonly Instant[];
}

/** What was done under an `Idempotency-Key`. */
export interface DoneAction {
  readonly at: Instant;
  /** A hash of what was asked. */
  readonly what: string;
  readonly incidentId: string | null;
}

/** How late the ends of alerts are delivered: what the sender's `group_interval` makes of it. */
export interface DeliveryLags {
  readonly lags: readonly number[];
  readonly agedAt: Instant;
}

/** A value of a label, such as `site=d26`, or a word of a name, such as `~billing`. */
export interface LabelValue {
  /** What stands for it in the parts of incidents. */
  readonly id: number;
  /** How many alerts have carried it. */
  readonly series: number;
  /** When an alert last came that carries it, to the day. */
  readonly at: Instant;
}

/** How many values of a label are kept. */
export interface LabelName {
  readonly values: number;
}

/** A dependency that labels prove, and when it was last seen, to the hour; `from` depends on `to`. */
export interface LabelEdge extends Edge {
  readonly origin: 'labels';
  readonly at: Instant;
}

/** The latest onset of a rule on an entity, and when the bursts of the two that it belongs to began. */
export interface RecentOnset {
  readonly rule: string;
  readonly entity: string | null;
  readonly at: Instant;
  readonly ruleBegan: Instant;
  readonly entityBegan: Instant;
}

/** The latest onsets, each rule on an entity once. */
export interface RecentOnsets {
  readonly recent: readonly RecentOnset[];
}

/** How often an entity or a rule begins to alert. Onsets within the window after the first are one burst. */
export interface Total {
  /** Bursts, as they stood at `at`; they fade. */
  readonly bursts: number;
  /** The same by the hour of the day (UTC) in which they began: 24 numbers. */
  readonly hours: readonly number[];
  /** When the latest burst began. */
  readonly at: Instant;
  /** When the first one began. */
  readonly since: Instant;
}

/** How often a burst of the second followed one of the first within the window. */
export interface Pair {
  /** Meetings, as they stood at `at`; they fade. One without an order counts half in each direction. */
  readonly support: number;
  /** The sum of the natural logarithms of the lags in milliseconds, and of their squares; they fade as `support` does. */
  readonly logLag: number;
  readonly logLagSquared: number;
  /** On how many days (UTC) they met since they were last as good as forgotten. */
  readonly days: number;
  /** When they met last. */
  readonly at: Instant;
}

/** Why an edge, or any other pair, was learned. */
export interface AssociationEvidence {
  /** How many bursts of the second followed one of the first (faded), and on how many days. */
  readonly support: number;
  readonly days: number;
  /** How many bursts came in the opposite order (faded). */
  readonly opposite: number;
  /** How many times more often than by chance. */
  readonly lift: number;
  readonly medianLag: Milliseconds;
  /** The factor by which most lags differ from the median at most: their geometric standard deviation. */
  readonly lagSpread: number;
  readonly pValue: number;
  /** Over how many tests, and at which level, false discoveries were controlled. */
  readonly tests: number;
  readonly level: number;
}

/** A dependency that was learned from what follows what, and when it was last found. */
export interface LearnedEdgeRecord extends Edge {
  readonly origin: 'learned';
  readonly at: Instant;
  readonly evidence: AssociationEvidence;
}

/** Counts of everything learned. */
export interface LearnedCounts {
  /** Event time of the first alert ever. */
  readonly since: Instant;
  /** How many different alerts have come. */
  readonly series: number;
  /** The last number that a label's value was given. */
  readonly labelIds: number;
  /** When what is no longer of use was last given up. */
  readonly tidiedAt: Instant;
}

/** A record of what is learned, kept by key. Records hold plain JSON values. */
export type LearnedRecord =
  | Baseline
  | LabelValue
  | LabelName
  | LabelEdge
  | LearnedEdgeRecord
  | RecentOnsets
  | Total
  | Pair
  | LearnedCounts
  | SeriesBaseline
  | RuleLifespan
  | DomainOnsets
  | DeliveryLags
  | StormRecord
  | PageTimes
  | DoneAction;

/** The keys of what is learned. The first two characters tell the kind. */
export const learnedKey = {
  counts: 'counts',
  series: (fingerprint: string): string => `s ${fingerprint}`,
  rule: (rule: string): string => `r ${rule}`,
  ruleLifespan: (rule: string): string => `d ${rule}`,
  domain: (domain: Domain): string => `o ${domain}`,
  lags: (source: AlertSource): string => `lags ${source}`,
  label: (pair: string): string => `l ${pair}`,
  labelName: (name: string): string => `n ${name}`,
  edge: (from: string, to: string): string => `e ${from}\n${to}`,
  learnedEdge: (from: string, to: string): string => `g ${from}\n${to}`,
  storm: 'storm',
  pages: (destination: string): string => `pages ${destination}`,
  done: (key: string): string => `k ${key}`,
  recent: 'recent',
  total: (key: string): string => `t ${key}`,
  pair: (key: string): string => `p ${key}`,
} as const;
