// Writes text into Slack's mrkdwn so that nothing of it is read as markup.
//
// Lengths are counted as the text takes in JSON after escaping, which is never less than Slack counts.

import { formatInstant, type Instant, SECOND } from '../../model/time.ts';
import { ELLIPSIS } from '../plain-text.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** How many characters a text takes in JSON. */
export function jsonLength(text: string): number {
  return JSON.stringify(text).length - 2;
}

/**
 * Text from an alert, as Slack shows it literally: `&`, `<` and `>` are escaped, and a backtick is an
 * apostrophe, so that no code block begins or ends in it. At most `limit` characters, escapes included.
 */
export function slackText(text: string, limit: number): string {
  let written = '';
  let length = 0;
  let fitting = '';
  for (const point of text) {
    const next = point === '`' ? "'" : (ENTITIES[point] ?? point);
    length += jsonLength(next);
    if (length > limit) return `${fitting}${ELLIPSIS}`;
    written += next;
    if (length <= limit - 1) fitting = written;
  }
  return written;
}

/** Text from an alert as a code span, at most `limit` characters with its backticks. */
export function slackCode(text: string, limit: number): string {
  return `\`${slackText(text.trim() || '?', limit - 2)}\``;
}

/** A link. The URL must have come out of `safeUrl`; the label is text like any other. */
export function slackLink(url: string, label: string): string {
  return `<${url.replaceAll('&', '&amp;')}|${slackText(label, 100)}>`;
}

/** A point in time that each reader sees in his own time zone; clients that cannot show it in UTC. */
export function slackDate(at: Instant): string {
  const fallback = formatInstant(at);
  return at < 0 ? fallback : `<!date^${Math.floor(at / SECOND)}^{date_short_pretty} {time}|${fallback}>`;
}

/** As many of the pieces, from the first on, as fit into `limit` characters, and how many those are. */
export function fitPieces(pieces: readonly string[], separator: string, limit: number): { readonly text: string; readonly count: number } {
  let text = '';
  let length = 0;
  let count = 0;
  for (const piece of pieces) {
    const next = count === 0 ? piece : separator + piece;
    length += jsonLength(next);
    if (length > limit) break;
    text += next;
    count += 1;
  }
  return { text, count };
}
