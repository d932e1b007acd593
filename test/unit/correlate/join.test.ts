import { describe, expect, it } from 'vitest';
import type { Arrival } from '../../../src/correlate/arrival.ts';
import { CONSTANTS } from '../../../src/correlate/constants.ts';
import { findIncident, type JoinView } from '../../../src/correlate/join.ts';
import type { EntityPart, Incident } from '../../../src/model/incident.ts';
import { DAY, HOUR, MINUTE } from '../../../src/model/time.ts';
import { around, arrival, carried } from './arrival.ts';
import { at, edges, incident, part } from './scenario.ts';

/** The ranker runs on gpu-7 and reads the features; search and ads call the ranker; gpu-9 and db-3 are on their own. */
const GRAPH = edges(
  ['model/ranker', 'node/gpu-7'],
  ['model/ranker', 'feature/user_ctr'],
  ['service/search', 'model/ranker'],
  ['service/ads', 'model/ranker'],
  ['kpi/revenue', 'service/search'],
);

function view(incidents: readonly Incident[], given: Partial<JoinView> = {}): JoinView {
  return {
    ...around(GRAPH),
    incidentsOn: (entity) => incidents.filter((candidate) => candidate.parts.some((p) => p.entity === entity)),
    incidentsWith: (label) => incidents.filter((candidate) => candidate.parts.some((p) => p.labels.includes(label))),
    own: null,
    stillOpen: ({ status }) => status !== 'resolved',
    ...given,
  };
}

/** An incident with one part, which fires since 10:00 and by which it is called. */
function on(
  entity: string | null,
  { id = entity ?? 'nothing', status = 'open', ...given }: Partial<EntityPart> & Partial<Pick<Incident, 'id' | 'status'>> = {},
) {
  return incident({ id, status, parts: [part({ entity, ...given })] });
}

const joins = (given: Partial<Arrival>, ...incidents: readonly Incident[]): string | undefined => findIncident(arrival(given), view(incidents))?.incident.id;

describe('an alert joins an incident', () => {
  it.each([
    ['of the same entity', 'node/gpu-7', 'node/gpu-7'],
    ['of what it depends on', 'model/ranker', 'node/gpu-7'],
    ['of what depends on it', 'node/gpu-7', 'model/ranker'],
    ['two steps up', 'service/search', 'node/gpu-7'],
    ['two steps down', 'node/gpu-7', 'service/search'],
    ['three steps down', 'node/gpu-7', 'kpi/revenue'],
    ['of what shares a dependency with it', 'service/ads', 'service/search'],
  ])('%s a minute later', (_case, entity, other) => {
    expect(joins({ entity }, on(other))).toBe(other);
  });

  it('of another part of the system only within a minute', () => {
    expect(joins({ entity: 'node/gpu-7', at: at('10:01') }, on('feature/user_ctr'))).toBe('feature/user_ctr');
    expect(joins({ entity: 'node/gpu-7', at: at('10:02') }, on('feature/user_ctr'))).toBe(undefined);
  });

  it('that is acknowledged like an open one', () => {
    expect(joins({}, on('node/gpu-7', { status: 'acknowledged' }))).toBe('node/gpu-7');
  });

  it('that is over only where that can still be joined', () => {
    const over = on('node/gpu-7', { status: 'resolved' });
    expect(joins({}, over)).toBe(undefined);
    expect(findIncident(arrival(), view([over], { stillOpen: () => true }))?.incident).toBe(over);
  });

  it('that began a little after it', () => {
    expect(joins({ entity: 'model/ranker', at: at('09:59') }, on('node/gpu-7'))).toBe('node/gpu-7');
  });
});

