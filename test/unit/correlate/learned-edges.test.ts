import { describe, expect, it } from 'vitest';
import { ASSOCIATION, type AssociationConstants } from '../../../src/correlate/association-constants.ts';
import { associations, learnedEdges } from '../../../src/correlate/learned-edges.ts';
import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../../../src/model/time.ts';
import { History, poissonTimes, randomOf } from './onset-history.ts';
import { at } from './scenario.ts';

type Onset = readonly [entity: string, at: Instant];

const START = at('00:00');

function played(onsets: readonly Onset[]): History {
  const history = new History();
  for (const [entity, when] of onsets.toSorted((a, b) => a[1] - b[1])) history.note(entity, when, { rule: `of ${entity}` });
  return history;
}

/** Entities that alert on their own account, each at its own steady rate of 0.3 to 1.5 a day. */
function independent(random: () => number, entities: number, days: number): readonly Onset[] {
  return Array.from({ length: entities }, (_, i) =>
    poissonTimes(random, START, START + days * DAY, 0.3 + 1.2 * random()).map((when): Onset => [`node/${i}`, when]),
  ).flat();
}

/** `model/b` alerts some minutes after each alert of `disk/a`, which comes every 31 hours. */
function dependent(times: number, lag: (i: number) => number = (i) => (4 + (i % 3)) * MINUTE): readonly Onset[] {
  return Array.from({ length: times }, (_, i): readonly Onset[] => {
    const began = START + i * 31 * HOUR + 10 * MINUTE;
    return [
      ['disk/a', began],
      ['model/b', began + lag(i)],
    ];
  }).flat();
}

const latest = (onsets: readonly Onset[]): Instant => Math.max(...onsets.map(([, when]) => when));
const edgesOf = (onsets: readonly Onset[], c: AssociationConstants = ASSOCIATION) => learnedEdges(played(onsets), latest(onsets), c);

describe('a dependency', () => {
  it('is learned at the fifth meeting among thirty others, with its evidence', () => {
    const others = independent(randomOf(11), 30, 8);
    const upTo = (times: number): readonly Onset[] => {
      const own = dependent(times);
      return [...own, ...others.filter(([, when]) => when <= latest(own))];
    };
    expect(edgesOf(upTo(4))).toEqual([]);
    const edges = edgesOf(upTo(5));
    expect(edges).toHaveLength(1);
    const [edge] = edges;
    expect(edge).toMatchObject({ from: 'model/b', to: 'disk/a', origin: 'learned', evidence: { days: 5, opposite: 0, level: 0.01, tests: 17 * 16 } });
    // Σ 2^(−31 h · i / 14 d) for i from 0 to 4.
    expect(edge?.evidence.support).toBeCloseTo(4.42, 2);
    expect((edge?.evidence.medianLag ?? 0) / MINUTE).toBeCloseTo(4.76, 1);
    expect(edge?.evidence.lagSpread).toBeCloseTo(1.17, 2);
    expect(edge?.evidence.lift).toBeGreaterThan(20);
    expect(edge?.evidence.pValue).toBeLessThan(0.01 / 272);
    expect(edge?.confidence).toBeCloseTo(0.81, 2);
  });

  it('is no longer one when it has not been seen for long', () => {
    const history = played(dependent(8));
    const last = latest(dependent(8));
    const ends = (now: Instant) => learnedEdges(history, now, ASSOCIATION).map(({ from, to }) => `${from} ⇒ ${to}`);
    expect(ends(last)).toEqual(['model/b ⇒ disk/a']);
    expect(ends(last + 5 * DAY)).toEqual(['model/b ⇒ disk/a']);
    expect(ends(last + 14 * DAY)).toEqual([]);
  });

  it('needs an order: what comes first as often as second shares a cause', () => {
    expect(edgesOf(dependent(12, (i) => (i % 2 === 0 ? 5 : -5) * MINUTE))).toEqual([]);
    expect(edgesOf(dependent(12, () => 0))).toEqual([]);
    const mostly = edgesOf(dependent(12, (i) => (i % 4 === 0 ? -5 : 5) * MINUTE));
    expect(mostly.map(({ from, to }) => `${from} ⇒ ${to}`)).toEqual(['model/b ⇒ disk/a']);
    expect(mostly[0]?.evidence.opposite).toBeGreaterThan(1.9);
    expect(mostly[0]?.confidence).toBeLessThan(0.75);
  });

  it('needs three days, however often the two meet on them', () => {
    const onDays = (days: number): readonly Onset[] =>
      Array.from({ length: days * 8 }, (_, i): readonly Onset[] => {
        const began = START + Math.floor(i / 8) * 3 * DAY + (i % 8) * 3 * HOUR;
        return [
          ['disk/a', began],
          ['model/b', began + 5 * MINUTE],
        ];
      }).flat();
    expect(edgesOf(onDays(2))).toEqual([]);
    expect(edgesOf(onDays(3))).toHaveLength(1);
  });

  it('is one of at most so many, the least likely by chance first, in the order of their names', () => {
    const second: readonly Onset[] = dependent(8).flatMap(([entity, when]): readonly Onset[] => [[entity === 'disk/a' ? 'disk/c' : 'kpi/d', when + 13 * HOUR]]);
    const all = [...dependent(12), ...second];
    expect(edgesOf(all).map(({ from, to }) => `${from} ⇒ ${to}`)).toEqual(['kpi/d ⇒ disk/c', 'model/b ⇒ disk/a']);
    expect(edgesOf(all, { ...ASSOCIATION, mostEdges: 1 }).map(({ from }) => from)).toEqual(['model/b']);
  });

  it('is learned whatever order the records come in', () => {
    const onsets = [...dependent(10), ...independent(randomOf(5), 20, 12)];
    const history = played(onsets);
    const turned = { totals: new Map([...history.totals].reverse()), pairs: new Map([...history.pairs].reverse()) };
    const now = latest(onsets);
    expect(learnedEdges(turned, now, ASSOCIATION)).toEqual(learnedEdges(history, now, ASSOCIATION));
    expect(learnedEdges(history, now, ASSOCIATION).length).toBeGreaterThan(0);
  });
});

