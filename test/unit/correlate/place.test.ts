import { describe, expect, it } from 'vitest';
import { Draft } from '../../../src/correlate/draft.ts';
import { type Place, placeOf } from '../../../src/correlate/place.ts';
import { EngineState } from '../../../src/correlate/state.ts';
import type { AlertState } from '../../../src/model/alert.ts';
import type { Incident } from '../../../src/model/incident.ts';
import { learnedKey } from '../../../src/model/learned.ts';
import { alertState } from './alert-state.ts';
import { arrival } from './arrival.ts';
import { at, edges, firing, incident, part, policy, resolved, type Scene, scene, stamp, webhookAt } from './scenario.ts';

const OWN = '01KJMSEG0058H9CPQHM6CY8Q3T';
/** An incident that a person resolved at 10:10, while an alert of it fires unless said otherwise. */
const RESOLVED: Partial<Incident> = { status: 'resolved', resolution: 'person', resolvedBy: 'ada', resolvedAt: at('10:10') };
/** An alert that ended at 10:09 in that incident. */
const ended = (given: Partial<AlertState> = {}) =>
  alertState({
    status: 'resolved',
    startsAt: stamp('10:00'),
    endsAt: stamp('10:09'),
    membership: { incidentId: OWN, startsAt: stamp('10:00'), occurrences: 1 },
    ...given,
  });

function place(time: string, own: Partial<Incident>, known: AlertState, others: readonly Incident[] = []): Place {
  const draft = new Draft(new EngineState());
  for (const of of [incident(own), ...others]) draft.setIncident(of);
  return placeOf(draft, arrival({ at: at(time), rule: 'NodeDown', endedAt: known.endsAt?.ms ?? null }), known, at(time), policy());
}

describe('an alert that fires already', () => {
  it('stays where it is, however old and far from all else that is', () => {
    const known = ended({ status: 'firing', endsAt: null });
    expect(place('+1d 10:00', { parts: [part()] }, known)).toMatchObject({ kind: 'again', incident: { id: OWN }, because: [], bridge: null });
    expect(place('10:01', { status: 'acknowledged' }, known)).toMatchObject({ kind: 'again', incident: { id: OWN } });
  });
});

describe('what a person resolved', () => {
  it('is reopened when an alert of it starts anew soon', () => {
    expect(place('10:25', { ...RESOLVED, firingCount: 0 }, ended())).toMatchObject({
      kind: 'reopen',
      incident: { id: OWN },
      because: [{ kind: 'fired-again', summary: 'an alert of it started anew 15 min after it was resolved', value: 900, threshold: 900 }],
    });
  });

  it('is reopened however late while an alert of it fires', () => {
    expect(place('+1d 10:00', RESOLVED, ended())).toMatchObject({ kind: 'reopen', incident: { id: OWN } });
    expect(place('+1d 10:00', RESOLVED, ended({ status: 'firing', endsAt: null }))).toMatchObject({ kind: 'reopen', incident: { id: OWN } });
  });

  it('is left alone after that time when nothing fires', () => {
    expect(place('10:25:01', { ...RESOLVED, firingCount: 0 }, ended())).toEqual({ kind: 'open', fault: null });
  });
});

describe('an incident whose alerts all ended', () => {
  const over: Partial<Incident> = { status: 'resolved', resolution: 'alerts', resolvedAt: at('10:09'), firingCount: 0 };
  const parts = [part({ firstAt: at('10:08'), firing: 0, endedAt: at('10:09') })];

  it('is reopened by what is drawn to it within minutes', () => {
    expect(place('10:10', { ...over, parts }, ended())).toMatchObject({ kind: 'reopen', incident: { id: OWN }, bridge: null });
  });

  it('is by its only alert within five minutes, and not when that is later', () => {
    expect(place('10:14', { ...over, parts }, ended())).toMatchObject({
      kind: 'reopen',
      incident: { id: OWN },
      because: [{ kind: 'fired-again', value: 300 }],
    });
    expect(place('10:14:01', { ...over, parts }, ended())).toEqual({ kind: 'open', fault: null });
  });

  it('is not by one of several that is drawn to it no more', () => {
    expect(place('10:13', { ...over, parts, alertCount: 2 }, ended())).toEqual({ kind: 'open', fault: null });
  });

  it('is not once reopen_within has passed, nor when it goes on as another one', () => {
    expect(place('10:10', { ...over, parts, resolvedAt: at('09:54') }, ended())).toEqual({ kind: 'open', fault: null });
    expect(place('10:10', { ...over, parts, mergedInto: '01KJMSEG00ZZZZZZZZZZZZZZZZ' }, ended())).toEqual({ kind: 'open', fault: null });
  });
});

