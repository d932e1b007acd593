// What a comparison of two runs prints: one JSON document, or a table of at most 80 columns.

import { formatDuration, formatInstant, SECOND } from '../../model/time.ts';
import { printable } from '../printable.ts';
import type { ChangedIncident, ChangedPage, Comparison, Regrouped } from './compare.ts';
import type { IncidentOutcome, Outcome } from './outcome.ts';

/** The JSON document: times in RFC 3339, delays in seconds. */
export function jsonComparison(c: Comparison): string {
  const document = {
    before: countsOf(c.before),
    after: countsOf(c.after),
    pages: { removed: c.removedPages.map(pageDocument), added: c.addedPages.map(pageDocument) },
    delays: c.delays.map(({ incident, before, after }) => ({ ...named(incident), before: before / SECOND, after: after / SECOND })),
    split: c.split.map(({ incident, others }) => ({ ...named(incident), into: others.map(({ id }) => id) })),
    merged: c.merged.map(({ incident, others }) => ({ ...named(incident), from: others.map(({ id }) => id) })),
    noLongerNotified: c.noLongerTold.map(incidentDocument),
    newlyNotified: c.newlyTold.map(incidentDocument),
    lost: c.lost.map(({ incident }) => incident.id),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function countsOf({ incidents, messages, pages }: Outcome) {
  return { incidents: incidents.size, messages, pages };
}

function named({ id, title, severity, openedAt }: IncidentOutcome) {
  return { incidentId: id, title, severity, openedAt: formatInstant(openedAt) };
}

function pageDocument({ at, incident, receiver, severity, reason }: ChangedPage) {
  return { at: formatInstant(at), incidentId: incident.id, title: incident.title, receiver, severity, reason };
}

function incidentDocument({ incident, reason, digested }: ChangedIncident) {
  return { ...named(incident), reason, digested, acted: incident.acted };
}

const WIDTH = 80;
/** How many of a kind are shown one by one. */
const MOST_SHOWN = 40;

/** The table: counts of both runs, then every kind of change, what was lost first. */
export function* tableComparison(c: Comparison): Generator<string> {
  yield `${''.padEnd(20)} ${'before'.padStart(9)} ${'after'.padStart(9)}\n`;
  const [before, after] = [countsOf(c.before), countsOf(c.after)];
  for (const name of ['incidents', 'messages', 'pages'] as const)
    yield `${name.padEnd(20)} ${String(before[name]).padStart(9)} ${String(after[name]).padStart(9)}\n`;
  yield* section('LOST: no longer notified, though a person acknowledged or resolved them', c.lost.map(incidentRow));
  yield* section('pages removed', c.removedPages.map(pageRow));
  yield* section('pages added', c.addedPages.map(pageRow));
  yield* section('incidents no longer notified', c.noLongerTold.map(incidentRow));
  yield* section('incidents newly notified', c.newlyTold.map(incidentRow));
  yield* section(
    'first notification, after the opening',
    c.delays.map(({ incident, before: was, after: is }) => row(incident, `${shortly(was)} → ${shortly(is)}`)),
  );
  yield* section('incidents split', c.split.map(regroupedRow));
  yield* section('incidents merged', c.merged.map(regroupedRow));
}

function* section(title: string, rows: readonly string[]): Generator<string> {
  if (rows.length === 0) return;
  yield `\n${title}: ${rows.length}\n`;
  yield* rows.slice(0, MOST_SHOWN);
  if (rows.length > MOST_SHOWN) yield `  and ${rows.length - MOST_SHOWN} more; --format json has all\n`;
}

function pageRow({ at, incident, receiver, reason }: ChangedPage): string {
  return row({ ...incident, openedAt: at }, receiver) + because(reason);
}

function incidentRow({ incident, reason, digested }: ChangedIncident): string {
  return row(incident, digested ? 'digest' : '') + because(reason);
}

function regroupedRow({ incident, others }: Regrouped): string {
  return row(incident, `${others.length} incidents`) + others.map(({ title }) => `    ${printable(title, WIDTH - 4)}\n`).join('');
}

/** Time, severity and title on the left, what is said of it on the right. */
function row({ openedAt, severity, title }: Pick<IncidentOutcome, 'openedAt' | 'severity' | 'title'>, right: string): string {
  const time = formatInstant(Math.floor(openedAt / SECOND) * SECOND);
  const end = printable(right, 20);
  const room = WIDTH - 2 - time.length - 1 - 8 - 1 - 1 - [...end].length;
  return `  ${time} ${severity.padEnd(8)} ${printable(title, room).padEnd(room)} ${end}`.trimEnd().concat('\n');
}

function because(reason: string): string {
  return `    ${printable(reason, WIDTH - 4)}\n`;
}

function shortly(length: number): string {
  return formatDuration(length).replaceAll(' ', '');
}
