import { describe, expect, it } from 'vitest';
import { findPage, PAGE_BUDGET } from '../../../src/api/page.ts';
import type { ListRange } from '../../../src/api/read-model.ts';

/** A list of the numbers from 1 to `length`, each its own position. */
function numbers(length: number) {
  const ranges: ListRange[] = [];
  const read = async (range: ListRange) => {
    ranges.push(range);
    const first = range.after === null ? 1 : Number(range.after) + 1;
    const count = Math.max(0, Math.min(range.limit, length - first + 1));
    return Array.from({ length: count }, (_, i) => ({ position: String(first + i), record: first + i }));
  };
  return { read, ranges };
}

const only = (wanted: (n: number) => boolean) => async (records: readonly number[]) => new Set(records.filter(wanted));

describe('a page', () => {
  it('begins behind its position and ends at its limit', async () => {
    const { read, ranges } = numbers(10);
    expect(await findPage({ read, after: '3', limit: 2 })).toEqual({ records: [4, 5], next: '5' });
    expect(ranges).toEqual([{ after: '3', limit: 3 }]);
  });

  it('has nothing to go on to at the end of the list', async () => {
    expect(await findPage({ read: numbers(5).read, after: '3', limit: 2 })).toEqual({ records: [4, 5], next: null });
    expect(await findPage({ read: numbers(5).read, after: '5', limit: 2 })).toEqual({ records: [], next: null });
  });

  it('has what is wanted, and goes on only where there is more of that', async () => {
    const { read } = numbers(1000);
    const wanted = only((n) => n % 300 === 0);
    expect(await findPage({ read, after: null, limit: 2, wanted })).toMatchObject({ records: [300, 600] });
    expect(await findPage({ read, after: '600', limit: 2, wanted })).toEqual({ records: [900], next: null });
    expect(await findPage({ read, after: null, limit: 3, wanted })).toEqual({ records: [300, 600, 900], next: null });
  });

  it('that is followed to the end has each wanted record once', async () => {
    const { read } = numbers(1234);
    const found: number[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof findPage<number>>> = await findPage({ read, after, limit: 7, wanted: only((n) => n % 10 === 3) });
      found.push(...page.records);
      after = page.next;
    } while (after !== null);
    expect(found).toEqual(Array.from({ length: 124 }, (_, i) => 10 * i + 3));
  });

  it('stops looking at its budget, and says where', async () => {
    const { read } = numbers(100_000);
    expect(await findPage({ read, after: null, limit: 5, wanted: only((n) => n > 50_000) })).toEqual({ records: [], next: String(PAGE_BUDGET) });
  });

  it('stops where nothing more can be wanted', async () => {
    const { read, ranges } = numbers(100_000);
    expect(await findPage({ read, after: null, limit: 5, wanted: only((n) => n < 3), ended: (n) => n > 10 })).toEqual({ records: [1, 2], next: null });
    expect(ranges).toHaveLength(1);
  });
});
