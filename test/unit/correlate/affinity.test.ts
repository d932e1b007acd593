import { describe, expect, it } from 'vitest';
import { affinityOf, lagDensity, type Pull, rateOfPull } from '../../../src/correlate/affinity.ts';
import type { Arrival } from '../../../src/correlate/arrival.ts';
import { rarity } from '../../../src/correlate/chance.ts';
import { CONSTANTS } from '../../../src/correlate/constants.ts';
import type { EntityPart, RootCause } from '../../../src/model/incident.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/model/time.ts';
import type { Edge } from '../../../src/model/topology.ts';
import { around, arrival, carried } from './arrival.ts';
import { at, edges, incident, part } from './scenario.ts';

/** Revenue comes by search, which calls the ranker, which runs on gpu-7 and reads the features; ads calls the ranker too. */
const STACK = edges(
  ['model/ranker', 'node/gpu-7'],
  ['model/ranker', 'feature/user_ctr'],
  ['service/search', 'model/ranker'],
  ['service/ads', 'model/ranker'],
  ['kpi/revenue', 'service/search'],
);

/** What draws an alert to an incident of one part. */
function pullOf(given: Partial<Arrival>, of: Partial<EntityPart>, graph: readonly Edge[] = STACK): Pull | null {
  return affinityOf(arrival(given), incident({ parts: [part(of)] }), false, around(graph)).pull;
}

const strength = (entity: string, of: string, graph: readonly Edge[] = STACK): number | undefined => pullOf({ entity }, { entity: of }, graph)?.strength;

describe('how likely trouble of one entity makes an alert on another', () => {
  it.each([
    ['the same entity: nine times in ten', 'node/gpu-7', 'node/gpu-7', 0.9],
    ['upstream, what it depends on', 'model/ranker', 'node/gpu-7', 0.7],
    ['upstream, two steps away: 0.7 · 0.35', 'service/search', 'node/gpu-7', 0.245],
    ['upstream, three steps away: 0.7 · 0.35²', 'kpi/revenue', 'node/gpu-7', 0.08575],
    ['downstream, what depends on it: less often', 'node/gpu-7', 'model/ranker', 0.5],
    ['downstream, two steps away: 0.5 · 0.35', 'node/gpu-7', 'service/search', 0.175],
    ['hanging together in another way, two steps away: 0.4 · 0.6', 'node/gpu-7', 'feature/user_ctr', 0.24],
  ])('%s', (_case, entity, other, expected) => {
    expect(strength(entity, other)).toBeCloseTo(expected, 10);
  });

  it('not at all where the graph knows no way between the two', () => {
    expect(pullOf({ entity: 'node/gpu-9' }, { entity: 'node/gpu-7' })).toBe(null);
    expect(affinityOf(arrival({ entity: 'node/gpu-9' }), incident({ parts: [part()] }), false, around(STACK)).rate).toBe(0);
  });

  it('not at all where one of the two is about no entity', () => {
    expect(pullOf({ entity: null }, {})).toBe(null);
    expect(pullOf({}, { entity: null })).toBe(null);
    expect(pullOf({ entity: null }, { entity: null })).toBe(null);
  });
});

describe('an edge that is not sure', () => {
  const unsure = (from: string, to: string, confidence: number): Edge => ({ from, to, origin: 'learned', confidence });

  it.each([
    ['upstream, 0.7 · 0.6', 'model/ranker', 'node/gpu-7', 0.42],
    ['downstream, 0.5 · 0.6', 'node/gpu-7', 'model/ranker', 0.3],
    ['over two of them, 0.7 · 0.35 · 0.6 · 0.5', 'service/search', 'node/gpu-7', 0.0735],
    ['beside, by 0.25 / 2² · 0.6', 'model/ranker', 'model/reader', 0.0375],
    ['in another way, by 0.4 · 0.6 for the step and 0.6', 'node/gpu-7', 'feature/user_ctr', 0.144],
  ])('counts by how sure it is: %s', (_case, entity, other, expected) => {
    const sure = edges(['model/reader', 'node/gpu-7'], ['model/ranker', 'feature/user_ctr']);
    const graph = [...sure, unsure('model/ranker', 'node/gpu-7', 0.6), unsure('service/search', 'model/ranker', 0.5)];
    // Within two steps only the ranker and the reader are beside each other below gpu-7.
    const near = { ...around(graph), maxHops: 2 };
    const alert = arrival({ entity });
    expect(affinityOf(alert, incident({ parts: [part({ entity: other })] }), false, near).pull?.strength).toBeCloseTo(expected, 10);
  });
});

