// Decides what people are told of several alerts at once: a digest or a storm, its lines by rule and reason.
//
// Pure, and every text has been made plain. What fits is up to each integration.

import type { BulletinEntry, BulletinKind } from '../model/bulletin.ts';
import type { SuppressionReason } from '../model/evidence.ts';
import { compareText } from '../model/labels.ts';
import { SEVERITIES, type Severity, worst } from '../model/severity.ts';
import type { Instant } from '../model/time.ts';
import type { BulletinView } from './integration.ts';
import { safeUrl } from './message-link.ts';
import { counted, cutText, plainText } from './plain-text.ts';

/** What is told of one rule that was held back for one reason. */
export interface BulletinLine {
  readonly severity: Severity;
  readonly rule: string;
  /** How many, and where: `8 alerts, 12 times`. */
  readonly count: string;
  /** The entities that come first, at most three, and how many more there are. */
  readonly entities: readonly string[];
  readonly moreEntities: number;
  /** Why, in words: the reason, then the latest evidence; and how many went on how, if that is known. */
  readonly reason: string;
  readonly because: string;
  readonly outcome: string;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  /** How many alerts it stands for. */
  readonly alerts: number;
}

/** What is told, the same everywhere. */
export interface BulletinMessage {
  readonly kind: BulletinKind;
  /** Whether it is a storm that is over. */
  readonly over: boolean;
  /** At most 140 code points. */
  readonly title: string;
  /** All that matters in one line, for a phone's lock screen; at most 500 code points. */
  readonly text: string;
  /** What to make of it, in one sentence without a full stop. */
  readonly standing: string;
  /** The worst of the lines. */
  readonly severity: Severity;
  /** When the first was held back, and when the last was heard of. */
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  /** The worst first, then those of most alerts. */
  readonly lines: readonly BulletinLine[];
  /** How many alerts there are that no line stands for. */
  readonly more: number;
  /** Where more about it can be read, or null. */
  readonly url: string | null;
}

const MAX_ENTITIES = 3;

const REASONS: Readonly<Record<SuppressionReason, string>> = {
  silenced: 'silenced',
  inhibited: 'inhibited by a graver alert',
  muted: 'its route was muted',
  transient: 'cleared by itself',
  flapping: 'goes on and off',
  seasonal: 'came at its usual hour',
  storm: 'began in the storm',
  rule: 'held back by a rule of the configuration',
  heartbeat: 'always fires',
  budget: 'beyond the pages of an hour',
  'no-integration': 'told nobody',
  'send-resolved-off': 'ends are not told',
};

/** Composes the message of a bulletin. */
export function composeBulletin({ kind, entries, more, over, externalUrl }: BulletinView): BulletinMessage {
  const lines = linesOf(entries);
  const total = more + lines.reduce((sum, { alerts }) => sum + alerts, 0);
  const rules = `${counted(new Set(lines.map(({ rule }) => rule)).size, 'rule')}${more > 0 ? ' and more' : ''}`;
  const many = `${counted(total, 'alert')} of ${rules}`;
  const title = kind === 'digest' ? `Held back: ${many}` : over ? `The storm is over: ${many}` : `Storm: ${many} so far`;
  const first = lines.slice(0, 3).map(({ rule, alerts }) => `${rule} ${alerts}`);
  const others = lines.length - first.length;
  return {
    kind,
    over,
    title,
    text: cutText(`${title}. ${first.join(', ')}${others > 0 ? ` and ${others} more` : ''}`, 500),
    standing:
      kind === 'digest' ? 'They ended before anybody was told' : over ? 'What lasts of it is told singly' : 'Critical alerts are told singly, the rest here',
    severity: lines.reduce<Severity>((found, { severity }) => worst(found, severity), 'info'),
    firstAt: Math.min(...lines.map(({ firstAt }) => firstAt)),
    lastAt: Math.max(...lines.map(({ lastAt }) => lastAt)),
    lines,
    more,
    url: externalUrl === null ? null : safeUrl(`${externalUrl}/#/suppressions`),
  };
}

function linesOf(entries: readonly BulletinEntry[]): readonly BulletinLine[] {
  const groups = new Map<string, [BulletinEntry, ...BulletinEntry[]]>();
  for (const entry of entries) {
    const key = `${entry.reason} ${entry.rule}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups.values()]
    .map(lineOf)
    .sort(
      (a, b) =>
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
        b.alerts - a.alerts ||
        compareText(a.rule, b.rule) ||
        compareText(a.reason, b.reason),
    );
}

function lineOf(group: readonly [BulletinEntry, ...BulletinEntry[]]): BulletinLine {
  const [first] = group;
  const latest = group.reduce((found, entry) => (entry.lastAt >= found.lastAt ? entry : found), first);
  const alerts = group.reduce((sum, { fingerprint, count }) => sum + (fingerprint === '' ? count : 1), 0);
  const times = group.reduce((sum, { count }) => sum + count, 0);
  const entities = [...new Set(group.flatMap(({ entity }) => (entity === null ? [] : [plainText(entity, 100)])))];
  return {
    severity: group.reduce((found, entry) => worst(found, entry.severity), first.severity),
    rule: plainText(first.rule, 80) || 'Unnamed alert',
    count: `${counted(alerts, 'alert')}${times > alerts ? `, ${times} times` : ''}`,
    entities: entities.slice(0, MAX_ENTITIES),
    moreEntities: Math.max(0, entities.length - MAX_ENTITIES),
    reason: REASONS[first.reason],
    because: plainText(latest.because, 200),
    outcome: outcomeOf(group),
    firstAt: Math.min(...group.map(({ firstAt }) => firstAt)),
    lastAt: latest.lastAt,
    alerts,
  };
}

function outcomeOf(group: readonly BulletinEntry[]): string {
  const ended = group.filter(({ outcome }) => outcome === 'ended').length;
  const told = group.filter(({ outcome }) => outcome === 'told').length;
  return [ended > 0 ? `${ended} ended` : '', told > 0 ? `${told} told singly since` : ''].filter((part) => part !== '').join(', ');
}
