// Matchers: whether an alert's labels are of a kind, in Alertmanager's words and with its meaning.

import { RE2JS } from 're2js';
import type { Labels } from './labels.ts';
import { MatcherError, type MatcherOperator, readMatcher, readMatchers, type WrittenMatcher } from './matcher-syntax.ts';

export { MatcherError } from './matcher-syntax.ts';

/** One condition on one label, compiled. */
export interface Matcher {
  readonly name: string;
  readonly operator: MatcherOperator;
  /** The value or regular expression that labels are held against. */
  readonly value: string;
  /** Whether a value of the label, empty where it is missing, fulfils the condition. */
  readonly accepts: (value: string) => boolean;
}

/**
 * Reads one matcher such as `severity=~"page|critical"`, in Alertmanager's UTF-8 or classic grammar.
 * Throws a `MatcherError` that says what is wrong and what is allowed.
 */
export function parseMatcher(text: string): Matcher {
  return compileMatcher(readMatcher(text));
}

/**
 * Reads a list such as `{severity="page",team!="db"}`; the braces may be left out, the list may be
 * empty. Throws a `MatcherError` that says what is wrong and what is allowed.
 */
export function parseMatchers(text: string): readonly Matcher[] {
  return readMatchers(text).map(compileMatcher);
}

/**
 * Makes a matcher of its parts. Regular expressions are RE2's and have to match the whole value, as
 * Alertmanager compiles them (`^(?:VALUE)$`). Throws a `MatcherError` for one that is malformed.
 */
export function compileMatcher({ name, operator, value }: WrittenMatcher): Matcher {
  if (operator === '=') return { name, operator, value, accepts: (text) => text === value };
  if (operator === '!=') return { name, operator, value, accepts: (text) => text !== value };
  const fits = compileRegex(value);
  return { name, operator, value, accepts: operator === '=~' ? fits : (text) => !fits(text) };
}

/** Whether the labels fulfil the matcher; a label that is missing counts as empty. */
export function matches(matcher: Matcher, labels: Labels): boolean {
  return matcher.accepts(labels.get(matcher.name) ?? '');
}

/** Whether the labels fulfil every one of the matchers; none of them are fulfilled by all labels. */
export function matchesAll(matchers: readonly Matcher[], labels: Labels): boolean {
  for (const matcher of matchers) {
    if (!matches(matcher, labels)) return false;
  }
  return true;
}

/** Writes a matcher so that it is read back the same: value in double quotes, name only where it has to be. */
export function formatMatcher(matcher: WrittenMatcher): string {
  const name = /[\s\u0085{}!=~,\\"'`]/u.test(matcher.name) ? quoted(matcher.name) : matcher.name;
  return `${name}${matcher.operator}${quoted(matcher.value)}`;
}

/** Writes matchers as a list in braces: `{severity="page",team!="db"}`. */
export function formatMatchers(matchers: readonly WrittenMatcher[]): string {
  return `{${matchers.map(formatMatcher).join(',')}}`;
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;
}

const LITERALS = /^[\w \-/:@%,;#&<>]*(?:\|[\w \-/:@%,;#&<>]*)*$/;

function compileRegex(pattern: string): (text: string) => boolean {
  // An alternation of plain words, the commonest regular expression by far, is a look-up.
  if (LITERALS.test(pattern)) {
    const words = new Set(pattern.split('|'));
    return (text) => words.has(text);
  }
  try {
    const regex = RE2JS.compile(`^(?:${pattern})$`);
    return (text) => regex.test(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
    throw new MatcherError(`the regular expression ${JSON.stringify(pattern)} is malformed (${reason}); RE2's syntax is allowed`);
  }
}
