// How matchers are written: Alertmanager's two grammars, and which of them a text is read by.

/** How a label's value is held against a matcher's. */
export type MatcherOperator = '=' | '!=' | '=~' | '!~';

/** A matcher as it was written, unquoted but not compiled. */
export interface WrittenMatcher {
  readonly name: string;
  readonly operator: MatcherOperator;
  readonly value: string;
}

/** A text that is no matcher. The message says what is wrong with it and what is allowed. */
export class MatcherError extends Error {
  override readonly name = 'MatcherError';
}

/**
 * Reads one matcher, without braces.
 *
 * As Alertmanager does by default (`matcher/compat`, FallbackMatcherParser), the text is read by the
 * UTF-8 grammar, and by the classic one where the first refuses or the two disagree.
 */
export function readMatcher(text: string): WrittenMatcher {
  if (text.startsWith('{') || text.endsWith('}')) throw new MatcherError(`${quote(text)} is in braces; one matcher without them is allowed here`);
  return preferred(
    () => {
      const matchers = readUtf8(text);
      const [matcher] = matchers;
      if (matcher === undefined || matchers.length > 1) throw new MatcherError(`${quote(text)} holds ${matchers.length} matchers; one is allowed here`);
      return matcher;
    },
    () => readClassicMatcher(text),
  );
}

/** Reads a list of matchers separated by commas, with or without braces around it; the list may be empty. */
export function readMatchers(text: string): readonly WrittenMatcher[] {
  return preferred(
    () => readUtf8(text),
    () => readClassic(text),
  );
}

function preferred<T>(utf8: () => T, classic: () => T): T {
  let read: T;
  try {
    read = utf8();
  } catch (error) {
    try {
      return classic();
    } catch {
      throw error;
    }
  }
  try {
    const other = classic();
    return JSON.stringify(read) === JSON.stringify(other) ? read : other;
  } catch {
    return read;
  }
}

interface Token {
  readonly kind: 'brace' | 'comma' | 'operator' | 'quoted' | 'word' | 'end';
  readonly text: string;
}

const TOKEN = /\s*(?:(?<brace>[{}])|(?<comma>,)|(?<operator>=~|!=|!~|=)|(?<quoted>"(?:[^"\\\n]|\\[^\n])*")|(?<word>[^\s\u0085{}!=~,\\"'`]+))/uy;
const END: Token = { kind: 'end', text: 'the end' };

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const rest = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < rest.length) {
    const from = TOKEN.lastIndex;
    const groups = TOKEN.exec(rest)?.groups;
    if (groups === undefined) throw new MatcherError(`${quote(text)} cannot be read from ${quote(rest.slice(from).trimStart())} on; ${ALLOWED}`);
    for (const kind of ['brace', 'comma', 'operator', 'quoted', 'word'] as const) {
      const found = groups[kind];
      if (found !== undefined) tokens.push({ kind, text: found });
    }
  }
  return tokens;
}

function readUtf8(text: string): readonly WrittenMatcher[] {
  const tokens = tokensOf(text);
  let next = 0;
  const take = () => tokens[next++] ?? END;
  const refuse = (found: Token, wanted: string) =>
    new MatcherError(`${quote(text)}: ${wanted} is missing before ${found.kind === 'end' ? END.text : quote(found.text)}; ${ALLOWED}`);
  const braced = tokens[0]?.text === '{';
  if (braced) next += 1;
  const matchers: WrittenMatcher[] = [];
  while (next < tokens.length && tokens[next]?.text !== '}') {
    const name = take();
    if (name.kind !== 'quoted' && name.kind !== 'word') throw refuse(name, 'a label name');
    const operator = take();
    if (operator.kind !== 'operator') throw refuse(operator, 'one of =, !=, =~ and !~');
    const value = take();
    if (value.kind !== 'quoted' && value.kind !== 'word') throw refuse(value, 'a value');
    const label = contentOf(name, text);
    if (label === '') throw refuse(operator, 'a label name');
    matchers.push({ name: label, operator: operator.text as MatcherOperator, value: contentOf(value, text) });
    if (tokens[next]?.kind !== 'comma') break;
    next += 1;
  }
  if (braced) {
    const closing = take();
    if (closing.text !== '}') throw refuse(closing, 'a comma or a closing brace');
  }
  if (next < tokens.length) throw refuse(take(), 'a comma');
  return matchers;
}

