// Decides how a message looks in Slack: a loud one while the incident lasts, a quiet one when it is over.
//
// Slack's limits: 50 blocks, 150 characters in a header, 3,000 in a section; blocks that add up to
// some 13,200 are refused, so that all caps here add up to less than 10,000.

import type { Severity } from '../../model/severity.ts';
import { type Message, severityName, snoozedInWords } from '../message.ts';
import type { MessageAlert } from '../message-alert.ts';
import type { MessageCause } from '../message-cause.ts';
import type { AffectedDomain } from '../message-scope.ts';
import { counted } from '../plain-text.ts';
import type { MessageField } from '../template.ts';
import type { ActionsBlock } from './buttons.ts';
import { fitPieces, slackCode, slackDate, slackLink, slackText } from './markup.ts';

/** Slack's mrkdwn text; `verbatim` keeps Slack from linking channels, people and URLs that plain text names. */
export interface MrkdwnText {
  readonly type: 'mrkdwn';
  readonly text: string;
  readonly verbatim: true;
}

/** The kinds of blocks that messages here are made of. */
export type SlackBlock =
  | { readonly type: 'header'; readonly text: { readonly type: 'plain_text'; readonly text: string } }
  | { readonly type: 'section'; readonly text: MrkdwnText }
  | { readonly type: 'context'; readonly elements: readonly MrkdwnText[] }
  | { readonly type: 'divider' }
  | ActionsBlock;

/** What is posted: `text` for notifications and screen readers, `blocks` for the channel. */
export interface SlackBody {
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
}

/** The sign of a severity. */
export const SIGNS: Readonly<Record<Severity, string>> = { critical: '🔴', warning: '🟠', info: '🔵' };
/** What is over and known to have recovered, and what is not known to. */
const RECOVERED = '✅';
const ENDED = '⚪';
const MAX_ALERTS = 8;

/** What a message has beside what it tells. */
export interface SlackExtras {
  readonly buttons?: readonly ActionsBlock[];
  /** Whom to call, in Slack's markup, from the configuration; empty for nobody. */
  readonly mention?: string;
}

/** Gives a message Slack's form. One that is over calls nobody. */
export function slackBody(message: Message, { buttons = [], mention = '' }: SlackExtras = {}): SlackBody {
  const text = slackText(`${signOf(message)} ${message.text}`, 900);
  const called = mention === '' || message.status === 'resolved' ? [] : [section(mention)];
  const [headline, ...blocks] = message.status === 'resolved' ? quietBlocks(message) : loudBlocks(message);
  return { text, blocks: [...(headline === undefined ? [] : [headline]), ...called, ...blocks, ...buttons, footer(message)] };
}

function signOf({ status, recovered, severity }: Pick<Message | MessageAlert, 'status' | 'recovered' | 'severity'>): string {
  if (status !== 'resolved') return SIGNS[severity];
  return recovered ? RECOVERED : ENDED;
}

/** The reply in the thread that reminds of an incident which lasts; the channel sees it too. */
export function slackReminder(message: Message): SlackBody {
  const text = `Still ${message.status}, since ${slackDate(message.startsAt)}. ${slackText(message.text, 900)}`;
  return { text, blocks: [section(text)] };
}

function loudBlocks(message: Message): readonly SlackBlock[] {
  const blocks: SlackBlock[] = [
    { type: 'header', text: { type: 'plain_text', text: slackText(`${SIGNS[message.severity]} ${message.title}`, 150) } },
    section(statusLine(message)),
  ];
  if (message.fields.length > 0) blocks.push(section(message.fields.map(fieldLine).join('\n')));
  if (message.causes.length > 0) blocks.push(section(fitPieces(causeLines(message.causes), '\n', 2200).text));
  if (message.affected.length > 0) blocks.push(section(fitPieces(['*Affected*', ...message.affected.map(affectedLine)], '\n', 1000).text));
  const links = linkLine(message, 1900);
  if (links !== '') blocks.push(section(`*Where to look*\n${links}`));
  if (message.alerts.length > 0) blocks.push({ type: 'divider' }, section(alertLines(message, 2700)));
  return blocks;
}