describe('any other alert', () => {
  const other = (given: Partial<Incident> = {}) => incident({ id: '01KJMSEG00AAAAAAAAAAAAAAAA', parts: [part()], ...given });

  it('joins where it is drawn to', () => {
    expect(place('10:01', {}, alertState({ membership: null }), [other()])).toMatchObject({ kind: 'join', incident: { id: other().id } });
  });

  it('leaves its incident for one that draws it more', () => {
    expect(place('10:10', {}, ended(), [other()])).toMatchObject({ kind: 'join', incident: { id: other().id } });
  });

  it('fires again where its incident draws it', () => {
    expect(place('10:10', { parts: [part()] }, ended())).toMatchObject({ kind: 'again', incident: { id: OWN } });
  });

  it('opens an incident where nothing draws it', () => {
    expect(place('13:00', {}, ended(), [other()])).toEqual({ kind: 'open', fault: null });
  });

  it('opens one that says so when its place could not be found', () => {
    const draft = new Draft(new EngineState());
    draft.incidentsOn = () => {
      throw new Error('index broken');
    };
    expect(placeOf(draft, arrival(), undefined, at('10:01'), policy())).toEqual({
      kind: 'open',
      fault: { kind: 'internal-error', summary: 'finding its incident failed (index broken), so it is told as it came' },
    });
  });
});

/** The ranker runs on gpu-7 and reads the features; search calls the ranker. */
const STACK = edges(['model/ranker', 'node/gpu-7'], ['model/ranker', 'feature/user_ctr'], ['service/search', 'model/ranker']);
const RANKER = { node: '', alertname: 'LatencyHigh', model_name: 'ranker' };
const DRIFT = { node: '', alertname: 'PredictionDrift', model_name: 'ranker' };
const FEATURE = { node: '', alertname: 'FeatureStale', feature_view: 'user_ctr' };

/** A scene with a stack, in which so many alerts have been seen before. */
function seen(alerts = 0): Scene {
  const s = scene({ dependencies: STACK });
  s.draft.learned.set(learnedKey.counts, { since: at('00:00'), series: alerts, labelIds: 0, tidiedAt: at('00:00') });
  return s;
}

/** An alert that is received as it begins. */
function fires(s: Scene, time: string, fingerprint: string, of: Readonly<Record<string, string>> = {}): string {
  s.at(time, webhookAt(time, firing(fingerprint, { startsAt: time, labels: of })));
  return s.incidentOf(fingerprint).id;
}

function ends(s: Scene, time: string, fingerprint: string, of: Readonly<Record<string, string>> = {}): void {
  s.at(time, webhookAt(time, { ...resolved(fingerprint, { endsAt: time, labels: of }), startsAt: null }));
}

describe('faults stay apart', () => {
  it('when an unrelated disk fills up in the same minute', () => {
    const s = seen();
    const gpu = fires(s, '10:00', 'gpu-7');
    expect(fires(s, '10:00:30', 'ranker', RANKER)).toBe(gpu);
    expect(fires(s, '10:00:40', 'db-3', { alertname: 'DiskFull' })).not.toBe(gpu);
    expect(fires(s, '10:00:50', 'gpu-8')).not.toBe(gpu);
  });

  it('when they come minutes apart on what is loosely related', () => {
    const s = seen();
    const gpu = fires(s, '10:00', 'gpu-7');
    expect(fires(s, '10:10', 'late', FEATURE)).not.toBe(gpu);
  });

  it('when one has been stuck for a day, on the same machine too', () => {
    const s = seen();
    const stuck = fires(s, '10:00', 'gpu-7');
    const next = fires(s, '+1d 10:00', 'disk', { alertname: 'DiskFull', node: 'gpu-7' });
    expect(next).not.toBe(stuck);
    expect(fires(s, '+1d 10:01', 'ranker', RANKER)).toBe(next);
  });
});

describe('an effect that changes slowly', () => {
  const late = () => {
    const s = seen();
    return { s, cause: fires(s, '10:00', 'late', FEATURE) };
  };

  it('joins its cause three hours later, while that fires', () => {
    const { s, cause } = late();
    expect(fires(s, '13:00', 'drift', DRIFT)).toBe(cause);
  });

  it('does not when that ended two hours before', () => {
    const { s, cause } = late();
    ends(s, '11:00', 'late', FEATURE);
    expect(fires(s, '13:00', 'drift', DRIFT)).not.toBe(cause);
  });
});

describe('a data source that fails', () => {
  const source = (alertname: string, rulename: string, uid = 'prom-1') => ({ node: '', alertname, rulename, datasource_uid: uid });

  it('makes one incident of all rules that are blind by it', () => {
    const s = seen();
    const first = fires(s, '10:00', 'a', source('DatasourceError', 'GPU hot'));
    expect(fires(s, '10:00:20', 'b', source('DatasourceError', 'Disk full'))).toBe(first);
    expect(fires(s, '10:01', 'c', source('DatasourceNoData', 'Drift'))).toBe(first);
    expect(s.incidentOf('a')).toMatchObject({ alertCount: 3, parts: [{ entity: 'datasource/prom-1' }, { entity: 'datasource/prom-1' }] });
  });

  it('is no other data source', () => {
    const s = seen();
    const first = fires(s, '10:00', 'a', source('DatasourceError', 'GPU hot'));
    expect(fires(s, '10:00:20', 'b', source('DatasourceError', 'GPU hot', 'loki-1'))).not.toBe(first);
  });
});