const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\', '"': '"' };
const ESCAPE = /(?<bytes>(?:\\x[0-9a-fA-F]{2}|\\[0-3][0-7]{2})+)|\\u(?<short>[0-9a-fA-F]{4})|\\U(?<long>[0-9a-fA-F]{8})|\\(?<one>[\s\S])/g;

/** The text of a token; a quoted one is unquoted as Go's `strconv.Unquote` does it. */
function contentOf(token: Token, whole: string): string {
  if (token.kind !== 'quoted') return token.text;
  try {
    return token.text.slice(1, -1).replace(ESCAPE, (...match) => characterOf(match.at(-1) as Readonly<Record<string, string | undefined>>));
  } catch {
    throw new MatcherError(`${quote(whole)} has an escape in ${token.text} that is not known; allowed are \\", \\\\, \\n, \\t and Go's others`);
  }
}

function characterOf(written: Readonly<Record<string, string | undefined>>): string {
  const { bytes, short, long, one } = written;
  if (bytes !== undefined)
    return decodeURIComponent(
      bytes.replace(/\\x(..)|\\(...)/g, (_, hex: string | undefined, octal: string) => percent(hex ?? Number.parseInt(octal, 8).toString(16))),
    );
  const point = short ?? long;
  if (point !== undefined) return decodePoint(Number.parseInt(point, 16));
  const plain = ESCAPES[one ?? ''];
  if (plain === undefined) throw new RangeError('unknown escape');
  return plain;
}

function percent(hex: string): string {
  return `%${hex.padStart(2, '0')}`;
}

function decodePoint(point: number): string {
  if (point >= 0xd800 && point <= 0xdfff) throw new RangeError('a surrogate is no character');
  return String.fromCodePoint(point);
}

/** The classic grammar of a list: `pkg/labels`, ParseMatchers. */
function readClassic(text: string): readonly WrittenMatcher[] {
  const inner = text.replace(/^\{/, '').replace(/\}$/, '');
  const parts: string[] = [];
  let quoted = false;
  let escaped = false;
  let start = 0;
  for (let i = 0; i < inner.length; i++) {
    const char = inner.charAt(i);
    if (char === ',' && !quoted) {
      parts.push(inner.slice(start, i));
      start = i + 1;
    }
    if (char === '"' && !escaped) quoted = !quoted;
    escaped = char === '\\' && !escaped;
  }
  const last = inner.slice(start).trim();
  if (last !== '') parts.push(last);
  return parts.map(readClassicMatcher);
}

const CLASSIC_HEAD = /^[\t\n\f\r ]*(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)[\t\n\f\r ]*(?<operator>=~|=|!=|!~)/;

/** The classic grammar of one matcher: `pkg/labels`, ParseMatcher; spurious backslashes are literal. */
function readClassicMatcher(text: string): WrittenMatcher {
  const head = CLASSIC_HEAD.exec(text);
  const { name, operator } = head?.groups ?? {};
  if (head === null || name === undefined || operator === undefined) throw new MatcherError(`${quote(text)} is no matcher; ${ALLOWED}`);
  const raw = text.slice(head[0].length).trim();
  const open = raw.startsWith('"');
  const body = open ? raw.slice(1) : raw;
  let value = '';
  let closed = !open;
  for (let i = 0; i < body.length; i++) {
    const char = body.charAt(i);
    if (char === '"') {
      if (closed || i < body.length - 1) throw new MatcherError(`${quote(text)} has a double quote inside its value; write it as \\"`);
      closed = true;
    } else if (char === '\\' && i < body.length - 1) {
      i += 1;
      const next = body.charAt(i);
      value += next === 'n' ? '\n' : next === '"' || next === '\\' ? next : `\\${next}`;
    } else value += char;
  }
  if (!closed) throw new MatcherError(`${quote(text)} has a value without its closing double quote`);
  return { name, operator: operator as MatcherOperator, value };
}

const ALLOWED = 'a label name, one of =, !=, =~ and !~ and a value are allowed, as in severity=~"page|critical"';

function quote(text: string): string {
  return JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}…` : text);
}