describe('a common upstream that stays silent', () => {
  const fan = (count: number) => Array.from({ length: count }, (_, i): [string, string] => [`service/${i}`, 'store/features']);

  it.each([
    [2, 0.0625],
    [5, 0.01],
    [10, 0.0025],
  ])('of %i makes two of them alert together with a likelihood of 0.25 through the square of that', (count, expected) => {
    expect(strength('service/0', 'service/1', edges(...fan(count)))).toBeCloseTo(expected, 10);
  });

  it('further away says less: 0.25 through 3², for the step more 0.35 of that', () => {
    // Below the store stand the API and both of its callers.
    const graph = edges(['api/read', 'store/features'], ['service/0', 'api/read'], ['service/1', 'store/features']);
    expect(strength('service/0', 'service/1', graph)).toBeCloseTo((0.25 * 0.35) / 9, 10);
  });

  it('is asked for, where they share several, of the one with the fewest below it', () => {
    expect(strength('service/0', 'service/1', edges(...fan(10), ['service/0', 'rack/4'], ['service/1', 'rack/4']))).toBeCloseTo(0.0625, 10);
  });
});

describe('any other way through the graph', () => {
  const feature = (time: string, resolution = 0) => pullOf({ at: at(time), resolution }, { entity: 'feature/user_ctr' })?.strength;

  it('says something within a minute only', () => {
    expect(feature('10:01')).toBeCloseTo(0.24, 10);
    expect(feature('10:01:01')).toBe(undefined);
  });

  it('or within 1.2 times the resolution of a rule that sees time more coarsely', () => {
    expect(feature('10:06', 5 * MINUTE)).toBeCloseTo(0.24, 10);
    expect(feature('10:06:01', 5 * MINUTE)).toBe(undefined);
  });
});

describe('what sort of trouble makes which', () => {
  const upstream = (own: Partial<Arrival>, of: Partial<EntityPart>) => pullOf({ entity: 'model/ranker', ...own }, { entity: 'node/gpu-7', ...of })?.strength;

  it.each<[string, number, Partial<Arrival>, Partial<EntityPart>]>([
    ['a full disk hardly makes predictions drift: 0.7 · 0.2', 0.14, { domain: 'model', slow: true }, { domain: 'infra' }],
    ['a late table makes them drift', 0.7, { domain: 'model', slow: true }, { domain: 'data' }],
    ['a dead machine makes a service slow', 0.7, { domain: 'application' }, { domain: 'infra' }],
    ['a service makes no machine fail: 0.7 · 0.2', 0.14, { domain: 'infra' }, { domain: 'application' }],
    ['of an unknown domain nothing is said', 0.7, { domain: 'infra' }, { domain: 'unknown' }],
  ])('%s', (_case, expected, own, of) => {
    expect(upstream(own, of)).toBeCloseTo(expected, 10);
  });

  it('is asked from the cause to the effect, whichever came first', () => {
    expect(pullOf({ domain: 'infra' }, { entity: 'model/ranker', domain: 'model', slow: true })?.strength).toBeCloseTo(0.5 * 0.2, 10);
  });
});

