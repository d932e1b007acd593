// Decides how a digest or a storm looks in a terminal.

import { formatInstant } from '../../model/time.ts';
import type { BulletinLine, BulletinMessage } from '../bulletin-message.ts';
import { painter } from './render.ts';

const MAX_LINES = 20;

/** The bulletin as lines of text, each ended by a line feed. */
export function renderBulletin(message: BulletinMessage, { color }: { readonly color: boolean }): string {
  const paint = painter(color);
  const word = message.kind === 'digest' ? '● DIGEST' : message.over ? '○ STORM' : '● STORM';
  const shown = message.lines.slice(0, MAX_LINES);
  const more = message.lines.slice(MAX_LINES).reduce((sum, { alerts }) => sum + alerts, message.more);
  const lines = [
    `${paint(message.over ? 'good' : message.severity, word)}  ${paint('bold', message.title)}`,
    `  ${formatInstant(message.firstAt)} to ${formatInstant(message.lastAt)} · ${message.standing}`,
    '',
    ...shown.flatMap((line) => [
      `    ${paint(line.severity, line.severity)}  ${line.rule}${whereOf(line)}: ${line.count}`,
      paint('quiet', `      ${line.reason}${line.outcome === '' ? '' : ` (${line.outcome})`}${line.because === '' ? '' : `: ${line.because}`}`),
    ]),
  ];
  if (more > 0) lines.push(`    and ${more} more`);
  if (message.url !== null) lines.push('', paint('quiet', `  ${message.url}`));
  return lines.map((line) => `${line}\n`).join('');
}

function whereOf({ entities, moreEntities }: BulletinLine): string {
  if (entities.length === 0) return '';
  return ` on ${entities.join(', ')}${moreEntities > 0 ? ` and ${moreEntities} more` : ''}`;
}
