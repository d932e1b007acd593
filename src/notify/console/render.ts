// Decides how a message looks in a terminal.

import type { NotificationKind } from '../../model/delivery.ts';
import type { Severity } from '../../model/severity.ts';
import { formatInstant } from '../../model/time.ts';
import { type Message, snoozedInWords } from '../message.ts';
import { type MessageAlert, standingOf } from '../message-alert.ts';
import type { AffectedDomain } from '../message-scope.ts';

/** How to show it. */
export interface RenderOptions {
  readonly kind: NotificationKind;
  /** Whether to use colours (ANSI escape sequences, SGR). */
  readonly color: boolean;
}

type Style = Severity | 'quiet' | 'bold' | 'good';
type Paint = (style: Style, text: string) => string;

const CODES: Readonly<Record<Style, string>> = { critical: '1;31', warning: '1;33', info: '1;36', quiet: '2', bold: '1', good: '32' };
const MAX_ALERTS = 8;

/** The message as lines of text, each ended by a line feed. */
export function renderMessage(message: Message, { kind, color }: RenderOptions): string {
  const paint = painter(color);
  const lines = message.status === 'resolved' ? quietLines(message, paint) : loudLines(message, kind, paint);
  return lines.map((line) => `${line}\n`).join('');
}

/** What paints a text in a style, or leaves it as it is. */
export function painter(color: boolean): Paint {
  return (style, text) => (color ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text);
}

function loudLines(message: Message, kind: NotificationKind, paint: Paint): readonly string[] {
  const again = kind === 'trigger' ? '' : ` ${kind}`;
  const lines = [
    `${paint(message.severity, `● ${message.severity.toUpperCase()}${again}`)}  ${paint('bold', message.title)}`,
    `  since ${formatInstant(message.startsAt)} · ${message.standing}`,
  ];
  if (message.says !== '') lines.push(`  ${message.says}`);
  if (message.acknowledgedBy !== null) lines.push(`  acknowledged by ${message.acknowledgedBy}`);
  if (message.snoozed !== null) lines.push(`  ${snoozedInWords(message.snoozed, formatInstant).replace(/^S/, 's')}`);
  if (message.fields.length > 0) lines.push('', ...columns(message.fields.map(({ title, value }) => [title, value])));
  if (message.causes.length > 0) lines.push('', paint('bold', message.causes.length === 1 ? '  Likely cause' : '  Likely causes'));
  message.causes.forEach((cause, index) => {
    lines.push(`    ${index + 1}. ${cause.entity}  ${paint('quiet', `score ${cause.score.toFixed(2)}`)}`);
    if (index === 0 && cause.alert !== null) lines.push(`       ${cause.alert}`);
    for (const reason of cause.evidence.slice(0, index === 0 ? undefined : 1)) lines.push(`       - ${reason}`);
  });
  if (message.affected.length > 0) lines.push('', paint('bold', '  Affected'), ...affectedLines(message.affected));
  if (message.alerts.length > 0) lines.push('', paint('bold', '  Alerts'), ...alertLines(message, paint));
  if (message.links.length > 0) lines.push('', paint('bold', '  Where to look'), ...columns(message.links.map(({ label, url }) => [label, url])));
  return [...lines, '', paint('quiet', `  incident ${message.incidentId}`)];
}

function quietLines(message: Message, paint: Paint): readonly string[] {
  const cause = message.causes[0];
  const until = message.resolvedAt === null ? '' : ` to ${formatInstant(message.resolvedAt)}`;
  return [
    `${message.recovered ? paint('good', '○ RESOLVED') : paint('quiet', '○ CLOSED')}  ${message.title}`,
    `  ${message.standing}`,
    ...(cause === undefined ? [] : [`  likely cause ${cause.entity}${cause.evidence[0] === undefined ? '' : `: ${cause.evidence[0]}`}`]),
    paint('quiet', `  ${formatInstant(message.startsAt)}${until} · incident ${message.incidentId}`),
  ];
}

function affectedLines(affected: readonly AffectedDomain[]): readonly string[] {
  return columns(
    affected.map(({ domain, alerts, firing, entities, moreEntities }) => [
      domain,
      firing === 0 ? `${alerts} ended` : firing === alerts ? `${firing} firing` : `${firing} of ${alerts} firing`,
      `${entities.join(', ')}${moreEntities === 0 ? '' : ` and ${moreEntities} more`}`,
    ]),
  );
}

function alertLines(message: Message, paint: Paint): readonly string[] {
  const shown = message.alerts.slice(0, MAX_ALERTS);
  const lines = columns(shown.map((alert) => [standingOf(alert), alert.rule, alert.entity ?? '', said(alert)]));
  const coloured = lines.map((line, index) => {
    const alert = shown[index];
    if (alert === undefined) return line;
    const word = standingOf(alert);
    return line.replace(word, () => paint(alert.status === 'firing' ? alert.severity : alert.recovered ? 'good' : 'quiet', word));
  });
  const more = message.alertCount - shown.length;
  return more > 0 ? [...coloured, `    and ${more} more`] : coloured;
}

function said({ summary, occurrences }: MessageAlert): string {
  return occurrences > 1 ? `${summary} (fired ${occurrences} times)`.trim() : summary;
}

/** Rows with all columns but the last as wide as their widest cell. */
function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const width = (column: number): number => Math.min(48, Math.max(...rows.map((row) => Array.from(row[column] ?? '').length)));
  return rows.map((row) => `    ${row.map((cell, column) => (column === row.length - 1 ? cell : pad(cell, width(column)))).join('  ')}`.trimEnd());
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - Array.from(text).length));
}