describe('rules', () => {
  it('are tested like entities, and apart from them', () => {
    const onsets = dependent(8);
    const found = associations('rule', played(onsets), latest(onsets), ASSOCIATION);
    expect(found.map(({ first, second }) => [first, second])).toEqual([['of disk/a', 'of model/b']]);
    expect(found[0]?.evidence.tests).toBe(2);
  });
});

describe('what is independent', () => {
  /** The share of draws in which anything is discovered, even without a least lift and a least number of days. */
  const falseDiscoveries = (draws: number, draw: (random: () => number) => readonly Onset[]): number => {
    const c = { ...ASSOCIATION, leastLift: 0, leastDays: 0 };
    let wrong = 0;
    for (let seed = 1; seed <= draws; seed++) {
      const onsets = draw(randomOf(seed));
      if (associations('entity', played(onsets), latest(onsets), c).length > 0) wrong += 1;
    }
    return wrong / draws;
  };

  it('is taken for associated in at most one draw of a hundred', () => {
    expect(falseDiscoveries(200, (random) => independent(random, 20, 6))).toBeLessThanOrEqual(0.01);
  });

  it('nor does the hour of the day make it so: jobs that fail in the same nights', () => {
    const nightly = (random: () => number): readonly Onset[] =>
      Array.from({ length: 15 }, (_, i) => {
        const hour = HOUR + Math.floor(random() * 3 * HOUR);
        return Array.from(
          { length: 14 },
          (_day, day): Onset => [`job/${i}`, START + day * DAY + hour + Math.floor((random() * 20 * MINUTE) / SECOND) * SECOND],
        ).filter(() => random() < 0.8);
      }).flat();
    expect(falseDiscoveries(100, nightly)).toBeLessThanOrEqual(0.01);
  });

  it('nor do working hours', () => {
    const office = (random: () => number): readonly Onset[] =>
      Array.from({ length: 15 }, (_, i) =>
        Array.from({ length: 14 }, (_day, day) => poissonTimes(random, START + day * DAY + 9 * HOUR, START + day * DAY + 17 * HOUR, 3))
          .flat()
          .map((when): Onset => [`model/${i}`, when]),
      ).flat();
    expect(falseDiscoveries(50, office)).toBeLessThanOrEqual(0.02);
  });

  it('stays so beside what is not', () => {
    let found = 0;
    let wrong = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const edges = edgesOf([...dependent(10), ...independent(randomOf(seed), 20, 12)]);
      found += edges.filter(({ from, to }) => from === 'model/b' && to === 'disk/a').length;
      wrong += edges.filter(({ from, to }) => from !== 'model/b' || to !== 'disk/a').length;
    }
    expect(found).toBe(40);
    expect(wrong).toBeLessThanOrEqual(1);
  });
});
