import { describe, expect, it } from 'vitest';
import { ulidOf } from '../../../src/model/ulid.ts';

/** 2016-07-30T23:54:10.259Z, the time of the example in github.com/ulid/spec. */
const EXAMPLE = 1_469_922_850_259;

describe('ulidOf', () => {
  it("begins with the time as the specification's example does", () => {
    expect(ulidOf(EXAMPLE, 'seed').slice(0, 10)).toBe('01ARZ3NDEK');
    expect(ulidOf(0, 'seed').slice(0, 10)).toBe('0000000000');
    expect(ulidOf(2 ** 48 - 1, 'seed').slice(0, 10)).toBe('7ZZZZZZZZZ');
  });

  it("has 26 characters of Crockford's base 32", () => {
    for (const seed of ['', 'seed', '791cec13fcba0368 2026-03-01T10:00:00Z', 'né 😀']) expect(ulidOf(EXAMPLE, seed)).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  });

  it('is the same for the same time and seed', () => {
    expect(ulidOf(EXAMPLE, '791cec13fcba0368')).toBe(ulidOf(EXAMPLE, '791cec13fcba0368'));
  });

  it('stays the same from version to version', () => {
    expect(ulidOf(EXAMPLE, 'seed')).toBe('01ARZ3NDEK5KXD266KXK02RPQJ');
    expect(ulidOf(EXAMPLE, 'né 😀')).toBe('01ARZ3NDEKKPP9XNAZ3KP6C29Y');
  });

  it('is another for another seed, however little that differs', () => {
    const ids = new Set(Array.from({ length: 1000 }, (_, i) => ulidOf(EXAMPLE, `seed ${i}`).slice(10)));
    expect(ids.size).toBe(1000);
  });

  it('sorts by time before anything else', () => {
    const times = [0, 1, 31, 32, 1023, 1024, EXAMPLE - 1, EXAMPLE, EXAMPLE + 1, EXAMPLE + 86_400_000];
    const ids = times.map((at, i) => ulidOf(at, `seed ${i % 3}`));
    expect([...ids].reverse().sort()).toEqual(ids);
  });
});