describe('the lag', () => {
  it('has a density with the usual lag as its median', () => {
    expect(lagDensity(0, MINUTE)).toBeCloseTo(1 / MINUTE, 12);
    expect(lagDensity(MINUTE, MINUTE)).toBeCloseTo(1 / (4 * MINUTE), 12);
    expect(lagDensity(9 * MINUTE, MINUTE)).toBeCloseTo(1 / (100 * MINUTE), 12);
    let half = 0;
    for (let lag = 0; lag < MINUTE; lag += SECOND) half += lagDensity(lag + SECOND / 2, MINUTE) * SECOND;
    expect(half).toBeCloseTo(0.5, 4);
  });

  const usual = (own: Partial<Arrival>, of: Partial<EntityPart>): number => Math.round(1 / (pullOf({ at: at('10:00'), ...own }, of)?.density ?? 0));

  it.each<[string, number, Partial<Arrival>, Partial<EntityPart>]>([
    ['from machine to machine a minute', MINUTE, {}, {}],
    ['to a model 90 s', 90 * SECOND, { entity: 'model/ranker', domain: 'model' }, {}],
    ['to a table 8 min', 8 * MINUTE, { entity: 'model/ranker', domain: 'data' }, {}],
    ['to a business figure 40 min when that changes slowly', 40 * MINUTE, { entity: 'model/ranker', domain: 'business', slow: true }, {}],
    ['that of the effect, though its cause is slower', 90 * SECOND, { entity: 'model/ranker', domain: 'model' }, { domain: 'data' }],
    ['that of the effect, though it came first and its cause is slower', 90 * SECOND, { domain: 'data' }, { entity: 'model/ranker', domain: 'model' }],
    ['that of the effect, also when that came first', 40 * MINUTE, {}, { entity: 'model/ranker', domain: 'model', slow: true }],
    ['over two steps √2 times as long', Math.round(90 * SECOND * Math.SQRT2), { entity: 'service/search', domain: 'application' }, {}],
    ['the longer of both where neither is upstream', Math.round(8 * MINUTE * Math.SQRT2), {}, { entity: 'feature/user_ctr', domain: 'data' }],
    ['never less than half of what the rule can tell apart', 150 * SECOND, { resolution: 5 * MINUTE }, {}],
    ['nor than half of what the other rule can', 150 * SECOND, {}, { resolution: 5 * MINUTE }],
  ])('is held against what is usual: %s', (_case, expected, own, of) => {
    expect(usual(own, of)).toBe(expected);
  });

  it('is held against what was learned of the two rules instead, where anything was', () => {
    const learned = (first: string, second: string) => (first === 'NodeDown' && second === 'DiskFull' ? 10 * MINUTE : null);
    const draws = (rule: string) =>
      affinityOf(arrival({ rule, at: at('10:00') }), incident({ parts: [part()] }), false, { ...around(), learnedLag: learned }).pull?.density;
    expect(draws('DiskFull')).toBeCloseTo(1 / (10 * MINUTE), 12);
    expect(draws('FanBroken')).toBeCloseTo(1 / MINUTE, 12);
  });

  it('is the same before and after', () => {
    expect(pullOf({ at: at('09:57') }, {})?.density).toBe(pullOf({ at: at('10:03') }, {})?.density);
  });

  it('beyond the window draws nothing', () => {
    expect(pullOf({ at: at('16:00') }, {})).not.toBe(null);
    expect(pullOf({ at: at('16:00:01') }, {})).toBe(null);
  });
});

