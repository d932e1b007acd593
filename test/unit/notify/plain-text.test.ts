import { describe, expect, it } from 'vitest';
import { counted, cutText, plainText } from '../../../src/notify/plain-text.ts';

describe('plainText', () => {
  it('makes one line of several', () => {
    expect(plainText('disk full\r\n\ton  node-1\u2028now', 100)).toBe('disk full on node-1 now');
  });

  it('leaves no terminal sequence and no control character', () => {
    expect(plainText('\u001b[31mred\u001b[0m \u001b]0;title\u0007\u009b2Jbell\u0007', 100)).toBe('red ]0;title bell');
  });

  it('leaves no character that turns the reading direction or cannot be seen', () => {
    expect(plainText('gpu\u202e7-edon\u202c \u2066a\u2069 zero\u200bwidth\ufeff tag\u{e0041}', 100)).toBe('gpu7-edon a zerowidth tag');
  });

  it('keeps letters of all scripts and composed emoji', () => {
    expect(plainText('Héllo ✓ Привет 漢字 👩‍🚒', 100)).toBe('Héllo ✓ Привет 漢字 👩‍🚒');
  });

  it('shows half a character as a replacement character', () => {
    expect(plainText('a\ud800b', 100)).toBe('a\ufffdb');
  });

  it('bears at most four marks on one character', () => {
    expect(plainText(`a${'\u0301'.repeat(50)}b`, 100)).toBe(`a${'\u0301'.repeat(4)}b`);
  });

  it('cuts a text of megabytes to its limit, ellipsis included', () => {
    expect(plainText('x'.repeat(5_000_000), 5)).toBe('xxxx…');
  });

  it('marks as cut what is long only by white space', () => {
    expect(plainText(`a${' '.repeat(1000)}b`, 10)).toBe('a…');
  });
});

describe('cutText', () => {
  it('cuts between code points, never inside one', () => {
    expect(cutText('🔥🔥🔥🔥', 3)).toBe('🔥🔥…');
  });

  it('leaves a text that fits as it is, also when it has more code units than the limit', () => {
    expect(cutText('🔥🔥🔥', 3)).toBe('🔥🔥🔥');
  });
});

it('a number agrees with its noun', () => {
  expect([counted(0, 'alert'), counted(1, 'alert'), counted(2, 'alert')]).toEqual(['0 alerts', '1 alert', '2 alerts']);
});
