import { describe, expect, it } from 'vitest';
import { CONSTANTS } from '../../../src/correlate/constants.ts';
import { Draft } from '../../../src/correlate/draft.ts';
import { carriedLabels, comparedLabels, strongestShared } from '../../../src/correlate/label-values.ts';
import { EngineState } from '../../../src/correlate/state.ts';
import { tidy } from '../../../src/correlate/tidy.ts';
import { type LabelValue, learnedKey } from '../../../src/model/learned.ts';
import { MINUTE } from '../../../src/model/time.ts';
import { carried } from './arrival.ts';
import { at, labels } from './scenario.ts';

const compared = (of: Readonly<Record<string, string>>, entity: string | null = null, groupKey = '') => comparedLabels(labels(of), entity, groupKey);

describe('what alerts are compared by', () => {
  it('is what their labels say of what they are about', () => {
    expect(compared({ site: 'd26', namespace: 'ml', dag_id: 'clicks' })).toEqual(['site=d26', 'namespace=ml', 'dag_id=clicks']);
  });

  it('is neither which rule it is, nor who scraped, nor who is responsible', () => {
    const of = { alertname: 'NodeDown', severity: 'critical', job: 'node', instance: '10.0.0.7:9100', prometheus: 'ml/k8s', team: 'ml', env: 'prod' };
    expect(compared(of)).toEqual([]);
  });

  it('is neither empty, nor Prometheus’s own, nor longer than 100 characters', () => {
    expect(compared({ site: '', __name__: 'up', dsn: 'x'.repeat(101), path: 'x'.repeat(100) })).toEqual([`path=${'x'.repeat(100)}`]);
  });

  it('is at most 12 labels, the first by name, in whatever order they come', () => {
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`l${String(i).padStart(2, '0')}`, 'v']));
    const expected = Array.from({ length: 12 }, (_, i) => `l${String(i).padStart(2, '0')}=v`);
    expect(compared(many)).toEqual(expected);
    expect(compared(Object.fromEntries(Object.entries(many).reverse()))).toEqual(expected);
  });

  it('is also the words of the name of its entity, in small letters, each once', () => {
    expect(compared({}, 'service/Billing-API_v2.billing')).toEqual(['~billing', '~api']);
    expect(compared({}, 'kpi/checkoutConversion')).toEqual(['~checkout', '~conversion']);
    expect(compared({ service: 'billing' }, 'service/billing')).toEqual(['service=billing', '~billing']);
  });

  it.each([
    ['short ones', 'node/db-3'],
    ['numbers', 'node/10.0.0.127'],
    ['the kind of the entity', 'warehouse/7'],
  ])('is no word for %s', (_case, entity) => {
    expect(compared({}, entity)).toEqual([]);
  });

  it('is also the group that the sender had it in, by a hash of its key', () => {
    const [key] = compared({}, null, '{}:{alertname="NodeDown"}');
    expect(key).toMatch(/^@[0-9a-f]{16}$/);
    expect(compared({ site: 'd26' }, null, '{}:{alertname="NodeDown"}')).toEqual(['site=d26', key]);
    expect(compared({}, null, '{}:{alertname="DiskFull"}')).not.toEqual([key]);
  });

  it('is at most six words', () => {
    expect(compared({}, 'table/one_two_three_four_five_six_seven')).toEqual(['~one', '~two', '~three', '~four', '~five', '~six']);
  });
});

describe('what an alert carries', () => {
  /** A shard that has seen so many alerts, and the next of them. */
  const shard = (series = 0) => {
    const draft = new Draft(new EngineState());
    draft.learned.set(learnedKey.counts, { since: at('09:00'), series, labelIds: 0, tidiedAt: at('09:00') });
    const take = (pairs: readonly string[], isNew = true) => {
      draft.learned.countAlert(isNew, at('10:00'));
      return carriedLabels(draft, pairs, isNew, at('10:00'));
    };
    return { draft, take };
  };
  const shares = (of: readonly { readonly pair: string; readonly share: number }[]) => of.map(({ pair, share }) => [pair, share]);

  it('is counted by the share of all alerts that carry it, this one included', () => {
    const { take } = shard(98);
    expect(shares(take(['site=d26']))).toEqual([['site=d26', 1 / 99]]);
    expect(shares(take(['site=d26']))).toEqual([['site=d26', 2 / 100]]);
    expect(shares(take(['site=d27']))).toEqual([['site=d27', 1 / 101]]);
  });

  it('is everything’s as long as no other alert was seen', () => {
    expect(shares(shard().take(['site=d26']))).toEqual([['site=d26', 1]]);
  });

  it('is counted once for an alert, however often it fires', () => {
    const { take } = shard(98);
    take(['site=d26']);
    expect(shares(take(['site=d26'], false))).toEqual([['site=d26', 1 / 99]]);
  });

  it('is counted anew when it was given up meanwhile', () => {
    const { draft, take } = shard(98);
    take(['site=d26']);
    draft.learned.forget(learnedKey.label('site=d26'));
    expect(shares(take(['site=d26'], false))).toEqual([['site=d26', 1 / 99]]);
  });

  it('has a number each, which stays', () => {
    const { draft, take } = shard(98);
    const [first] = take(['site=d26']);
    const [second] = take(['site=d27']);
    expect(take(['site=d26'])[0]?.id).toBe(first?.id);
    expect(second?.id).not.toBe(first?.id);
    expect(draft.learned.get<LabelValue>(learnedKey.label('site=d26'))).toEqual({ id: first?.id, series: 2, at: at('10:00') });
  });

  it('is answered the rarest first, then as first seen, at most eight', () => {
    const { take } = shard(98);
    take(['a=1', 'b=1', 'c=1']);
    take(['a=1']);
    expect(take(['a=1', 'b=1', 'd=1', 'c=1']).map(({ pair }) => pair)).toEqual(['d=1', 'b=1', 'c=1', 'a=1']);
    expect(take(Array.from({ length: 12 }, (_, i) => `l${i}=v`))).toHaveLength(8);
  });

  it('contradicts what has another value of the same label, and a word never', () => {
    const { take } = shard(98);
    const id = (pair: string) => take([pair])[0]?.id ?? 0;
    const [word, d26, d27, ml] = [id('~billing'), id('site=d26'), id('site=d27'), id('namespace=ml')];
    const own = [carried('~billing', 0.01, word), carried('site=d26', 0.02, d26)];
    expect(strongestShared(own, [word, d27], 0, CONSTANTS)).toBe(null);
    expect(strongestShared(own, [word, ml], 0, CONSTANTS)?.pair).toBe('~billing');
    expect(strongestShared(own, [word, id('~search')], 0, CONSTANTS)?.pair).toBe('~billing');
    expect(strongestShared(own, [word, d26, d27], 0, CONSTANTS)?.pair).toBe('site=d26');
    const grouped = [carried('@00', 0.01, id('@00')), carried('site=d26', 0.02, d26)];
    expect(strongestShared(grouped, [id('@00'), d27], 0, CONSTANTS)?.pair).toBe('@00');
    expect(strongestShared([...own, ...grouped], [word, id('@01')], 0, CONSTANTS)?.pair).toBe('~billing');
  });
});

