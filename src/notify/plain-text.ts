// Makes text from alerts harmless to show: one line of visible characters, of bounded length.

/** What stands at the end of a text that was cut. */
export const ELLIPSIS = '…';

/** A terminal's control sequence (ECMA-48, 5.4), whole; of others only the control characters go, and no text is lost. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL_SEQUENCE = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]/g;
/** Format characters (general category Cf), but for the two joiners that emoji and scripts need. */
const INVISIBLE = /(?![\u200c\u200d])\p{Cf}/gu;
const CONTROL_OR_SPACE = /[\p{Cc}\p{Z}]+/gu;
const LONE_SURROGATE = /\p{Cs}/gu;
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;

/**
 * The text as one line of at most `limit` code points, an ellipsis included where it was cut.
 *
 * Terminal sequences, control characters, bidirectional overrides and other invisible characters
 * are gone, runs of white space are one space, lone surrogates are U+FFFD, and no character bears
 * more than four combining marks.
 */
export function plainText(text: string, limit: number): string {
  // What is far beyond the limit cannot be shown, and is not worth looking at.
  const start = text.length > limit * 16 ? text.slice(0, limit * 16) : text;
  const clean = start
    .replace(CONTROL_SEQUENCE, '')
    .replace(CONTROL_OR_SPACE, ' ')
    .replace(INVISIBLE, '')
    .replace(LONE_SURROGATE, '\ufffd')
    .replace(STACKED_MARKS, '$1')
    .trim();
  const fitting = cutText(clean, limit);
  return start === text || fitting.endsWith(ELLIPSIS) ? fitting : cutText(`${fitting}${ELLIPSIS}`, limit);
}

/** The text when it has at most `limit` code points, else its beginning with an ellipsis, `limit` code points in all. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const points = Array.from(text);
  if (points.length <= limit) return text;
  return `${points
    .slice(0, Math.max(0, limit - 1))
    .join('')
    .trimEnd()}${ELLIPSIS}`;
}

/** A number with its noun: `1 alert`, `12 alerts`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
