// What Alertmanager's own tests say of its two grammars (prometheus/alertmanager, matcher/parse and matcher/compliance), read as
// it reads them by default: by the UTF-8 grammar, by the classic one where that refuses or the two disagree.

import { describe, expect, it } from 'vitest';
import { MatcherError, parseMatchers } from '../../../src/model/matcher.ts';

function parts(text: string) {
  return parseMatchers(text).map(({ name, operator, value }) => `${name} ${operator} ${value}`);
}

const EACH_FORM: readonly (readonly [string, string])[] = ['=', '!=', '=~', '!~'].flatMap((operator) => {
  const [value, expected] = [operator.endsWith('~') ? '[a-z]+' : 'bar', `foo ${operator} ${operator.endsWith('~') ? '[a-z]+' : 'bar'}`];
  const plain = `foo${operator}${value}`;
  const quoted = `"foo"${operator}"${value}"`;
  return [plain, `${plain},`, `{${plain}}`, `{${plain},}`, quoted, `${quoted},`, `{${quoted}}`, `{${quoted},}`].map((text) => [text, expected] as const);
});

describe('one matcher, bare or quoted, in braces or not, with a comma at its end or not', () => {
  it.each(EACH_FORM)('%s is %s', (text, expected) => {
    expect(parts(text)).toEqual([expected]);
  });
});

describe('UTF-8 in matchers', () => {
  it.each([
    ['{foo=🙂}', 'foo = 🙂'],
    ['{foo=🙂bar}', 'foo = 🙂bar'],
    ['{"foo"="🙂"}', 'foo = 🙂'],
    ['{"foo"="🙂bar"}', 'foo = 🙂bar'],
    ['{"foo"="\\xf0\\x9f\\x99\\x82"}', 'foo = 🙂'],
    ['{"foo"="\\U0001f642"}', 'foo = 🙂'],
    ['{"foo"="bar\\n"}', 'foo = bar\n'],
    ['{"foo"="bar\\t"}', 'foo = bar\t'],
    ['{"foo"="\\"bar\\""}', 'foo = "bar"'],
    ['{"foo"="bar\\\\"}', 'foo = bar\\'],
    ['{"foo🙂"="bar"}', 'foo🙂 = bar'],
  ])('%s is %s', (text, expected) => {
    expect(parts(text)).toEqual([expected]);
  });
});

describe('several matchers', () => {
  it.each([
    ['{foo=bar,bar!=baz}', ['foo = bar', 'bar != baz']],
    ['foo="bar",bar!="baz"', ['foo = bar', 'bar != baz']],
    ['{foo="bar", baz!~".*quux.*", derp="wat"}', ['foo = bar', 'baz !~ .*quux.*', 'derp = wat']],
    ['{foo="bar", instance=~"some-api.*"}', ['foo = bar', 'instance =~ some-api.*']],
    ['contains_quote != "\\"" , contains_comma !~ "foo,bar" , ', ['contains_quote != "', 'contains_comma !~ foo,bar']],
    ['{foo=""}', ['foo = ']],
  ])('%s are %j', (text, expected) => {
    expect(parts(text)).toEqual(expected);
  });
});

describe('what the classic grammar alone reads', () => {
  it.each([
    ['{foo=`}', 'foo = `'],
    ['{foo=\\n}', 'foo = \n'],
    ['{foo=\\t}', 'foo = \\t'],
    ['{foo=bar\\t}', 'foo = bar\\t'],
    ['{foo=bar\\}', 'foo = bar\\'],
    ['{foo=bar\\\\}', 'foo = bar\\'],
    ['{foo=\\"}', 'foo = "'],
    ['{foo=bar\\"}', 'foo = bar"'],
    ['{foo=bar}},}', 'foo = bar}}'],
    ['{foo=', 'foo = '],
    ['{foo=}b', 'foo = }b'],
  ])('%s is %s', (text, expected) => {
    expect(parts(text)).toEqual([expected]);
  });
});

describe('what neither grammar reads', () => {
  it.each([
    ...[',', '{,}', 'job="value', 'job=value"', 'trickier==\\\\=\\=\\""', 'contains_unescaped_quote = foo"bar', '{foo=~"invalid[regexp"}'],
    ...['"{foo=\\"bar"}', '"foo=\\"bar"', '"foo=\\"bar\\""', '"foo=\\"bar\\"', '"{foo=\\"bar\\"}"', '"foo="bar""', '{{foo=', '{"foo"="\\xf0\\x9f"}'],
  ])('%s', (text) => {
    expect(() => parseMatchers(text)).toThrow(MatcherError);
  });
});