describe('what an alert shares that says most', () => {
  const own = [carried('~billing', 0.01, 1), carried('site=d26', 0.02, 2), carried('namespace=ml', 0.5, 3)];
  const shared = (...part: readonly number[]) => strongestShared(own, part, 0, CONSTANTS)?.pair ?? null;

  it('is what a common cause makes the most of, against how rare it is: 0.6 / 0.02 of the label, 0.2 / 0.01 of the word', () => {
    expect(shared(1, 2, 3)).toBe('site=d26');
    expect(shared(1, 3)).toBe('~billing');
    expect(shared(3, 2)).toBe('site=d26');
    expect(shared(3)).toBe('namespace=ml');
  });

  it('is none when they share none', () => {
    expect(shared(4)).toBe(null);
    expect(shared()).toBe(null);
    expect(strongestShared([], [1, 2, 3], 0, CONSTANTS)).toBe(null);
  });

  it('is none when that is no rarer than with a common cause: 0.6 of labels, 0.2 of words and groups', () => {
    expect(strongestShared([carried('site=d26', 0.599)], [1], 0, CONSTANTS)?.share).toBe(0.599);
    expect(strongestShared([carried('site=d26', 0.6)], [1], 0, CONSTANTS)).toBe(null);
    expect(strongestShared([carried('~billing', 0.199)], [1], 0, CONSTANTS)?.share).toBe(0.199);
    expect(strongestShared([carried('~billing', 0.2)], [1], 0, CONSTANTS)).toBe(null);
    expect(strongestShared([carried('@00', 0.199)], [1], 0, CONSTANTS)?.share).toBe(0.199);
    expect(strongestShared([carried('@00', 0.2)], [1], 0, CONSTANTS)).toBe(null);
  });

  it('is the group of the sender for three minutes only', () => {
    const groups = [carried('@00', 0.01, 1), carried('namespace=ml', 0.5, 3)];
    expect(strongestShared(groups, [1, 3], 3 * MINUTE, CONSTANTS)?.pair).toBe('@00');
    expect(strongestShared(groups, [1, 3], 3 * MINUTE + 1, CONSTANTS)?.pair).toBe('namespace=ml');
  });

  it('is, where a label contradicts the word, the next label that does not', () => {
    // 1026 is another value of the label of 2.
    expect(shared(1, 1026)).toBe(null);
    expect(shared(1, 1026, 3)).toBe('namespace=ml');
  });
});

describe('a label that names single things', () => {
  it('has no more than a thousand values kept, of which those that are known go on to count', () => {
    const draft = new Draft(new EngineState());
    for (let i = 0; i < 1000; i++) carriedLabels(draft, [`pod=web-${i}`], true, at('10:00'));
    expect(carriedLabels(draft, ['pod=web-1000', 'site=d26'], true, at('10:00')).map(({ pair }) => pair)).toEqual(['site=d26']);
    expect(carriedLabels(draft, ['pod=web-7'], true, at('10:00')).map(({ pair }) => pair)).toEqual(['pod=web-7']);
  });

  it('has room again once old values were given up', () => {
    const draft = new Draft(new EngineState());
    for (let i = 0; i < 1000; i++) carriedLabels(draft, [`pod=web-${i}`], true, at('10:00'));
    tidy(draft, at('+29d 10:00'));
    expect(carriedLabels(draft, ['pod=web-1000'], true, at('+29d 10:00')).map(({ pair }) => pair)).toEqual(['pod=web-1000']);
  });
});
