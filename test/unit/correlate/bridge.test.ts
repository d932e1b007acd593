import { describe, expect, it } from 'vitest';
import { affinityOf } from '../../../src/correlate/affinity.ts';
import type { Arrival } from '../../../src/correlate/arrival.ts';
import { NEW_SERIES } from '../../../src/correlate/baseline/series.ts';
import { type Bridge, bridgeBetween } from '../../../src/correlate/bridge.ts';
import type { EntityPart, Incident, RootCause } from '../../../src/model/incident.ts';
import { learnedKey } from '../../../src/model/learned.ts';
import { MINUTE } from '../../../src/model/time.ts';
import type { Edge } from '../../../src/model/topology.ts';
import { around, arrival, carried } from './arrival.ts';
import { at, edges, firing, incident, part, scene, webhookAt } from './scenario.ts';

/** The ranker and the reader run on gpu-7, which says nothing of db-3 and db-4. */
const GRAPH = edges(['model/ranker', 'node/gpu-7'], ['model/reader', 'node/gpu-7'], ['service/search', 'model/ranker']);

/** An incident with a part on each entity, all since 10:00. */
const on = (entities: readonly string[], given: Partial<Incident> = {}, of: Partial<EntityPart> = {}) =>
  incident({ id: entities.join(), parts: entities.map((entity) => part({ entity, ...of })), ...given });
const cause = (entity: string): RootCause => ({ rank: 1, score: 0.5, entity, fingerprint: null, changeId: null, evidence: [] });

function bridge(one: Incident, other: Incident, given: Partial<Arrival> = {}, graph: readonly Edge[] = GRAPH): Bridge | null {
  const surroundings = around(graph);
  const alert = arrival(given);
  const [first, second] = [one, other].map((found) => ({ incident: found, affinity: affinityOf(alert, found, false, surroundings) }));
  if (first === undefined || second === undefined) throw new Error('two incidents are two attractions');
  return bridgeBetween(alert, first, second, surroundings);
}

const RANKER = on(['model/ranker']);
const READER = on(['model/reader']);

describe('an alert that belongs to two incidents shows that they are one', () => {
  it('when it is about what both depend on', () => {
    expect(bridge(RANKER, READER)?.incident).toBe(READER);
    expect(bridge(READER, RANKER)?.incident).toBe(RANKER);
  });

  it('when it depends on a likely cause of both', () => {
    const [machine, reader] = [on(['node/gpu-7'], { rootCauses: [cause('node/gpu-7')] }), on(['model/reader', 'service/search'])];
    expect(bridge(machine, reader, { entity: 'model/ranker' })).not.toBe(null);
    expect(bridge(on(['node/gpu-7']), reader, { entity: 'model/ranker' })).toBe(null);
  });

  it('and says with what odds, and by what cause', () => {
    expect(bridge(RANKER, READER, { rate: 1 / (500 * MINUTE) })?.evidence).toEqual([
      // 0.95 · 0.5 · ¼ a minute · 18/19 is 0.1125 a minute, against one in 500.
      { kind: 'bridge', summary: 'an alert on node/gpu-7 belongs to both, with odds of at least 56 to 1', value: 56, threshold: 30 },
      { kind: 'common-cause', summary: 'node/gpu-7 explains at least half of what alerts in each', threshold: 0.5 },
    ]);
  });
});

describe('weak evidence never does', () => {
  it('with odds of less than 30 to either', () => {
    expect(bridge(RANKER, READER, { rate: 0.1125 / 30.1 / MINUTE })).not.toBe(null);
    expect(bridge(RANKER, READER, { rate: 0.1125 / 29.9 / MINUTE })).toBe(null);
    expect(bridge(RANKER, on(['model/reader'], {}, { lastAt: at('09:40') }), { rate: 0.1125 / 31 / MINUTE })).toBe(null);
  });

  it.each<[string, Incident, Partial<Arrival>]>([
    ['without an entity', READER, { entity: null }],
    ['by what two incidents both depend on and what stays silent', READER, { entity: 'model/writer' }],
    ['where only a label is shared', on(['node/db-3'], {}, { labels: [1] }), { labels: [carried('site=d26', 0.005)] }],
    ['where nothing draws it', on(['node/db-3']), {}],
    ['to what is over', on(['model/reader'], { status: 'resolved' }), {}],
  ])('%s', (_case, other, given) => {
    const graph = [...GRAPH, ...edges(['model/writer', 'node/gpu-7'])];
    // Whatever is thought to be the cause.
    const guess = [cause('node/gpu-7'), cause('node/db-3')];
    expect(bridge(RANKER, other, given, graph)).toBe(null);
    expect(bridge({ ...RANKER, rootCauses: guess }, { ...other, rootCauses: guess }, given, graph)).toBe(null);
    expect(bridge({ ...other, rootCauses: guess }, { ...RANKER, rootCauses: guess }, given, graph)).toBe(null);
  });

  it('where no cause explains half of what alerts in each', () => {
    expect(bridge(RANKER, on(['model/reader', 'node/db-3']))).not.toBe(null);
    expect(bridge(RANKER, on(['model/reader', 'node/db-3', 'node/db-4']))).toBe(null);
  });
});

describe('two incidents', () => {
  // Ten services use gpu-7, so that two of them alert together by chance as well.
  const dependencies = edges(...Array.from({ length: 10 }, (_, i): [string, string] => [`service/${i}`, 'node/gpu-7']));
  const slow = (i: number, startsAt: string) => firing(`s${i}`, { startsAt, labels: { alertname: 'LatencyHigh', node: '', service: String(i) } });
  const machine = (startsAt: string) => firing('gpu', { startsAt, labels: { node: 'gpu-7' } });
  const apart = () => {
    const s = scene({ dependencies });
    s.at('10:00', webhookAt('10:00', slow(0, '10:00')));
    s.at('10:08', webhookAt('10:08', slow(1, '10:08')));
    return s;
  };

  it('stay two while nothing shows what they have in common', () => {
    const s = apart();
    expect(s.incidentOf('s1').id).not.toBe(s.incidentOf('s0').id);
  });

  it('become the older one by an alert on what both depend on', () => {
    const s = apart();
    const [older, younger] = [s.incidentOf('s0').id, s.incidentOf('s1').id];
    s.at('10:10', webhookAt('10:10', machine('10:10')));
    expect([s.incidentOf('s0').id, s.incidentOf('s1').id, s.incidentOf('gpu').id]).toEqual([older, older, older]);
    expect(s.incidentOf('gpu')).toMatchObject({ status: 'open', alertCount: 3, firingCount: 3 });
    expect(s.draft.incident(younger)).toMatchObject({ status: 'resolved', resolution: 'merged', mergedInto: older, alertCount: 0 });
    expect(s.timeline('gpu')).toContain('merged');
  });

  it('stay two when that comes too late to be sure, though it joins one of them', () => {
    const s = apart();
    s.at('10:30', webhookAt('10:30', machine('10:30')));
    expect(s.incidentOf('gpu').id).toBe(s.incidentOf('s1').id);
    expect(s.incidentOf('s0').id).not.toBe(s.incidentOf('s1').id);
  });

  it('stay two by an alert that comes all the time', () => {
    const s = apart();
    s.draft.learned.set(learnedKey.series('gpu'), { ...NEW_SERIES, onsets: 50, at: at('10:00') });
    s.at('10:10', webhookAt('10:10', machine('10:10')));
    expect(s.incidentOf('s0').id).not.toBe(s.incidentOf('s1').id);
  });
});