describe('an alert that the graph does not place', () => {
  const door = (site: string) => ({ alertname: 'DoorOpen', site });

  it('joins by a value of a label that few carry', () => {
    const s = seen(100);
    const first = fires(s, '10:00', 'door-1', door('d26'));
    expect(fires(s, '10:00:30', 'door-2', door('d26'))).toBe(first);
    const joined = [...s.draft.changes().members.values()].find(({ member }) => member.fingerprint === 'door-2');
    expect(joined?.joinedBecause?.[0]).toMatchObject({ kind: 'labels', summary: 'shares site=d26 with node/door-1, as 2 % of all alerts do' });
  });

  it.each([
    ['by another value', 100, 'd27'],
    ['by one that all carry', 0, 'd26'],
  ])('does not %s', (_case, alerts, site) => {
    const s = seen(alerts);
    const first = fires(s, '10:00', 'door-1', door('d26'));
    expect(fires(s, '10:00:30', 'door-2', door(site))).not.toBe(first);
  });

  it('opens an incident of its own without entity and labels', () => {
    const s = seen(100);
    const bare = (alertname: string) => ({ node: '', alertname });
    const ids = [fires(s, '10:00', 'a', bare('Odd')), fires(s, '10:00', 'b', bare('Odd')), fires(s, '10:00', 'c', bare('Even'))];
    expect(s.alert('a').entity).toBe(null);
    expect(new Set(ids).size).toBe(3);
  });
});

describe('an alert that fires again when its incident is over', () => {
  /** It fired for half an hour. */
  const over = () => {
    const s = seen();
    const id = fires(s, '10:00', 'gpu-7');
    ends(s, '10:30', 'gpu-7');
    return { s, id };
  };

  it('after ten minutes reopens it', () => {
    const { s, id } = over();
    expect(fires(s, '10:40', 'gpu-7')).toBe(id);
    expect(s.incidentOf('gpu-7')).toMatchObject({ status: 'open', alertCount: 1, firingCount: 1 });
    expect(s.alert('gpu-7').membership?.occurrences).toBe(2);
    expect(s.timeline('gpu-7').at(-1)).toBe('reopened');
  });

  it('after a quarter of an hour opens another', () => {
    const { s, id } = over();
    expect(fires(s, '10:44', 'gpu-7')).not.toBe(id);
  });
});

describe('an alert that ended and fires again', () => {
  /** The ranker fires from 10:00 to 10:05, search by it since 10:04. */
  const goesOn = () => {
    const s = seen();
    const id = fires(s, '10:00', 'ranker', RANKER);
    fires(s, '10:04', 'search', { node: '', alertname: 'ErrorsHigh', service: 'search' });
    ends(s, '10:05', 'ranker', RANKER);
    return { s, id };
  };

  it('while other trouble of its incident goes on stays one entry', () => {
    const { s, id } = goesOn();
    expect(fires(s, '10:08', 'ranker', RANKER)).toBe(id);
    expect(s.alert('ranker')).toMatchObject({ past: [], membership: { occurrences: 2, startsAt: stamp('10:00') }, startsAt: stamp('10:08') });
    expect(s.incidentOf('ranker')).toMatchObject({ alertCount: 2, firingCount: 2 });
    expect(s.timeline('ranker').at(-1)).toBe('fired-again');
  });

  it('after a long gap opens another incident', () => {
    const { s, id } = goesOn();
    expect(fires(s, '15:00', 'ranker', RANKER)).not.toBe(id);
    expect(s.alert('ranker')).toMatchObject({ membership: { occurrences: 1, startsAt: stamp('15:00') }, past: [{ incidentId: id, occurrences: 1 }] });
    expect(s.draft.incident(id)).toMatchObject({ alertCount: 2, firingCount: 1, status: 'open' });
  });

  it('and comes back into an incident that it was in before is one entry there again', () => {
    const { s, id } = goesOn();
    const other = fires(s, '10:45', 'ranker', RANKER);
    expect(other).not.toBe(id);
    ends(s, '10:46', 'ranker', RANKER);
    expect(fires(s, '10:50', 'slow', { node: '', alertname: 'LatencyHigh', service: 'search' })).toBe(id);
    expect(fires(s, '10:51', 'ranker', RANKER)).toBe(id);
    expect(s.alert('ranker')).toMatchObject({ membership: { occurrences: 2, startsAt: stamp('10:00') }, past: [{ incidentId: other, occurrences: 1 }] });
    expect(s.incidentOf('ranker')).toMatchObject({ alertCount: 3, firingCount: 3 });
    expect(s.incidentOf('ranker').parts).toMatchObject([{ entity: 'model/ranker', alerts: 1, firing: 1 }, { alerts: 1 }, { alerts: 1 }]);
  });
});
