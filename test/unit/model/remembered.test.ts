import { describe, expect, it } from 'vitest';
import { remembered } from '../../../src/model/remembered.ts';

describe('a remembered function', () => {
  it('answers as the function does, and asks it once for each text', () => {
    const asked: string[] = [];
    const length = remembered((text) => asked.push(text) && text.length);
    expect(['disk', 'latency', 'disk', '__proto__', 'disk'].map(length)).toEqual([4, 7, 4, 9, 4]);
    expect(asked).toEqual(['disk', 'latency', '__proto__']);
  });

  it('remembers answers that are false, too', () => {
    let asked = 0;
    const isLong = remembered((text) => {
      asked += 1;
      return text.length > 4;
    });
    expect([isLong('disk'), isLong('disk')]).toEqual([false, false]);
    expect(asked).toBe(1);
  });

  it('never remembers more texts than it may, nor long ones', () => {
    const asked: string[] = [];
    const same = remembered((text) => {
      asked.push(text.slice(0, 1));
      return text;
    }, 2);
    for (const text of ['a', 'b', 'a', 'c', 'c', 'a']) expect(same(text)).toBe(text);
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
    const long = 'x'.repeat(1001);
    expect([same(long), same(long)]).toEqual([long, long]);
    expect(asked).toEqual(['a', 'b', 'c', 'a', 'x', 'x']);
  });
});
