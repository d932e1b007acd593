import { describe, expect, it } from 'vitest';
import { formatMatcher, formatMatchers, MatcherError, matches, matchesAll, parseMatcher, parseMatchers } from '../../../src/model/matcher.ts';

const labels = new Map([
  ['alertname', 'HighLatency'],
  ['severity', 'page'],
  ['team', ''],
]);

function parts(text: string) {
  return parseMatchers(text).map(({ name, operator, value }) => [name, operator, value]);
}

describe('whether labels fulfil a matcher', () => {
  it.each([
    ['severity="page"', true],
    ['severity="warn"', false],
    ['severity!="warn"', true],
    ['severity!="page"', false],
    ['severity=~"page|warn"', true],
    ['severity=~"p.*"', true],
    ['severity!~"p.*"', false],
    ['severity!~"w.*"', true],
  ])('%s: %s', (text, expected) => {
    expect(matches(parseMatcher(text), labels)).toBe(expected);
  });

  it('holds regular expressions against the whole value, not a part of it', () => {
    expect(matches(parseMatcher('alertname=~"High"'), labels)).toBe(false);
    expect(matches(parseMatcher('alertname=~"Latency|High"'), labels)).toBe(false);
    expect(matches(parseMatcher('alertname=~"High.+"'), labels)).toBe(true);
    expect(matches(parseMatcher('alertname=~"High.+"'), new Map([['alertname', 'HighLatency\n']]))).toBe(false);
  });

  it.each([
    ['zone=""', true],
    ['zone!=""', false],
    ['zone=~".*"', true],
    ['zone=~".+"', false],
    ['zone=~"|eu"', true],
    ['zone!~"eu"', true],
    ['team=""', true],
  ])('takes a missing label for an empty one: %s: %s', (text, expected) => {
    expect(matches(parseMatcher(text), labels)).toBe(expected);
  });

  it('needs all of several matchers, and none where there are none', () => {
    expect(matchesAll(parseMatchers('severity="page",alertname=~"High.*"'), labels)).toBe(true);
    expect(matchesAll(parseMatchers('severity="page",alertname="Other"'), labels)).toBe(false);
    expect(matchesAll(parseMatchers('severity="page",zone=""'), labels)).toBe(true);
    expect(matchesAll([], labels)).toBe(true);
  });

  it('is not led astray by labels named like members of an object', () => {
    expect(matches(parseMatcher('__proto__=""'), new Map())).toBe(true);
    expect(matches(parseMatcher('constructor="x"'), new Map([['constructor', 'x']]))).toBe(true);
  });

  it('stays quick on a regular expression that backtracking would hang on', () => {
    const evil = parseMatcher('a=~"(x+x+)+y"');
    expect(matches(evil, new Map([['a', 'x'.repeat(5000)]]))).toBe(false);
  });
});

// The cases of prometheus/alertmanager, matcher/compliance and pkg/labels.
describe('how matchers are written', () => {
  it.each([
    ['', []],
    ['{}', []],
    ['foo=bar', [['foo', '=', 'bar']]],
    ['{foo=bar}', [['foo', '=', 'bar']]],
    [' foo  !=  "bar" ', [['foo', '!=', 'bar']]],
    ['{foo=~bar.*}', [['foo', '=~', 'bar.*']]],
    [
      '{foo = "bar", dings != "bums", }',
      [
        ['foo', '=', 'bar'],
        ['dings', '!=', 'bums'],
      ],
    ],
    [
      'foo="bar,quux", job=job1',
      [
        ['foo', '=', 'bar,quux'],
        ['job', '=', 'job1'],
      ],
    ],
    ['{quote="She said: \\"Hi, ladies! That\'s gender-neutral…\\""}', [['quote', '=', 'She said: "Hi, ladies! That\'s gender-neutral…"']]],
    ['statuscode=~"5.."', [['statuscode', '=~', '5..']]],
    ['{name-with-dashes = "bar"}', [['name-with-dashes', '=', 'bar']]],
    ['"name with spaces" = "Ω"', [['name with spaces', '=', 'Ω']]],
    ['"\\u00e9\\xc3\\xa9" = "\\U0001F642"', [['éé', '=', '🙂']]],
  ])('reads %s', (text, expected) => {
    expect(parts(text)).toEqual(expected);
  });

  it.each([
    ['job=', [['job', '=', '']]],
    ['tricky=~~~', [['tricky', '=~', '~~']]],
    ['trickier==\\\\=\\=\\"', [['trickier', '=', '=\\=\\="']]],
    ["{foo='}", [['foo', '=', "'"]]],
    ['{foo=bar\\n}', [['foo', '=', 'bar\n']]],
    ['{foo=bar}}', [['foo', '=', 'bar}']]],
    ['{foo=}b', [['foo', '=', '}b']]],
    [
      '{foo=,bar=}}',
      [
        ['foo', '=', ''],
        ['bar', '=', '}'],
      ],
    ],
    ['foo="line\nfeed"', [['foo', '=', 'line\nfeed']]],
    ['foo="\\d+"', [['foo', '=', '\\d+']]],
  ])('falls back on the classic grammar for %s', (text, expected) => {
    expect(parts(text)).toEqual(expected);
  });

  it('lets the classic grammar win where the two disagree, as Alertmanager does', () => {
    expect(parts('foo="a\\tb"')).toEqual([['foo', '=', 'a\\tb']]);
  });

  it.each([
    ['foo', 'one of =, !=, =~ and !~ is missing before the end'],
    ['="bar"', 'a label name is missing before "="'],
    ['""="bar"', 'a label name is missing before "="'],
    ['{,}', 'a label name is missing before ","'],
    ['a=b,,c=d', 'a label name is missing before ","'],
    ['a="b" c="d"', 'a comma is missing before "c"'],
    ['job="value', 'cannot be read from'],
    ['contains_unescaped_quote = foo"bar', 'cannot be read from'],
    ['"foo=\\"bar\\""', 'is missing before the end'],
    ['"\\xff"="bar"', 'has an escape'],
    ['{foo=~"invalid[regexp"}', 'malformed (missing closing ]'],
  ])('refuses %s', (text, reason) => {
    expect(() => parseMatchers(text)).toThrow(MatcherError);
    expect(() => parseMatchers(text)).toThrow(reason);
  });

  it('says what is allowed', () => {
    expect(() => parseMatcher('severity')).toThrow('a label name, one of =, !=, =~ and !~ and a value are allowed, as in severity=~"page|critical"');
  });

  it('reads one matcher where one is asked for', () => {
    expect(() => parseMatcher('{a="b"}')).toThrow('one matcher without them is allowed');
    expect(() => parseMatcher('"a b"="c","d e"="f"')).toThrow('holds 2 matchers');
    expect(() => parseMatcher('')).toThrow(MatcherError);
  });
});

describe('writing matchers', () => {
  it.each(['severity="page"', 'a!=""', 'a=~"b|c"', '"a b"!~"x"', 'a="q\\"b\\\\s\\n"'])('gives back %s', (text) => {
    expect(formatMatcher(parseMatcher(text))).toBe(text);
  });

  it('puts lists in braces', () => {
    expect(formatMatchers(parseMatchers('a=b, c!~d'))).toBe('{a="b",c!~"d"}');
    expect(formatMatchers([])).toBe('{}');
  });
});
