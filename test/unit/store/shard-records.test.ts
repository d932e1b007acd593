import { describe, expect, it } from 'vitest';
import { shardTag } from '../../../src/queue/shard-queues.ts';
import { shardKeys } from '../../../src/store/keys.ts';
import { encode, UnreadableRecord } from '../../../src/store/record-codec.ts';
import { changePosition, decodeTotals } from '../../../src/store/redis-shard-store.ts';

describe('the keys of a shard', () => {
  const { members, timeline, upstream, ...named } = shardKeys(shardTag(3));
  const all = [...Object.values(named), members('01KJMSEG0058H9CPQHM6CY8Q3T'), timeline('01KJMSEG0058H9CPQHM6CY8Q3T'), upstream('http://a')];

  it('share one hash tag, so that one commit touches one slot', () => {
    expect(all.length).toBeGreaterThan(10);
    for (const key of all) expect(/\{([^}]*)\}/.exec(key)?.[1]).toBe('winnow-3');
  });

  it('are each another', () => {
    expect(new Set(all).size).toBe(all.length);
    expect(members('a')).not.toBe(members('b'));
    expect(timeline('a')).not.toBe(timeline('b'));
  });

  it('are not those of another shard', () => {
    expect(shardKeys(shardTag(4)).meta).not.toBe(named.meta);
  });
});

describe('the position of a change', () => {
  const change = (id: string, at: number) => ({ id, entity: 'model/ranker', summary: '', kind: 'deployment', at, link: null });

  it('is its time in 15 digits and its id', () => {
    expect(changePosition(change('deploy 7', 1_772_359_200_000))).toBe('001772359200000 deploy 7');
  });

  it('orders as text as times do, and by id among equals', () => {
    const changes = [change('b', 1000), change('a', 1000), change('z', 999), change('c', 1_772_359_200_000), change('y', 0)];
    expect(changes.map(changePosition).sort()).toEqual([
      '000000000000000 y',
      '000000000000999 z',
      '000000000001000 a',
      '000000000001000 b',
      '001772359200000 c',
    ]);
  });

  it('is the first of all for what was before 1970', () => {
    expect(changePosition(change('old', -5))).toBe('000000000000000 old');
  });
});

describe('the accounts of the ledger', () => {
  const accounts = { received: 9, notified: 3, pending: 1, duplicate: 2, failed: 1 };

  it('are read with what was suppressed by reason', () => {
    expect(decodeTotals(encode({ ...accounts, suppressedByReason: { transient: 1, 'send-resolved-off': 1 } }))).toEqual({
      ...accounts,
      suppressedByReason: new Map([
        ['transient', 1],
        ['send-resolved-off', 1],
      ]),
    });
    expect(decodeTotals(encode({ ...accounts, suppressedByReason: {} })).suppressedByReason).toEqual(new Map());
  });

  it('of another version are not read', () => {
    expect(() => decodeTotals(`2${JSON.stringify({ ...accounts, suppressedByReason: {} })}`)).toThrow(UnreadableRecord);
  });
});
