// Decides where a link from an alert may lead: to http and https only, in a window that knows nothing of this one.

import { type Html, html } from './html.ts';

/** The longest URL that is offered, in characters. */
const MAX_URL = 2000;

/** The text as a URL that can be followed, without credentials; null when it is none of http or https. */
export function safeUrl(text: string): string | null {
  if (text.length > MAX_URL || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  url.username = '';
  url.password = '';
  return url.href;
}

/** A link that says what it leads to; null where the text is no URL that can be followed. */
export function safeLink(label: string, text: string | undefined): Html | null {
  const url = text === undefined ? null : safeUrl(text);
  return url === null ? null : html`<a href="${url}" target="_blank" rel="noopener noreferrer">${label}</a>`;
}