describe('trouble that', () => {
  const activity = (time: string, of: Partial<EntityPart>) => pullOf({ at: at(time) }, of)?.activity;

  it('fires is wholly there, however often it ended before', () => {
    expect(activity('11:00', { firing: 1, endedAt: at('10:10') })).toBe(1);
  });

  it('ended is half over after a third of the usual lag, 19.8 s on a machine', () => {
    const over = { firing: 0, endedAt: at('10:02') };
    expect(activity('10:02', over)).toBe(1);
    expect(activity('10:02:19.8', over)).toBeCloseTo(0.5, 10);
    expect(activity('10:02:39.6', over)).toBeCloseTo(0.25, 10);
  });

  it('ended while the alert had begun already was there', () => {
    expect(activity('10:01', { firing: 0, endedAt: at('10:05') })).toBe(1);
  });

  it('changes slowly is over slowly, by half in 13 min 12 s', () => {
    const over = { domain: 'model', slow: true, firing: 0, endedAt: at('10:02') } as const;
    expect(pullOf({ domain: 'model', slow: true, at: at('10:15:12') }, over)?.activity).toBeCloseTo(0.5, 10);
  });
});

describe('a noisy alert', () => {
  it.each([
    ['never by chance', 0, 1],
    ['once in six days', 1 / (6 * DAY), 18 / 19],
    ['three times a day', 3 / DAY, 0.5],
    ['27 times a day', 27 / DAY, 0.1],
  ])('glues nothing: one that comes %s counts as it should', (_case, rate, expected) => {
    expect(rarity(rate, CONSTANTS)).toBeCloseTo(expected, 12);
    expect(pullOf({}, { rate })?.weight).toBeCloseTo(expected, 12);
  });
});

describe('what two alerts share', () => {
  const shares = (pair: string, share: number) => pullOf({ entity: null, labels: [carried(pair, share)] }, { entity: null, labels: [1] });

  it.each([
    ['a rare value of a label says much, at most as much as a common upstream', 'site=d26', 0.005, 0.25],
    ['a value that a tenth carry says little: 0.004 · 0.6 / 0.1', 'site=d26', 0.1, 0.024],
    ['a value that half carry says hardly anything', 'site=d26', 0.5, 0.0048],
    ['a word of a name says least: 0.004 · 0.2 / 0.01', '~billing', 0.01, 0.08],
    ['a word that a tenth carry', '~billing', 0.1, 0.008],
  ])('%s', (_case, pair, share, expected) => {
    const pull = shares(pair, share);
    expect(pull?.strength).toBeCloseTo(expected, 12);
    expect(pull).toMatchObject({ relation: null, label: { pair } });
  });

  it('says nothing when most carry it, be it a value or a word', () => {
    expect(shares('site=d26', 1)).toBe(null);
    expect(shares('site=d26', 0.6)).toBe(null);
    expect(shares('~billing', 0.2)).toBe(null);
  });

  it('says nothing by a word when their labels contradict each other', () => {
    // Numbers that are 1024 apart are of values of one label.
    const labels = [carried('~billing', 0.01, 7), carried('site=d26', 0.01, 1)];
    expect(pullOf({ entity: null, labels }, { entity: null, labels: [7] })).not.toBe(null);
    expect(pullOf({ entity: null, labels }, { entity: null, labels: [7, 1025] })).toBe(null);
  });

  it('counts instead of the graph where it says more, and never beside it', () => {
    const labels = [carried('site=d26', 0.005)];
    expect(pullOf({ labels }, { labels: [1] })).toMatchObject({ strength: 0.9, relation: { kind: 'same' }, label: null });
    expect(pullOf({ entity: 'kpi/revenue', labels }, { labels: [1] })).toMatchObject({ strength: 0.25, relation: null, label: { pair: 'site=d26' } });
  });
});

