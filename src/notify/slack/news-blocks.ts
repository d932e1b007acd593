// Decides what is said in the thread of a message: what changed and nothing else, and loudly what must be told at once.

import type { TimelineEntry } from '../../model/evidence.ts';
import type { Incident } from '../../model/incident.ts';
import type { Message } from '../message.ts';
import { plainText } from '../plain-text.ts';
import { context, SIGNS, type SlackBody, section } from './blocks.ts';
import { fitPieces, slackText } from './markup.ts';

/** What of a timeline is said, and its sign. What an edit shows well enough, and what people did not hear of, is not. */
const TOLD_SIGNS: ReadonlyMap<string, string> = new Map([
  ['joined', '➕'],
  ['merged', '🔗'],
  ['split', '✂️'],
  ['cause-changed', '🎯'],
  ['acknowledged', '👤'],
  ['snoozed', '💤'],
  ['flapping', '〰️'],
  ['not-heard-of', '❔'],
  ['reopened', '🔁'],
  ['resolved', '✅'],
]);

const MAX_LINES = 12;

/** The reply that says what changed, or null when nothing did that people want to hear. */
export function slackNews(entries: readonly TimelineEntry[]): SlackBody | null {
  const lines = newsLines(entries);
  if (lines.length === 0) return null;
  const shown = fitPieces(lines.slice(0, MAX_LINES), '\n', 2800);
  const more = lines.length - shown.count;
  return { text: shown.text, blocks: [section(more > 0 ? `${shown.text}\n_and ${more} more_` : shown.text)] };
}

/** The reply that the channel sees too, about what cannot wait; `mention` is Slack's markup for whom to call, from the configuration. */
export function slackUrgentNews(
  { message, incident, entries }: { readonly message: Message; readonly incident: Pick<Incident, 'status'>; readonly entries: readonly TimelineEntry[] },
  mention = '',
): SlackBody {
  const heading = entries.some(({ kind }) => kind === 'reopened')
    ? 'Open again'
    : incident.status === 'acknowledged'
      ? 'Critical, and the cause does not explain it'
      : 'Worse than it was';
  const changes = slackNews(entries);
  const first = newsLines(entries)[0];
  const text = `${SIGNS[message.severity]} ${heading}${first === undefined ? '' : `: ${first}`}. ${slackText(message.text, 900)}`;
  const called = mention === '' ? [] : [section(mention)];
  return { text, blocks: [section(`${SIGNS[message.severity]} *${heading}*`), ...(changes?.blocks ?? []), context(slackText(message.text, 900)), ...called] };
}

function newsLines(entries: readonly TimelineEntry[]): readonly string[] {
  return entries.flatMap(({ kind, summary, evidence }) => {
    const sign = TOLD_SIGNS.get(kind);
    if (sign === undefined) return [];
    const because = kind === 'cause-changed' && evidence[0] !== undefined ? `: ${slackText(plainText(evidence[0].summary, 200), 260)}` : '';
    return [`${sign} ${capitalized(slackText(plainText(summary, 200), 260))}${because}`];
  });
}

/** Entries that begin with an alert's name keep it as it is. */
function capitalized(text: string): string {
  return /^(its|is|took|the|acknowledged|resolved|snoozed|no) /.test(text) ? `${text.charAt(0).toUpperCase()}${text.slice(1)}` : text;
}
