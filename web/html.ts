// Decides what of a text becomes markup: nothing. HTML is made by this template alone, which escapes whatever is put into it.

/** HTML that is safe to put into the page: only `html` makes any. */
export class Html {
  readonly markup: string;

  /** Use `html` instead. */
  constructor(markup: string) {
    this.markup = markup;
  }
}

/** What can be put into a template; null and false leave nothing. */
export type Content = Html | string | number | null | false | readonly Content[];

/** What would hide or turn around text: control characters, and invisible ones but for the two joiners that emoji and scripts need. */
const UNSEEN = /(?!\u200c|\u200d|[\t\n])[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;
const SPECIAL = /[&<>"'`]/g;

/** Makes HTML of a template. Texts put into it are texts, in quoted attributes too; anywhere else inside a tag they must not be put. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(strings.reduce((markup, string, i) => `${markup}${markupOf(values[i - 1] ?? null)}${string}`));
}

/** The text so that it is text in HTML, with what cannot be seen shown as U+FFFD. */
export function escapeText(text: string): string {
  return text.replace(UNSEEN, '\ufffd').replace(SPECIAL, (character) => `&#${character.charCodeAt(0)};`);
}

function markupOf(value: Content): string {
  if (value === null || value === false) return '';
  if (value instanceof Html) return value.markup;
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'number') return String(value);
  return value.map(markupOf).join('');
}
