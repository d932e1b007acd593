// Which alerts a bulletin names, which it only counts by their rule, and which it counts alone.

import type { AlertState, Hold } from '../../model/alert.ts';
import type { Bulletin, BulletinEntry } from '../../model/bulletin.ts';
import { worst } from '../../model/severity.ts';
import type { Instant } from '../../model/time.ts';

/** How many alerts a bulletin names, and of how many rules it counts the others. */
export const MOST_NAMED = 50;
export const MOST_COUNTED = 20;
/** How many incidents each of them refers to. */
const MOST_INCIDENTS = 20;

/** What is said in a bulletin. */
export type Said = Pick<Bulletin, 'entries' | 'more'>;

/** What a bulletin says of an alert that is held back, or was until now. */
export function entryOf({ fingerprint, rule, entity, severity, membership }: AlertState, hold: Hold, now: Instant): BulletinEntry {
  const incidentIds = membership === null ? [] : [membership.incidentId];
  const because = hold.evidence[0]?.summary ?? '';
  return { fingerprint, rule, entity, severity, reason: hold.reason, incidentIds, count: 1, firstAt: hold.since, lastAt: now, because };
}

/** What is said with one entry more: it is added to what is said of the same alert, else named, else counted by its rule, else counted alone. */
export function withEntry({ entries, more }: Said, entry: BulletinEntry): Said {
  const known = indexOf(entries, entry);
  if (known >= 0) return { entries: entries.with(known, joined(entries[known] ?? entry, entry)), more };
  if (entry.fingerprint !== '' && entries.length < MOST_NAMED) return { entries: [...entries, entry], more };
  const unnamed: BulletinEntry = { ...entry, fingerprint: '', entity: null };
  const counted = indexOf(entries, unnamed);
  if (counted >= 0) return { entries: entries.with(counted, joined(entries[counted] ?? unnamed, unnamed)), more };
  return entries.length < MOST_NAMED + MOST_COUNTED ? { entries: [...entries, unnamed], more } : { entries, more: more + entry.count };
}

/** What both say, the first before the second. */
export function withAll(first: Said, second: Said): Said {
  let said: Said = { entries: first.entries, more: first.more + second.more };
  for (const entry of second.entries) said = withEntry(said, entry);
  return said;
}

function indexOf(entries: readonly BulletinEntry[], { fingerprint, reason, rule }: BulletinEntry): number {
  return entries.findIndex((entry) => entry.fingerprint === fingerprint && entry.reason === reason && entry.rule === rule);
}

function joined(before: BulletinEntry, entry: BulletinEntry): BulletinEntry {
  const severity = worst(before.severity, entry.severity);
  const incidentIds = [...new Set([...before.incidentIds, ...entry.incidentIds])].slice(-MOST_INCIDENTS);
  return { ...entry, severity, incidentIds, count: before.count + entry.count, firstAt: Math.min(before.firstAt, entry.firstAt) };
}