function quietBlocks(message: Message): readonly SlackBlock[] {
  const lines = [`From ${slackDate(message.startsAt)}${message.resolvedAt === null ? '' : ` to ${slackDate(message.resolvedAt)}`}`];
  const cause = message.causes[0];
  if (cause !== undefined)
    lines.push(`Likely cause ${slackCode(cause.entity, 120)}${cause.evidence[0] === undefined ? '' : `: ${slackText(cause.evidence[0], 300)}`}`);
  const where = message.affected.map(({ domain, alerts }) => `${domain} ${alerts}`).join(' · ');
  if (where !== '') lines.push(`Alerts: ${where}`);
  const blocks: SlackBlock[] = [section(`${signOf(message)} ${slackText(message.title, 300)}\n${slackText(message.standing, 300)}`), context(lines.join('\n'))];
  const links = linkLine(message, 1900);
  if (links !== '') blocks.push(context(links));
  return blocks;
}

function statusLine(message: Message): string {
  const lines = [`*${severityName(message.severity)}* since ${slackDate(message.startsAt)} · ${slackText(message.standing, 200)}`];
  if (message.says !== '') lines.push(slackText(message.says, 320));
  if (message.acknowledgedBy !== null) lines.push(`👤 Acknowledged by ${slackText(message.acknowledgedBy, 120)}`);
  if (message.snoozed !== null) {
    const { by, until } = message.snoozed;
    lines.push(`💤 ${snoozedInWords({ until, by: by === null ? null : slackText(by, 120) }, slackDate)}`);
  }
  return lines.join('\n');
}

function fieldLine({ title, value }: MessageField): string {
  return `*${slackText(title, 60)}* ${slackText(value, 120)}`;
}

function causeLines(causes: readonly MessageCause[]): readonly string[] {
  const lines = [causes.length === 1 ? '*Likely cause*' : '*Likely causes*'];
  causes.forEach((cause, index) => {
    lines.push(`${causes.length === 1 ? '' : `${index + 1}. `}${slackCode(cause.entity, 140)}  score ${cause.score.toFixed(2)}`);
    // The first cause gets its full reasons; the others are there to be ruled out.
    if (index === 0 && cause.alert !== null) lines.push(`      ${slackText(cause.alert, 320)}`);
    for (const reason of cause.evidence.slice(0, index === 0 ? 4 : 1)) lines.push(`      • ${slackText(reason, 260)}`);
  });
  return lines;
}

function affectedLine({ domain, alerts, firing, entities, moreEntities }: AffectedDomain): string {
  const count = firing === 0 ? `${alerts} ended` : firing === alerts ? `${firing} firing` : `${firing} of ${alerts} firing`;
  const names = fitPieces(
    entities.map((entity) => slackCode(entity, 60)),
    ', ',
    200,
  );
  const more = moreEntities + entities.length - names.count;
  return `${domain}: ${count}${names.count === 0 ? '' : ` · ${names.text}`}${more === 0 ? '' : ` and ${more} more`}`;
}

function alertLines(message: Message, limit: number): string {
  const lines = message.alerts.slice(0, MAX_ALERTS).map(alertLine);
  const shown = fitPieces(lines, '\n', limit - 40);
  const more = message.alertCount - shown.count;
  return more > 0 ? `${shown.text}\n_and ${more} more_` : shown.text;
}

function alertLine(alert: MessageAlert): string {
  const { rule, entity, summary, occurrences } = alert;
  const sign = signOf(alert);
  const times = occurrences > 1 ? ` (fired ${occurrences} times)` : '';
  const on = entity === null ? '' : ` ${slackCode(entity, 120)}`;
  return `${sign} ${slackText(rule, 100)}${on}${times}${summary === '' ? '' : ` ${slackText(summary, 260)}`}`;
}

function linkLine(message: Message, limit: number): string {
  return fitPieces(
    message.links.map(({ url, label }) => slackLink(url, label)),
    ' · ',
    limit,
  ).text;
}

function footer(message: Message): SlackBlock {
  return context(`Incident ${slackText(message.incidentId, 60)} · ${counted(message.alertCount, 'alert')}`);
}

/** A block of mrkdwn text, at most 3,000 characters. */
export function section(text: string): SlackBlock {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } };
}

/** A block of small mrkdwn text, at most 3,000 characters. */
export function context(text: string): SlackBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] };
}
