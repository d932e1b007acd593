// Decides which silences keep the alerts of an incident quiet and as little else as possible.
//
// Each alert gets one of its own, which asks for all of its labels. Where that would be too many, alerts of one name share
// one that asks for what they have in common; what has nothing in common that narrows it down is left out.

import { compareText, type Labels } from '../model/labels.ts';
import { compileMatcher, formatMatchers, matchesAll } from '../model/matcher.ts';
import type { WrittenMatcher } from '../model/matcher-syntax.ts';

/** A silence to be made; all of its matchers ask for a value. */
export interface WantedSilence {
  readonly matchers: readonly WrittenMatcher[];
  /** How many alerts of the incident it is for. */
  readonly alerts: number;
  /** Whether it is for several, so that it may match others that are like them. */
  readonly shared: boolean;
}

/** What is to be silenced. */
export interface SilencePlan {
  /** At most ten. */
  readonly silences: readonly WantedSilence[];
  /** How many alerts of the incident none of them is for. */
  readonly leftOut: number;
}

const MOST_SILENCES = 10;
/** The longest matchers that are made, as text, so that whoever asked can be shown all of them; and the most, as over REST. */
const MOST_TEXT = 900;
const MOST_MATCHERS = 100;
/** Labels that say what an alert is, and nothing of where. */
const WIDE: ReadonlySet<string> = new Set(['alertname', 'severity', 'priority', 'level']);

/** The silences for alerts with these labels, those for most alerts first. */
export function incidentSilences(alerts: readonly Labels[]): SilencePlan {
  const groups = [...byName(alerts).values()].sort((a, b) => b.length - a.length || compareText(textOf(a[0]), textOf(b[0]))).slice(0, MOST_SILENCES);
  let room = MOST_SILENCES - groups.length;
  const silences: WantedSilence[] = [];
  // The smallest first: there it takes the least to tell every alert apart.
  for (const group of groups.toReversed()) {
    const apart = group.length - 1 <= room;
    if (apart) room -= group.length - 1;
    const wanted = apart ? group.map((labels) => silenceFor([labels])) : [silenceFor(group)];
    silences.unshift(...wanted.filter((silence) => silence !== null));
  }
  return { silences, leftOut: leftOut(alerts, silences) };
}

/** The plan without what would silence alerts that fire elsewhere as well, whose labels these are. */
export function sparing({ silences, leftOut: before }: SilencePlan, elsewhere: readonly Labels[]): SilencePlan {
  const kept = silences.filter(({ matchers }) => {
    const compiled = matchers.map(compileMatcher);
    return !elsewhere.some((labels) => matchesAll(compiled, labels));
  });
  return { silences: kept, leftOut: before + countOf(silences) - countOf(kept) };
}

function byName(alerts: readonly Labels[]): ReadonlyMap<string, readonly [Labels, ...Labels[]]> {
  const groups = new Map<string, [Labels, ...Labels[]]>();
  for (const labels of [...alerts].sort((a, b) => compareText(textOf(a), textOf(b)))) {
    const name = labels.get('alertname') ?? '';
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [labels]);
    else group.push(labels);
  }
  return groups;
}

function silenceFor([first, ...others]: readonly [Labels, ...Labels[]]): WantedSilence | null {
  const common = [...first].filter(([name, value]) => value !== '' && others.every((labels) => labels.get(name) === value));
  const matchers = common.sort(([a], [b]) => compareText(a, b)).map(([name, value]) => ({ name, operator: '=' as const, value }));
  const narrow = others.length === 0 ? matchers.length > 0 : common.some(([name]) => !WIDE.has(name));
  if (!narrow || matchers.length > MOST_MATCHERS || formatMatchers(matchers).length > MOST_TEXT) return null;
  return { matchers, alerts: 1 + others.length, shared: others.length > 0 };
}

function textOf(labels: Labels): string {
  return JSON.stringify([...labels].sort(([a], [b]) => compareText(a, b)));
}

function leftOut(alerts: readonly Labels[], silences: readonly WantedSilence[]): number {
  return alerts.length - countOf(silences);
}

function countOf(silences: readonly WantedSilence[]): number {
  return silences.reduce((sum, { alerts }) => sum + alerts, 0);
}
