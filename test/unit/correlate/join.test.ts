import { describe, expect, it } from 'vitest';
import { findIncident, type JoinView } from '../../../src/correlate/join.ts';
import type { Incident } from '../../../src/model/incident.ts';
import { MINUTE } from '../../../src/model/time.ts';
import { Topology } from '../../../src/model/topology.ts';
import { at, edges, incident, part } from './scenario.ts';

/** The ranker runs on gpu-7 and reads the features; search and ads call the ranker; gpu-9 is on its own. */
const GRAPH = edges(
  ['model/ranker', 'node/gpu-7'],
  ['model/ranker', 'feature/user_ctr'],
  ['service/search', 'model/ranker'],
  ['service/ads', 'model/ranker'],
  ['kpi/revenue', 'service/search'],
);

function view(...incidents: readonly Incident[]): JoinView {
  return {
    incidentsOn: (entity) => incidents.filter((candidate) => candidate.parts.some((p) => p.entity === entity)),
    topology: new Topology(GRAPH),
    policy: { window: 15 * MINUTE, maxHops: 2, reopenWithin: 15 * MINUTE },
  };
}

/** An incident with one entity whose last onset was at a time of day. */
function on(entity: string, given: { id?: string; lastAt?: string; firing?: number; status?: Incident['status'] } = {}): Incident {
  const { id = entity, lastAt = '10:00', firing = 1, status = 'open' } = given;
  return incident({ id, status, parts: [part({ entity, lastAt: at(lastAt), firing })] });
}

const joins = (entity: string | null, time: string, ...incidents: readonly Incident[]): string | undefined =>
  findIncident({ entity, at: at(time) }, view(...incidents))?.incident.id;

describe('an alert joins an incident of its own entity', () => {
  it('while an alert there fires, however long ago it began', () => {
    expect(joins('node/gpu-7', '23:00', on('node/gpu-7'))).toBe('node/gpu-7');
  });

  it('within the window after the last onset, when none fires any more', () => {
    expect(joins('node/gpu-7', '10:15', on('node/gpu-7', { firing: 0 }))).toBe('node/gpu-7');
    expect(joins('node/gpu-7', '10:15:01', on('node/gpu-7', { firing: 0 }))).toBe(undefined);
  });

  it('rather than one of a neighbour with a later onset', () => {
    expect(joins('model/ranker', '10:05', on('model/ranker'), on('node/gpu-7', { lastAt: '10:04' }))).toBe('model/ranker');
  });

  it('and says so', () => {
    expect(findIncident({ entity: 'node/gpu-7', at: at('10:01') }, view(on('node/gpu-7')))?.because).toEqual([
      { kind: 'same-entity', summary: 'node/gpu-7 has 1 firing alert here', value: 1 },
    ]);
  });
});

describe('an alert joins an incident nearby', () => {
  it.each([
    ['of what it depends on', 'model/ranker', 'node/gpu-7'],
    ['of what depends on it', 'node/gpu-7', 'model/ranker'],
    ['two steps up', 'service/search', 'node/gpu-7'],
    ['two steps down', 'node/gpu-7', 'service/search'],
    ['that shares what it depends on', 'service/ads', 'service/search'],
  ])('%s', (_case, entity, other) => {
    expect(joins(entity, '10:05', on(other))).toBe(other);
  });

  it.each([
    ['more steps away than max_hops', 'kpi/revenue', 'node/gpu-7'],
    ['that only feeds the same thing', 'node/gpu-7', 'feature/user_ctr'],
    ['that the graph does not name', 'node/gpu-9', 'node/gpu-7'],
  ])('but none %s', (_case, entity, other) => {
    expect(joins(entity, '10:05', on(other))).toBe(undefined);
  });

  it('only within the window after the last onset there, even while it fires', () => {
    expect(joins('model/ranker', '10:15', on('node/gpu-7'))).toBe('node/gpu-7');
    expect(joins('model/ranker', '10:15:01', on('node/gpu-7'))).toBe(undefined);
  });

  it('the nearest first, then the latest onset, then the older incident', () => {
    expect(joins('service/search', '10:05', on('node/gpu-7', { lastAt: '10:04' }), on('model/ranker'))).toBe('model/ranker');
    expect(joins('model/ranker', '10:05', on('node/gpu-7'), on('feature/user_ctr', { lastAt: '10:01' }))).toBe('feature/user_ctr');
    expect(joins('model/ranker', '10:05', on('node/gpu-7', { id: '02' }), on('feature/user_ctr', { id: '01' }))).toBe('01');
  });

  it('and says over what, and how soon', () => {
    expect(findIncident({ entity: 'service/search', at: at('10:01:30') }, view(on('node/gpu-7')))?.because).toEqual([
      { kind: 'topology', summary: 'service/search depends on node/gpu-7 (2 steps), which has alerts here', value: 2 },
      { kind: 'time', summary: 'came 1 min 30 s after the latest alert on node/gpu-7', value: 90 },
    ]);
  });
});

describe('an alert joins none', () => {
  it('that is resolved', () => {
    expect(joins('node/gpu-7', '10:01', on('node/gpu-7', { status: 'resolved' }))).toBe(undefined);
  });

  it('when it names no entity, also beside another that names none', () => {
    expect(joins(null, '10:01', incident({ parts: [part({ entity: null })] }))).toBe(undefined);
  });
});

it('an acknowledged incident is joined like an open one', () => {
  expect(joins('node/gpu-7', '10:01', on('node/gpu-7', { status: 'acknowledged' }))).toBe('node/gpu-7');
});
