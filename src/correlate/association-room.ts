// What is given up when there is no room for more pairs, entities or rules: those that were seen least.

import { compareText } from '../model/labels.ts';
import type { Instant } from '../model/time.ts';
import { type AssociationRecords, type Family, fadedBy, familyOf, namesOf, totalKey } from './association.ts';
import type { AssociationConstants } from './association-constants.ts';

/** The keys of the records to forget, in a fixed order. */
export interface GivenUp {
  readonly totals: readonly string[];
  readonly pairs: readonly string[];
}

/**
 * Makes room. A family whose table is over its bound gives up a quarter of it, the least seen first (faded), then the longest
 * unseen, then by key. Pairs of an entity or a rule that is given up go with it: without its total nothing can be said of them.
 * Ask once a turn, not once an onset: with many records it looks at all keys.
 */
export function makeRoom({ totals, pairs }: AssociationRecords, now: Instant, c: AssociationConstants): GivenUp {
  const goneTotals = least(totals, c.mostTotals, ({ bursts, at }) => bursts * fadedBy(now - at, c), c);
  const goneNames = new Set(goneTotals);
  const gonePairs = new Set(least(pairs, c.mostPairs, ({ support, at }) => support * fadedBy(now - at, c), c));
  if (goneNames.size > 0) {
    for (const key of pairs.keys()) {
      const family = familyOf(key);
      if (namesOf(key).some((name) => goneNames.has(totalKey(family, name)))) gonePairs.add(key);
    }
  }
  return { totals: goneTotals, pairs: [...gonePairs].sort(compareText) };
}

function least<R extends { readonly at: Instant }>(
  records: ReadonlyMap<string, R>,
  most: number,
  weigh: (record: R) => number,
  c: AssociationConstants,
): readonly string[] {
  if (records.size <= most) return [];
  let entities = 0;
  for (const key of records.keys()) if (familyOf(key) === 'entity') entities += 1;
  const sizes: Readonly<Record<Family, number>> = { entity: entities, rule: records.size - entities };
  return FAMILIES.flatMap((family) => {
    if (sizes[family] <= most) return [];
    const weighed: { readonly key: string; readonly at: Instant; readonly weight: number }[] = [];
    for (const [key, record] of records) if (familyOf(key) === family) weighed.push({ key, at: record.at, weight: weigh(record) });
    weighed.sort((a, b) => a.weight - b.weight || a.at - b.at || compareText(a.key, b.key));
    return weighed.slice(0, sizes[family] - most + Math.ceil(most * c.givenUp)).map(({ key }) => key);
  });
}

const FAMILIES: readonly Family[] = ['entity', 'rule'];