describe('an alert joins none', () => {
  it.each([
    ['of an entity that the graph does not name', { entity: 'node/gpu-9' }],
    ['when it names no entity and shares nothing', { entity: null }],
  ])('%s, not within the same second', (_case, given) => {
    expect(joins({ ...given, at: at('10:00') }, on('node/gpu-7'), on(null), on('model/ranker'))).toBe(undefined);
  });

  it('for a full disk elsewhere in the same minute', () => {
    expect(joins({ entity: 'node/db-3', rule: 'DiskFull' }, on('node/gpu-7'), on('model/ranker'), on('service/search'))).toBe(undefined);
  });

  it('more steps away than are followed', () => {
    const search = arrival({ entity: 'service/search', at: at('10:03') });
    expect(findIncident(search, view([on('node/gpu-7')], { maxHops: 1 }))).toBe(null);
    expect(findIncident(search, view([on('node/gpu-7')], { maxHops: 2 }))).not.toBe(null);
  });

  it('beyond the window', () => {
    const incidents = [on('node/gpu-7')];
    expect(findIncident(arrival({ at: at('10:06') }), view(incidents, { window: 6 * MINUTE }))).not.toBe(null);
    expect(findIncident(arrival({ at: at('10:06') }), view(incidents, { window: 5 * MINUTE }))).toBe(null);
  });

  it('of the same entity where trouble has been stuck for a day', () => {
    expect(joins({ at: at('+1d 10:00') }, on('node/gpu-7'))).toBe(undefined);
    expect(joins({ at: at('+1d 10:00') }, on('node/gpu-7', { lastAt: at('+1d 09:58') }))).toBe('node/gpu-7');
  });

  it.each([
    ['four steps away', { entity: 'kpi/signups' }, 'node/gpu-7'],
    ['of one thing with many users', { entity: 'service/0' }, 'service/1'],
  ])('minutes after an independent fault %s', (_case, given, other) => {
    const shared = Array.from({ length: 12 }, (_, i): [string, string] => [`service/${i}`, 'store/features']);
    const chain = edges(['kpi/signups', 'page/home'], ['page/home', 'service/search'], ['service/search', 'model/ranker'], ['model/ranker', 'node/gpu-7']);
    const loosely = { ...around([...edges(...shared), ...chain]) };
    expect(findIncident(arrival({ ...given, at: at('10:15') }), view([on(other)], loosely))).toBe(null);
  });
});

describe('joining has to be 0.7 sure against chance', () => {
  // A minute later on the same machine an incident draws 0.2025 alerts a minute; three sevenths of that are too many by chance.
  it.each([
    ['just less', 0.0867, 'node/gpu-7'],
    ['just more', 0.0869, undefined],
  ])('an alert that comes %s than 0.0868 times a minute anyway', (_case, perMinute, expected) => {
    expect(joins({ rate: perMinute / MINUTE }, on('node/gpu-7'))).toBe(expected);
  });

  it('so an alert that comes every half hour joins with what is quick and near only', () => {
    const noisy = { rate: 48 / DAY };
    expect(joins({ ...noisy, at: at('10:01') }, on('node/gpu-7'))).toBe('node/gpu-7');
    expect(joins({ ...noisy, at: at('10:04') }, on('node/gpu-7'))).toBe(undefined);
    expect(joins({ ...noisy, entity: 'service/search', at: at('10:01') }, on('node/gpu-7'))).toBe(undefined);
  });

  it('and a noisy alert proves nothing to others either', () => {
    expect(joins({ at: at('10:10') }, on('node/gpu-7'))).toBe('node/gpu-7');
    expect(joins({ at: at('10:10') }, on('node/gpu-7', { rate: 480 / DAY }))).toBe(undefined);
  });
});

describe('among several incidents an alert joins', () => {
  it('that of its own entity rather than a later one of a neighbour', () => {
    expect(joins({ entity: 'model/ranker', domain: 'model', at: at('10:02') }, on('model/ranker'), on('feature/user_ctr', { lastAt: at('10:00:20') }))).toBe(
      'model/ranker',
    );
  });

  it('the nearer one, then the later one, then the older one', () => {
    expect(joins({ entity: 'service/search' }, on('node/gpu-7'), on('model/ranker'))).toBe('model/ranker');
    expect(joins({ entity: 'model/ranker' }, on('node/gpu-7'), on('feature/user_ctr', { lastAt: at('10:00:30') }))).toBe('feature/user_ctr');
    expect(joins({ entity: 'model/ranker' }, on('node/gpu-7', { id: '02' }), on('feature/user_ctr', { id: '01' }))).toBe('01');
  });

  it('that of a rare alert within a minute rather than that of a flapper that is always there', () => {
    const flapper = on('model/ranker', { lastAt: at('10:00:55'), rate: 96 / DAY });
    expect(joins({ entity: 'model/ranker', at: at('10:01') }, flapper, on('node/gpu-7', { lastAt: at('10:00:30') }))).toBe('node/gpu-7');
  });
});

