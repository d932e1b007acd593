// Decides how times are said: how long ago or from now, with the exact time in UTC beside it.

import { type Html, html } from './html.ts';

/** How a time is said: `ago` as `12 min ago` or `in 12 min`, `length` as `12 min`. */
export type TimeForm = 'ago' | 'length';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in its two largest units, such as `3 h 5 min`; below a minute in seconds. */
export function lengthOf(milliseconds: number): string {
  const length = Math.max(0, milliseconds);
  if (length < MINUTE) return `${Math.floor(length / SECOND)} s`;
  if (length < HOUR) return `${Math.floor(length / MINUTE)} min`;
  if (length < DAY) return joined(Math.floor(length / HOUR), 'h', Math.floor((length % HOUR) / MINUTE), 'min');
  return joined(Math.floor(length / DAY), 'd', Math.floor((length % DAY) / HOUR), 'h');
}

/** Where a time lies as seen from now. Both in milliseconds since 1970. */
export function relativeTime(at: number, now: number, form: TimeForm = 'ago'): string {
  if (form === 'length') return lengthOf(now - at);
  if (at > now + SECOND) return `in ${lengthOf(at - now)}`;
  return now - at < 5 * SECOND ? 'just now' : `${lengthOf(now - at)} ago`;
}

/** A time as it stands in the page. What it says ages: `form` tells how to say it anew. */
export function timeHtml(text: string, now: number, form: TimeForm = 'ago'): Html {
  const at = Date.parse(text);
  if (Number.isNaN(at)) return html`${text}`;
  return html`<time datetime="${text}" title="${exactTime(text)}" data-form="${form}">${relativeTime(at, now, form)}</time>`;
}

/** How much later than another a time is, such as `+40 s`. */
export function offsetOf(text: string, from: string): string {
  const difference = Date.parse(text) - Date.parse(from);
  if (Number.isNaN(difference)) return '';
  return difference < 0 ? `−${lengthOf(-difference)}` : `+${lengthOf(difference)}`;
}

/** An RFC 3339 time in UTC for reading: `2026-03-01 10:00:00 UTC`. */
export function exactTime(text: string): string {
  const at = Date.parse(text);
  return Number.isNaN(at) ? text : `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function joined(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
