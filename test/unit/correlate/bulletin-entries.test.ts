import { describe, expect, it } from 'vitest';
import { MOST_COUNTED, MOST_NAMED, type Said, withAll, withEntry } from '../../../src/correlate/hold/bulletin-entries.ts';
import type { BulletinEntry } from '../../../src/model/bulletin.ts';
import { entries, entry } from './bulletins.ts';
import { at } from './scenario.ts';

const NOTHING: Said = { entries: [], more: 0 };
const said = (...given: readonly BulletinEntry[]): Said => given.reduce<Said>(withEntry, NOTHING);
const full = said(...entries(MOST_NAMED));

describe('what is said of an alert', () => {
  it('is its own entry', () => {
    expect(said(entry(), entry({ fingerprint: 'b', entity: 'node/gpu-8' })).entries).toMatchObject([{ fingerprint: 'a' }, { fingerprint: 'b' }]);
  });

  it('grows when it is held back again: how often, since when, the latest reason', () => {
    const again = entry({ firstAt: at('10:20'), lastAt: at('10:22'), severity: 'info', because: '10 of 11 cleared within 6 min' });
    expect(said(entry(), again)).toEqual({
      entries: [entry({ count: 2, firstAt: at('10:00'), lastAt: at('10:22'), severity: 'warning', because: '10 of 11 cleared within 6 min' })],
      more: 0,
    });
  });

  it('is another entry for another reason', () => {
    expect(said(entry(), entry({ reason: 'seasonal' })).entries).toHaveLength(2);
  });

  it('refers to each of its incidents once, and to the latest where they are many', () => {
    const again = Array.from({ length: 25 }, (_, i) => entry({ incidentIds: [`01K${i}`] }));
    expect(said(entry(), entry(), entry({ incidentIds: ['01K'] })).entries[0]?.incidentIds).toEqual(['01KJMSEG0058H9CPQHM6CY8Q3T', '01K']);
    expect(said(...again).entries[0]?.incidentIds).toEqual(Array.from({ length: 20 }, (_, i) => `01K${i + 5}`));
  });

  it('forgets how it went on when it is held back again', () => {
    expect(said(entry({ outcome: 'ended' }), entry()).entries[0]).not.toHaveProperty('outcome');
  });
});

describe('when there is no room to name an alert', () => {
  it('it is counted with the others of its rule, and the worst of them', () => {
    const more = said(...entries(MOST_NAMED + 99), entry({ severity: 'critical' }));
    expect(more.more).toBe(0);
    expect(more.entries).toHaveLength(MOST_NAMED + 1);
    expect(more.entries.at(-1)).toMatchObject({
      fingerprint: '',
      rule: 'DiskFull',
      entity: null,
      incidentIds: ['01KJMSEG0058H9CPQHM6CY8Q3T'],
      count: 100,
      severity: 'critical',
    });
  });

  it('what is named already is still told apart', () => {
    const again = withEntry(full, entry({ fingerprint: 'DiskFull-7' }));
    expect(again.entries).toHaveLength(MOST_NAMED);
    expect(again.entries[7]).toMatchObject({ count: 2 });
  });

  it('and none for its rule either, it is counted alone', () => {
    const rules = Array.from({ length: MOST_COUNTED + 5 }, (_, i) => entry({ fingerprint: `r${i}`, rule: `Rule${i}` }));
    const all = withAll(full, said(...rules));
    expect([all.entries.length, all.more]).toEqual([MOST_NAMED + MOST_COUNTED, 5]);
    expect(withEntry(all, entry({ fingerprint: 'r99', rule: 'Rule99', count: 3 })).more).toBe(8);
  });
});

it('two that are put together lose no count', () => {
  const first: Said = { entries: [entry({ count: 3 }), entry({ fingerprint: '', count: 40 })], more: 2 };
  const second: Said = { entries: [entry({ count: 4 }), entry({ fingerprint: '', count: 2 }), entry({ fingerprint: 'b' })], more: 1 };
  const both = withAll(first, second);
  expect(both.more).toBe(3);
  expect(both.entries.map(({ fingerprint, count }) => [fingerprint, count])).toEqual([
    ['a', 7],
    ['', 42],
    ['b', 1],
  ]);
});
