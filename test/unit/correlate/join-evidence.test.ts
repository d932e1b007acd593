import { describe, expect, it } from 'vitest';
import { affinityOf } from '../../../src/correlate/affinity.ts';
import type { Arrival } from '../../../src/correlate/arrival.ts';
import { CONSTANTS } from '../../../src/correlate/constants.ts';
import { evidenceOf } from '../../../src/correlate/join-evidence.ts';
import type { Evidence } from '../../../src/model/evidence.ts';
import type { EntityPart, Incident } from '../../../src/model/incident.ts';
import { DAY, MINUTE } from '../../../src/model/time.ts';
import { around, arrival, carried } from './arrival.ts';
import { at, edges, incident, part } from './scenario.ts';

const GRAPH = edges(['model/ranker', 'node/gpu-7'], ['model/ranker', 'feature/user_ctr'], ['service/search', 'model/ranker'], ['service/ads', 'model/ranker']);

interface Told {
  readonly evidence: readonly Evidence[];
  /** The log of the odds λ/μ that it is about. */
  readonly odds: number;
}

function told(given: Partial<Arrival>, parts: readonly Partial<EntityPart>[] = [{}], of: Partial<Incident> = {}, isOwn = false): Told {
  const alert = arrival(given);
  const affinity = affinityOf(alert, incident({ parts: parts.map(part), ...of }), isOwn, around(GRAPH));
  return { evidence: evidenceOf(alert, affinity, CONSTANTS), odds: Math.log(affinity.rate / alert.rate) };
}

const kinds = ({ evidence }: Told) => evidence.map(({ kind }) => kind);
const words = (kind: string, { evidence }: Told) => evidence.find((e) => e.kind === kind)?.summary;

const BACK: Partial<Arrival> = { at: at('10:31'), endedAt: at('10:30'), lasted: 30 * MINUTE };
/** Four rules that fire on the machine. */
const MANY = ['NodeDown', 'FanBroken', 'Hot', 'Slow'].map((rule) => ({ rule }));
const ELSEWHERE: Partial<EntityPart> = { entity: 'node/gpu-9', firstAt: at('10:29') };

describe('what speaks for a joining and against it adds up to the log of the odds', () => {
  it.each<[string, readonly string[], Told]>([
    ['by a relation', ['topology', 'time', 'chance'], told({ entity: 'service/search' })],
    ['by the same entity', ['same-entity', 'time', 'chance'], told({ at: at('10:03:20') })],
    ['by a noisy alert', ['same-entity', 'time', 'noise', 'chance'], told({}, [{ rate: 27 / DAY }])],
    ['by several parts', ['same-entity', 'time', 'incident', 'chance'], told({}, MANY)],
    [
      'by several noisy ones',
      ['same-entity', 'time', 'noise', 'incident', 'chance'],
      told(
        {},
        MANY.map((of) => ({ ...of, rate: 27 / DAY })),
      ),
    ],
    ['by what has ended', ['same-entity', 'time', 'chance'], told({}, [{ firing: 0, endedAt: at('10:00:10') }])],
    ['by a label', ['labels', 'time', 'chance'], told({ entity: null, labels: [carried('site=d26', 0.02)] }, [{ labels: [1] }])],
    ['by coming back', ['fired-again', 'chance'], told(BACK, [ELSEWHERE], {}, true)],
    ['by coming back rather than by the graph', ['fired-again', 'chance'], told(BACK, [{ firstAt: at('09:00') }, ELSEWHERE], {}, true)],
    ['by the graph rather than by coming back', ['same-entity', 'time', 'incident', 'chance'], told(BACK, [{ firstAt: at('10:30') }, ELSEWHERE], {}, true)],
  ])('%s', (_case, expected, of) => {
    expect(kinds(of)).toEqual(expected);
    const sum = of.evidence.reduce((total, { value = Number.NaN }) => total + value, 0);
    // Each value is rounded to two places; what all else adds or takes is left out below a fifth.
    expect(Math.abs(sum - of.odds)).toBeLessThan(0.005 * expected.length + (expected.includes('incident') ? 0 : Math.log(1 / 0.8)));
  });

  it('to two places', () => {
    expect(told({}).evidence).toEqual([
      // ln 0.9
      { kind: 'same-entity', summary: 'node/gpu-7 has alerts here', value: -0.11 },
      // ln 360, as a quarter a minute is 360 a day
      { kind: 'time', summary: 'began 1 min after the latest alert on node/gpu-7', value: 5.89 },
      // ln 6, held against ln (0.7 / 0.3)
      { kind: 'chance', summary: 'fires once in 6 days anyway: odds of 1700 to 1 that it belongs here', value: 1.79, threshold: 0.85 },
    ]);
  });
});

