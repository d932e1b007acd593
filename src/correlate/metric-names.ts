// Which metrics a PromQL expression reads. It says nothing about whether the expression is valid.

/** Of a longer expression only so much is read, in UTF-16 code units. */
const MOST_TEXT = 16_384;
/** No more names than this are given. */
const MOST_NAMES = 16;

/** Words of the language that stand where a metric could, in lower case; functions are known by their parenthesis. */
const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'and or unless atan2 bool offset inf nan ' +
    'sum avg min max count stddev stdvar group topk bottomk quantile count_values limitk limit_ratio ' +
    'by without on ignoring group_left group_right'
  ).split(' '),
);
/** Words that a list of label names follows. */
const BEFORE_LABELS: ReadonlySet<string> = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right']);

/**
 * The names of the metrics that a PromQL expression reads, in the order of their first appearance and
 * each once, at most 16. Strings, label matchers, ranges, durations, functions, keywords and lists of labels are passed over;
 * `{__name__="up"}` and `{"a.b"}` name metrics too. One pass over the text, which any text survives.
 */
export function metricNamesOf(expression: string): readonly string[] {
  const text = expression.length > MOST_TEXT ? expression.slice(0, MOST_TEXT) : expression;
  const names = new Set<string>();
  let at = 0;
  while (at < text.length && names.size < MOST_NAMES) {
    const char = text.charAt(at);
    if (isQuote(char)) at = endOfString(text, at);
    else if (char === '#') at = endOfLine(text, at);
    else if (char === '{') at = readMatchers(text, at, names);
    else if (char === '[') at = after(text, at, ']');
    else if (char === '$') at = text.charAt(at + 1) === '{' ? after(text, at, '}') : endOfWord(text, at + 1);
    else if (isDigit(char)) at = endOfNumber(text, at);
    else if (isWordStart(char)) at = readWord(text, at, names);
    else at += 1;
  }
  return [...names];
}

function readWord(text: string, start: number, names: Set<string>): number {
  const end = endOfWord(text, start);
  const word = text.slice(start, end);
  const lower = word.toLowerCase();
  const next = skipSpace(text, end);
  const opens = text.charAt(next) === '(';
  if (opens && BEFORE_LABELS.has(lower)) return after(text, next, ')');
  if (!opens && !KEYWORDS.has(lower)) names.add(word);
  return end;
}

/** Reads `{…}` from its brace; what it adds are values of `__name__=` and names that stand alone in quotes. */
function readMatchers(text: string, start: number, names: Set<string>): number {
  let at = start + 1;
  let label = '';
  let operator = '';
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === '}') return at + 1;
    if (isQuote(char)) {
      const end = endOfString(text, at);
      const value = text.slice(at + 1, end - 1);
      const follows = text.charAt(skipSpace(text, end));
      if (value !== '' && ((label === '' && operator === '' && (follows === ',' || follows === '}')) || (label === '__name__' && operator === '=')))
        names.add(value);
      at = end;
    } else if (isWordStart(char)) {
      const end = endOfWord(text, at);
      label = text.slice(at, end);
      at = end;
    } else {
      if (char === ',') {
        label = '';
        operator = '';
      } else if (char === '=' || char === '!' || char === '~') operator += char;
      at += 1;
    }
  }
  return at;
}

/** Behind the next closing mark, past strings that may hold one. */
function after(text: string, start: number, mark: string): number {
  let at = start + 1;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === mark) return at + 1;
    at = isQuote(char) ? endOfString(text, at) : at + 1;
  }
  return at;
}

function endOfString(text: string, start: number): number {
  const quote = text.charAt(start);
  let at = start + 1;
  while (at < text.length && text.charAt(at) !== quote) at += quote !== '`' && text.charAt(at) === '\\' ? 2 : 1;
  return Math.min(at + 1, text.length + 1);
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}

function endOfWord(text: string, start: number): number {
  let at = start;
  while (at < text.length && (isWordStart(text.charAt(at)) || isDigit(text.charAt(at)))) at += 1;
  return at;
}

function endOfNumber(text: string, start: number): number {
  let at = start;
  while (at < text.length && (text.charAt(at) === '.' || isDigit(text.charAt(at)) || /[a-zA-Z_]/.test(text.charAt(at)))) at += 1;
  return at;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && text.charAt(at) <= ' ') at += 1;
  return at;
}

function isQuote(char: string): boolean {
  return char === '"' || char === "'" || char === '`';
}

function isDigit(char: string): boolean {
  return char >= '0' && char <= '9';
}

function isWordStart(char: string): boolean {
  return (char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z') || char === '_' || char === ':';
}
