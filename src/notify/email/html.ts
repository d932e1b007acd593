// Decides how a message looks in a mail reader: one narrow column, styles in the elements, no pictures to load.

import type { Severity } from '../../model/severity.ts';
import { formatInstant } from '../../model/time.ts';
import type { BulletinMessage } from '../bulletin-message.ts';
import { type Message, snoozedInWords } from '../message.ts';
import { type MessageAlert, standingOf } from '../message-alert.ts';

const COLORS: Readonly<Record<Severity | 'resolved', string>> = { critical: '#b3261e', warning: '#9a6700', info: '#1f6feb', resolved: '#4d7c4d' };
const QUIET = 'color:#57606a';
const CELL = 'padding:2px 12px 2px 0;vertical-align:top';

/** The HTML of a message about an incident. Texts from alerts are escaped; links are http(s). */
export function messageHtml(message: Message, subject: string): string {
  const { status, severity, title, standing, says, startsAt, causes, affected, alerts, alertCount, links } = message;
  const resolved = status === 'resolved';
  const shown = resolved ? [] : alerts;
  const more = resolved ? 0 : alertCount - shown.length;
  return page(subject, resolved ? 'resolved' : severity, [
    `<h1 style="font-size:18px;margin:0 0 4px">${escaped(title)}</h1>`,
    `<p style="margin:0 0 12px;${QUIET}">${escaped(standing)} · since ${formatInstant(startsAt)}</p>`,
    resolved || says === '' ? '' : `<p style="margin:0 0 12px">${escaped(says)}</p>`,
    message.acknowledgedBy === null ? '' : `<p style="margin:0 0 12px">Acknowledged by ${escaped(message.acknowledgedBy)}</p>`,
    message.snoozed === null ? '' : `<p style="margin:0 0 12px">${escaped(snoozedInWords(message.snoozed, formatInstant))}</p>`,
    table('', resolved ? [] : message.fields.map(({ title: name, value }) => [name, value])),
    section(
      causes.length === 1 ? 'Likely cause' : 'Likely causes',
      causes.map(
        ({ entity, score, evidence }) =>
          `<p style="margin:0 0 6px"><b>${escaped(entity)}</b> <span style="${QUIET}">score ${score.toFixed(2)}</span><br>${evidence.map(escaped).join('<br>')}</p>`,
      ),
    ),
    table(
      'Affected',
      affected.map(({ domain, alerts: count, firing, entities, moreEntities }) => [
        domain,
        firing === 0 ? `${count} cleared` : `${firing} of ${count} firing`,
        `${entities.join(', ')}${moreEntities === 0 ? '' : ` and ${moreEntities} more`}`,
      ]),
    ),
    table('Alerts', [...shown.map(alertRow), ...(more > 0 ? [['', `and ${more} more`]] : [])]),
    section(
      'Where to look',
      links.map(({ label, url }) => `<a href="${escaped(url)}">${escaped(label)}</a><br>`),
    ),
    `<p style="margin:16px 0 0;${QUIET};font-size:12px">incident ${escaped(message.incidentId)}</p>`,
  ]);
}

/** The HTML of a message about several alerts at once. */
export function bulletinHtml({ title, standing, severity, lines, more, url }: BulletinMessage, subject: string): string {
  return page(subject, severity, [
    `<h1 style="font-size:18px;margin:0 0 4px">${escaped(title)}</h1>`,
    `<p style="margin:0 0 12px;${QUIET}">${escaped(standing)}</p>`,
    table('', [
      ...lines.map(({ rule, count, reason, because, entities, moreEntities }) => [
        rule,
        count,
        [`${reason}${because === '' ? '' : `: ${because}`}`, `${entities.join(', ')}${moreEntities === 0 ? '' : ` and ${moreEntities} more`}`]
          .filter((text) => text !== '')
          .join(' · '),
      ]),
      ...(more > 0 ? [['', `and ${more} more`]] : []),
    ]),
    url === null ? '' : `<p><a href="${escaped(url)}">All that is held back</a></p>`,
  ]);
}

/** A text where HTML is expected, in an element or in an attribute within double quotes. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

function alertRow(alert: MessageAlert): readonly string[] {
  return [standingOf(alert), alert.rule, alert.entity ?? '', alert.summary];
}

function section(name: string, parts: readonly string[]): string {
  if (parts.length === 0) return '';
  const heading = name === '' ? '' : `<h2 style="font-size:14px;margin:12px 0 4px">${name}</h2>`;
  return heading + parts.join('');
}

function table(name: string, rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[]) => row.map((cell) => `<td style="${CELL}">${escaped(cell)}</td>`).join('');
  const body = rows.map((row) => `<tr>${cells(row)}</tr>`);
  return rows.length === 0 ? '' : section(name, ['<table style="border-collapse:collapse;font-size:13px">', ...body, '</table>']);
}

function page(subject: string, tone: Severity | 'resolved', parts: readonly string[]): string {
  const body = parts.filter((part) => part !== '').join('\n');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:16px;font:14px/1.45 sans-serif;color:#1f2328">
<div style="max-width:680px;border-left:4px solid ${COLORS[tone]};padding-left:16px">
${body}
</div></body></html>
`;
}