describe('an effect that changes slowly', () => {
  const drift = { entity: 'model/ranker', rule: 'PredictionDrift', domain: 'model', slow: true } as const;
  const late = (given: Partial<EntityPart> = {}) => on('feature/user_ctr', { domain: 'data', ...given });

  it('joins its cause hours later while that fires', () => {
    expect(joins({ ...drift, at: at('13:00') }, late())).toBe('feature/user_ctr');
  });

  it('and also soon after that has ended', () => {
    expect(joins({ ...drift, at: at('13:00') }, late({ firing: 0, endedAt: at('12:50') }))).toBe('feature/user_ctr');
  });

  it('not long after that has ended', () => {
    expect(joins({ ...drift, at: at('13:00') }, late({ firing: 0, endedAt: at('11:00') }))).toBe(undefined);
  });

  it('where a quick effect does not', () => {
    expect(joins({ ...drift, rule: 'LatencyHigh', slow: false, at: at('13:00') }, late())).toBe(undefined);
  });
});

describe('an alert that the graph does not place', () => {
  const labels = (share: number) => [carried('site=d26', share)];

  it('joins by a value of a label that is rare and shared', () => {
    expect(joins({ entity: 'probe/lab', labels: labels(0.02) }, on('node/gpu-7', { labels: [1] }))).toBe('node/gpu-7');
    expect(joins({ entity: null, labels: labels(0.02) }, on(null, { labels: [1] }))).toBe('nothing');
  });

  it('not by another value', () => {
    expect(joins({ entity: 'probe/lab', labels: labels(0.02) }, on('node/gpu-7', { labels: [2] }))).toBe(undefined);
  });

  it('not by one that more than a tenth carry, which is not even looked up', () => {
    expect(joins({ entity: null, labels: labels(0.1) }, on(null, { labels: [1] }))).toBe('nothing');
    expect(joins({ entity: null, labels: labels(0.11) }, on(null, { labels: [1] }))).toBe(undefined);
  });

  it('not hours later', () => {
    expect(joins({ entity: null, labels: labels(0.02), at: at('13:00') }, on(null, { labels: [1] }))).toBe(undefined);
  });
});

describe('the incident that an alert was in last', () => {
  const own = incident({ id: 'own', parts: [part({ entity: 'node/gpu-9', firstAt: at('10:29') })] });
  const back = arrival({ at: at('10:31'), endedAt: at('10:30'), lasted: 30 * MINUTE });

  it('is looked at though nothing else leads there', () => {
    expect(findIncident(back, view([]))).toBe(null);
    expect(findIncident(back, view([], { own }))?.incident).toBe(own);
  });

  it('draws its alert no more than others do once that is long over', () => {
    const later = { ...back, at: back.at + 3 * HOUR };
    expect(findIncident(later, view([], { own }))).toBe(null);
    expect(findIncident({ ...later, entity: 'model/ranker' }, view([on('node/gpu-7', { lastAt: later.at })], { own }))?.incident.id).toBe('node/gpu-7');
  });
});

describe('a joining', () => {
  it('says why', () => {
    const because = findIncident(arrival({ entity: 'service/search' }), view([on('node/gpu-7')]))?.because;
    expect(because?.map(({ kind }) => kind)).toEqual(['topology', 'time', 'chance']);
    expect(because?.at(-1)?.threshold).toBe(Math.round(Math.log(CONSTANTS.certainty / (1 - CONSTANTS.certainty)) * 100) / 100);
  });

  it('looks for a bridge to the second of the incidents that draw it', () => {
    const [ranker, search] = [on('model/ranker'), on('service/search')];
    expect(findIncident(arrival(), view([search, ranker]))).toMatchObject({ incident: ranker, bridge: { incident: search } });
    expect(findIncident(arrival(), view([ranker]))?.bridge).toBe(null);
  });
});