describe('what relates an alert to an incident, in words', () => {
  it.each([
    ['model/ranker', 'node/gpu-7', 'model/ranker depends on node/gpu-7 (1 step), which has alerts here'],
    ['service/search', 'node/gpu-7', 'service/search depends on node/gpu-7 (2 steps), which has alerts here'],
    ['node/gpu-7', 'model/ranker', 'model/ranker, which has alerts here, depends on node/gpu-7 (1 step)'],
    ['service/ads', 'service/search', 'service/ads and service/search, which has alerts here, depend on the same thing (2 steps)'],
    ['node/gpu-7', 'feature/user_ctr', 'node/gpu-7 and feature/user_ctr, which has alerts here, hang together (2 steps)'],
  ])('%s and %s', (entity, other, summary) => {
    expect(words('topology', told({ entity }, [{ entity: other }]))).toBe(summary);
  });

  it.each([
    ['site=d26', 0.0234, 'labels', 'shares site=d26 with node/gpu-7, as 2.3 % of all alerts do'],
    ['@0011223344556677', 0.02, 'group-key', "came in one group of the sender's with node/gpu-7, as 2 % of all alerts do"],
    ['site=d26', 0.0001, 'labels', 'shares site=d26 with node/gpu-7, as 0.1 % of all alerts do'],
    ['~billing', 0.05, 'words', 'its name has the word billing in common with node/gpu-7, as 5 % of all alerts do'],
  ])('%s, which a share of %f carry', (pair, share, kind, summary) => {
    expect(words(kind, told({ entity: null, labels: [carried(pair, share)] }, [{ labels: [1] }]))).toBe(summary);
  });

  it('an alert without an entity is called by its rule, and one without that not at all', () => {
    const shared = { entity: null, labels: [carried('site=d26', 0.02)] };
    const named = told(shared, [{ entity: null, labels: [1] }]);
    expect(words('labels', named)).toBe('shares site=d26 with NodeDown, as 2 % of all alerts do');
    expect(words('time', named)).toBe('began 1 min after the latest alert on NodeDown');
    const nameless = told(shared, [{ entity: null, rule: '', labels: [1] }]);
    expect(words('labels', nameless)).toBe('shares site=d26 with an alert, as 2 % of all alerts do');
  });
});

describe('when it began, in words', () => {
  it.each<[string, string, Partial<EntityPart>]>([
    ['began 1 min 30 s after the latest alert on node/gpu-7', '10:01:30', {}],
    ['began 20 s before the latest alert on node/gpu-7', '09:59:40', {}],
    ['began with the latest alert on node/gpu-7', '10:00', {}],
    ['began 1 min after the latest alert on node/gpu-7, which has ended', '10:01', { firing: 0, endedAt: at('10:00:30') }],
    ['began 1 min after the latest alert on node/gpu-7', '10:01', { firing: 0, endedAt: at('10:00:50') }],
  ])('%s', (summary, time, of) => {
    expect(words('time', told({ at: at(time) }, [of]))).toBe(summary);
  });
});

describe('how often it comes anyway, in words', () => {
  it.each([
    ['once in 6 days', 1 / 6],
    ['once in 1 day', 0.9],
    ['2.5 times a day', 2.52],
    ['10 times a day', 9.6],
    ['48 times a day', 48],
  ])('%s', (often, perDay) => {
    expect(words('chance', told({ rate: perDay / DAY }))).toMatch(new RegExp(`^fires ${often} anyway: odds of `));
  });

  it('is told of the other alert once it takes a tenth of what that says', () => {
    expect(words('noise', told({}, [{ rate: 27 / DAY }]))).toBe('NodeDown there fires 27 times a day anyway');
    expect(words('noise', told({}, [{ rate: 0.3 / DAY }]))).toBe(undefined);
  });

  it('tells the odds to two digits', () => {
    expect(words('chance', told({ rate: 0.2025 / 8.4 / MINUTE }))).toBe('fires 35 times a day anyway: odds of 8.4 to 1 that it belongs here');
  });
});

it('what brings an alert back into its own incident, in words', () => {
  expect(words('fired-again', told(BACK, [ELSEWHERE], {}, true))).toBe('came back soon after it ended');
});

it('what else the incident holds is told once it makes a fifth more', () => {
  expect(words('incident', told({}, MANY.slice(0, 2)))).toBe(undefined);
  expect(words('incident', told({}, MANY))).toBe('all else that the incident holds');
});
