// Which values of labels two alerts can share, and how rare a shared one is.

import { compareText, Fnv64, type Labels } from '../model/labels.ts';
import { type LabelName, type LabelValue, learnedKey } from '../model/learned.ts';
import { DAY, type Instant, type Milliseconds } from '../model/time.ts';
import type { Constants } from './constants.ts';
import type { Draft } from './draft.ts';
import { cutWords } from './text-words.ts';
import { isVeiled } from './veil.ts';

/** A label's value that an alert carries, and the share of all alerts seen that carry it. */
export interface CarriedLabel {
  readonly id: number;
  /** `name=value`, `~word` for a word of its entity's name, or `@hash` for the group that its sender had it in. */
  readonly pair: string;
  readonly share: number;
}

/** Labels that say which rule it is, who scraped and who is responsible, not what the alert is about. */
const PASSED_OVER: ReadonlySet<string> = new Set([
  ...['alertname', 'alertgroup', 'severity', 'priority', 'level', 'rulename', 'ref_id', 'grafana_folder', 'folder', 'runbook_url'],
  ...['job', 'instance', 'endpoint', 'prometheus', 'prometheus_replica', 'replica', 'receive', 'monitor'],
  ...['team', 'owner', 'env', 'environment', 'stage', 'tenant'],
  ...['container', 'reason', 'code', 'status', 'quantile', 'le'],
]);

const MOST_PAIRS = 12;
const MOST_WORDS = 6;
const LONGEST = 100;
/** How many of the rarest are kept of an alert. */
const MOST_CARRIED = 8;
/** How many values of one label are kept, and how many words. */
const MOST_VALUES = 1000;
const MOST_WORDS_KNOWN = 5000;

/** What an alert carries that others may share: at most 12 labels as `name=value`, 6 words of its entity's name as `~word`, and its sender's group key as `@hash`. */
export function comparedLabels(labels: Labels, entity: string | null, groupKey: string): readonly string[] {
  const pairs: string[] = [];
  for (const [name, value] of labels) {
    if (value !== '' && value.length <= LONGEST && !PASSED_OVER.has(name) && !name.startsWith('__')) pairs.push(`${name}=${value}`);
  }
  const cut = pairs.length > MOST_PAIRS ? pairs.sort(compareText).slice(0, MOST_PAIRS) : pairs;
  if (entity !== null && !isVeiled(entity)) for (const word of tellingWords(entity.slice(entity.indexOf('/') + 1))) cut.push(`~${word}`);
  if (groupKey !== '') cut.push(`@${new Fnv64().text(groupKey).hex()}`);
  return cut;
}

/** The words of a name that may tell what it is about: of three characters at least, and no numbers. */
function tellingWords(name: string): readonly string[] {
  const words = new Set(cutWords(name, LONGEST).filter((word) => word.length >= 3 && /[a-z]{2}|[a-z][0-9]/.test(word)));
  return [...words].slice(0, MOST_WORDS);
}

/** Counts what a new alert carries, and answers the eight rarest of what it carries, the rarest first. */
export function carriedLabels(draft: Draft, compared: readonly string[], isNew: boolean, now: Instant): readonly CarriedLabel[] {
  const carried: CarriedLabel[] = [];
  const { series } = draft.learned.counts;
  for (const pair of compared) {
    const key = learnedKey.label(pair);
    let value = draft.learned.get<LabelValue>(key);
    if (value === undefined && !hasRoom(draft, pair)) continue;
    if (isNew || value === undefined) {
      value = { id: value?.id ?? numberOf(pair, draft.learned.nextLabelId()), series: (value?.series ?? 0) + 1, at: now };
      draft.learned.set(key, value);
    } else if (now - value.at > DAY) draft.learned.set(key, { ...value, at: now });
    carried.push({ id: value.id, pair, share: value.series / Math.max(1, series) });
  }
  return carried.sort((a, b) => a.share - b.share || a.id - b.id).slice(0, MOST_CARRIED);
}

/**
 * Counts one more value of a label. A label with thousands of values names single things, which
 * entities tell better: no more of its values are kept.
 */
function hasRoom(draft: Draft, pair: string): boolean {
  const name = nameOf(pair);
  const key = learnedKey.labelName(name);
  const values = draft.learned.get<LabelName>(key)?.values ?? 0;
  if (values >= (name === '~' ? MOST_WORDS_KNOWN : MOST_VALUES)) return false;
  draft.learned.set(key, { values: values + 1 });
  return true;
}

/** The label's name, `~` for a word, `@` for a group key. */
export function nameOf(pair: string): string {
  return isLabel(pair) ? pair.slice(0, pair.indexOf('=')) : pair.charAt(0);
}

/** How many label names are told apart in the number of a value; two that fall together only make one contradiction too many. */
const NAMES = 1024;

/** The number of a value: what is new in it, and a trace of its label's name. */
function numberOf(pair: string, next: number): number {
  const name = nameOf(pair);
  let trace = 0;
  for (let i = 0; i < name.length; i++) trace = (trace * 31 + name.charCodeAt(i)) % NAMES;
  return next * NAMES + trace;
}

/**
 * What an alert shares with a part of an incident that says most; null when it is nothing rare enough. A word of
 * a name says nothing of two that carry different values of one label, and being in one group upstream nothing of
 * two that did not begin together: groups hold whatever comes, for as long as they are there.
 */
export function strongestShared(carried: readonly CarriedLabel[], part: readonly number[], lag: Milliseconds, c: Constants): CarriedLabel | null {
  let strongest: CarriedLabel | null = null;
  let most = 1;
  for (const label of carried) {
    if (!part.includes(label.id)) continue;
    const odds = sharedOdds(label, c);
    if (odds <= most || label.share >= givenCause(label, c)) continue;
    if (label.pair.startsWith('~') && contradict(carried, part)) continue;
    if (label.pair.startsWith('@') && lag > c.groupWithin) continue;
    strongest = label;
    most = odds;
  }
  return strongest;
}

/** How many times as often two alerts share it with a common cause as they do by chance. */
export function sharedOdds(label: CarriedLabel, c: Constants): number {
  return givenCause(label, c) / Math.max(label.share, c.leastShare);
}

function givenCause({ pair }: CarriedLabel, c: Constants): number {
  return pair.startsWith('~') ? c.wordGivenCause : pair.startsWith('@') ? c.groupGivenCause : c.labelGivenCause;
}

function isLabel(pair: string): boolean {
  return !pair.startsWith('~') && !pair.startsWith('@');
}

function contradict(carried: readonly CarriedLabel[], part: readonly number[]): boolean {
  return carried.some(({ id, pair }) => isLabel(pair) && !part.includes(id) && part.some((other) => other % NAMES === id % NAMES));
}