describe('an incident', () => {
  const rate = (parts: readonly EntityPart[], given: Partial<Arrival> = {}) =>
    affinityOf(arrival(given), incident({ parts }), false, around(STACK)).rate * MINUTE;

  it('draws by its nearest part, as one product', () => {
    const pull = pullOf({}, {});
    // On the same machine a minute later: 0.9 · ¼ a minute · 1 · 18/19.
    expect(pull).toMatchObject({ strength: 0.9, density: 1 / (4 * MINUTE), activity: 1, weight: 18 / 19 });
    expect(pull === null ? 0 : rateOfPull(pull) * MINUTE).toBeCloseTo((0.9 / 4) * (18 / 19), 12);
    // Members weigh 0.95 against the causes, and there are none.
    expect(rate([part()])).toBeCloseTo(0.2025, 12);
  });

  it('draws by its other parts with a fifth of what they draw', () => {
    const later = part({ rule: 'FanBroken', firstAt: at('10:00') });
    expect(rate([part(), later])).toBeCloseTo(0.2025 * 1.2, 12);
    expect(affinityOf(arrival(), incident({ parts: [part({ firstAt: at('09:00') }), later] }), false, around()).pull?.part).toBe(later);
  });

  it('draws nothing when nothing is in it', () => {
    expect(affinityOf(arrival(), incident(), false, around(STACK))).toEqual({ rate: 0, again: 0, pull: null });
  });
});

describe('the likely causes of an incident', () => {
  const cause = (given: Partial<RootCause> = {}): RootCause => ({
    rank: 1,
    score: 0.8,
    entity: 'node/gpu-7',
    fingerprint: null,
    changeId: null,
    evidence: [],
    ...given,
  });
  const ranker = arrival({ entity: 'model/ranker', domain: 'model', at: at('10:00') });
  const rate = (given: Parameters<typeof incident>[0]) => affinityOf(ranker, incident(given), false, around(STACK)).rate * MINUTE;

  it('draw what depends on them, silent ones too, with a weight of 0.05', () => {
    // One 90 s is two thirds a minute.
    expect(rate({ rootCauses: [cause()] })).toBeCloseTo(0.05 * 0.8 * 0.7 * (2 / 3), 12);
    expect(rate({ rootCauses: [cause(), cause({ entity: 'feature/user_ctr', score: 0.2 })] })).toBeCloseTo(0.05 * 1 * 0.7 * (2 / 3), 12);
  });

  it('draw nothing that the graph does not relate to them, nor beyond the window', () => {
    expect(rate({ rootCauses: [cause({ entity: 'node/gpu-9' })] })).toBe(0);
    expect(rate({ rootCauses: [cause()], openedAt: at('10:00') - 6 * HOUR - SECOND })).toBe(0);
  });

  it('draw nothing more once nothing fires', () => {
    expect(rate({ rootCauses: [cause()], firingCount: 0 })).toBe(0);
  });

  it('that alert draw from their own first alert on, beside being members', () => {
    const parts = [part({ firstAt: at('09:58:30') })];
    const member = 0.7 * (2 / 3 / 4) * (18 / 19);
    const asCause = 0.8 * 0.7 * (2 / 3 / 4);
    expect(rate({ parts, rootCauses: [cause()] })).toBeCloseTo(0.95 * member + 0.05 * asCause, 12);
  });
});

describe('its own incident', () => {
  it('draws an alert that ended there and comes back', () => {
    const back = arrival({ at: at('10:30'), endedAt: at('10:30'), lasted: 30 * MINUTE });
    // ½ in 1.5 min, 0.05 of the half hour that it fired, for an alert that is 18/19 rare.
    const again = (0.5 / 1.5) * (18 / 19);
    const own = affinityOf(back, incident(), true, around());
    expect(own.again * MINUTE).toBeCloseTo(again, 12);
    expect(own.rate * MINUTE).toBeCloseTo(again, 12);
    expect(affinityOf(back, incident(), false, around())).toEqual({ rate: 0, again: 0, pull: null });
  });

  it('draws it by its parts beside that', () => {
    const back = arrival({ at: at('10:30'), endedAt: at('10:30'), lasted: 30 * MINUTE });
    const held = incident({ parts: [part({ firstAt: at('10:29') })] });
    expect(affinityOf(back, held, true, around()).rate * MINUTE).toBeCloseTo(0.2025 + (0.5 / 1.5) * (18 / 19), 12);
  });
});
