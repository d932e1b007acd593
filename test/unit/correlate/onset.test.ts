import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../../src/model/time.ts';
import { action, at, CONSOLE, edges, firing, resolved, scene, stamp, webhook } from './scenario.ts';

const CHAIN = edges(['model/ranker', 'node/gpu-7'], ['service/search', 'model/ranker']);
const gpu = (startsAt = '10:00') => firing('gpu', { startsAt, labels: { node: 'gpu-7' } });
const gpuEnds = (endsAt = '10:30') => resolved('gpu', { endsAt, labels: { node: 'gpu-7' } });
const ranker = (labels = {}) =>
  firing('ranker', { startsAt: '10:01', labels: { alertname: 'PredictionDrift', node: '', model_name: 'ranker', severity: 'warning', ...labels } });

describe('an alert that fires where nothing is known', () => {
  it('opens an incident', () => {
    const s = scene();
    s.at('10:00', webhook(firing('gpu', { startsAt: '09:59:30', labels: { node: 'gpu-7' } })));
    expect(s.incidentOf('gpu')).toMatchObject({
      status: 'open',
      severity: 'critical',
      title: 'NodeDown on node/gpu-7',
      openedAt: at('10:00'),
      startsAt: at('09:59:30'),
      alertCount: 1,
      firingCount: 1,
      domains: ['infra'],
      receivers: ['slack'],
      version: 1,
      owed: [{ version: 1, count: 1 }],
    });
    expect(s.timeline('gpu')).toEqual(['opened']);
    expect(s.ledger()).toEqual({ received: 1, pending: 1 });
  });

  it('by its address is about the machine that the configuration says has it', () => {
    const s = scene({ aliases: [{ entity: 'node/gpu-7', name: '10.0.0.7' }] });
    s.at('10:00', webhook(firing('gpu', { labels: { node: '', job: 'node', instance: '10.0.0.7:9100' } })));
    expect(s.alert('gpu').entity).toBe('node/gpu-7');
  });

  it('gives the incident an id that depends on nothing but the alert and the time', () => {
    const id = (time: string, startsAt: string) => {
      const s = scene();
      s.at(time, webhook(gpu(startsAt)));
      return s.incidentOf('gpu').id;
    };
    expect(id('10:00', '10:00')).toBe(id('10:00', '10:00'));
    expect(new Set([id('10:00', '10:00'), id('10:00', '09:00'), id('10:01', '10:00')]).size).toBe(3);
  });

  it('has no reason for being there, as it joined nothing', () => {
    const s = scene();
    s.at('10:00', webhook(gpu()));
    expect([...s.draft.changes().members.values()].map((member) => member.joinedBecause)).toEqual([[]]);
  });

  it('without a start begins when it is received', () => {
    const s = scene();
    s.at('10:00:05', webhook(firing('gpu', { startsAt: null })));
    expect(s.alert('gpu').startsAt.text).toBe('2026-03-01T10:00:05Z');
  });
});

describe('an alert that fires near an open incident', () => {
  it('joins it, and says why', () => {
    const s = scene({ dependencies: CHAIN });
    s.at('10:00', webhook(gpu()));
    s.at('10:01', webhook(ranker()));
    expect(s.incidentOf('ranker').id).toBe(s.incidentOf('gpu').id);
    expect(s.incidentOf('gpu')).toMatchObject({
      alertCount: 2,
      firingCount: 2,
      domains: ['infra', 'model'],
      severity: 'critical',
      title: 'NodeDown on node/gpu-7 and 1 more alert',
    });
    const joined = [...s.draft.changes().members.values()].find(({ member }) => member.fingerprint === 'ranker');
    expect(joined?.joinedBecause?.map((evidence) => evidence.kind)).toEqual(['topology', 'time', 'chance']);
  });

  it('in the same webhook makes one version of it', () => {
    const s = scene({ dependencies: CHAIN });
    s.at('10:00', webhook(gpu(), ranker()));
    expect(s.incidentOf('gpu')).toMatchObject({ alertCount: 2, version: 1, owed: [{ version: 1, count: 2 }] });
  });

  it('opens one of its own without an edge between the two', () => {
    const s = scene();
    s.at('10:00', webhook(gpu()));
    s.at('10:01', webhook(ranker()));
    expect(s.incidentOf('ranker').id).not.toBe(s.incidentOf('gpu').id);
  });
});

describe('an alert that fires again', () => {
  it('while its incident is open stays one entry that fired twice', () => {
    const s = scene();
    s.at('10:00', webhook(gpu(), firing('other', { labels: { node: 'gpu-7' } })));
    s.at('10:30', webhook(gpuEnds()));
    s.at('10:40', webhook(gpu('10:39')));
    expect(s.incidentOf('gpu')).toMatchObject({ alertCount: 2, firingCount: 2 });
    expect(s.alert('gpu').membership).toMatchObject({ occurrences: 2, startsAt: { text: '2026-03-01T10:00:00Z' } });
    expect(s.timeline('gpu')).toEqual(['opened', 'joined', 'ended', 'fired-again']);
  });

  it('unseen to have ended counts once as firing', () => {
    const s = scene();
    s.at('10:00', webhook(gpu()));
    s.at('10:10', webhook(gpu('10:09')));
    expect(s.incidentOf('gpu')).toMatchObject({ alertCount: 1, firingCount: 1 });
    s.at('10:30', webhook(gpuEnds(), resolved('gpu', { startsAt: '10:09', labels: { node: 'gpu-7' } })));
    expect(s.incidentOf('gpu').status).toBe('resolved');
  });

  it('soon after its incident was over reopens it at once', () => {
    const s = scene();
    s.at('10:00', webhook(gpu()));
    s.deliver('10:00:10');
    s.at('10:05:10', webhook(gpuEnds('10:05')));
    s.deliver('10:05:10');
    s.at('10:06', webhook(gpu('10:05:50')));
    expect(s.incidentOf('gpu')).toMatchObject({ status: 'open', resolvedAt: null, resolution: null, firingCount: 1, alertCount: 1 });
    expect(s.delivery('gpu').due).toEqual({ at: at('10:06'), kind: 'update' });
    expect(s.timeline('gpu').at(-1)).toBe('reopened');
  });

  it.each([
    ['when nothing draws it there any more', 15, '10:19'],
    ['later than reopen_within', 0.5, '10:05:50'],
  ])('%s opens another', (_case, minutes, startsAt) => {
    const s = scene({ correlation: { window: 6 * HOUR, maxHops: 4, reopenWithin: minutes * MINUTE } });
    s.at('10:00', webhook(gpu()));
    const first = s.incidentOf('gpu').id;
    s.at('10:05:10', webhook(gpuEnds('10:05')));
    s.at('10:20', webhook(gpu(startsAt)));
    expect(s.incidentOf('gpu').id).not.toBe(first);
  });

  it('reopens an incident that a person resolved while alerts fire, however long ago', () => {
    const s = scene();
    s.at('10:00', webhook(gpu(), firing('other', { labels: { node: 'gpu-7' } })));
    const { id } = s.incidentOf('gpu');
    s.at('10:30', webhook(gpuEnds()));
    s.at('10:31', action('resolve', 'gpu'));
    s.at('12:00', webhook(gpu('11:59')));
    expect(s.incidentOf('gpu')).toMatchObject({ id, status: 'open', resolvedBy: null, firingCount: 2 });
  });

  it('comes with other labels, and is counted where its incident has it', () => {
    const s = scene();
    s.at('10:00', webhook(gpu()));
    s.at('10:10', webhook(firing('gpu', { startsAt: '10:09', labels: { node: 'gpu-8' } })));
    expect(s.incidentOf('gpu').parts.map(({ entity, alerts, firing: fires }) => [entity, alerts, fires])).toEqual([['node/gpu-7', 1, 1]]);
    expect(s.alert('gpu').entity).toBe('node/gpu-7');
  });
});

describe('told at once, whatever group_interval, is', () => {
  const warned = (dependencies = CHAIN) => {
    const s = scene({ dependencies });
    s.at('10:00', webhook(ranker()));
    s.deliver('10:00:10');
    return s;
  };

  it('a rise to critical', () => {
    const s = warned();
    s.at('10:02', webhook(gpu()));
    expect(s.delivery('ranker').due).toEqual({ at: at('10:02'), kind: 'update' });
  });

  it('not a further warning', () => {
    const s = warned();
    s.at('10:02', webhook(firing('disk', { labels: { node: 'gpu-7', severity: 'warning' } })));
    expect(s.delivery('ranker').due).toEqual({ at: at('10:05:10'), kind: 'update' });
  });

  it('not a further critical alert', () => {
    const s = warned();
    s.at('10:02', webhook(gpu()));
    s.deliver('10:02');
    s.at('10:03', webhook(firing('disk', { labels: { node: 'gpu-7' } })));
    expect(s.delivery('ranker').due).toEqual({ at: at('10:07'), kind: 'update' });
  });

  it('the first alert of another receiver', () => {
    const s = warned();
    s.at('10:02', webhook(firing('disk', { labels: { node: 'gpu-7', severity: 'warning', to: 'console' } })));
    expect(s.delivery('ranker', CONSOLE).due).toEqual({ at: at('10:02'), kind: 'trigger' });
    expect(s.incidentOf('ranker').receivers).toEqual(['console', 'slack']);
  });

  it('a reopening, also when nobody was told yet that it was over', () => {
    const s = warned();
    s.at('10:01', webhook({ ...ranker(), status: 'resolved' }));
    expect(s.delivery('ranker').due).toEqual({ at: at('10:05:10'), kind: 'resolve' });
    s.at('10:02', webhook({ ...ranker(), startsAt: stamp('10:02') }));
    expect(s.delivery('ranker').due).toEqual({ at: at('10:02'), kind: 'update' });
  });

  it('a critical alert that the first cause of an acknowledged incident does not explain', () => {
    const s = scene({ dependencies: CHAIN });
    s.at('10:00', webhook(ranker({ severity: 'critical' })));
    s.deliver('10:00:10');
    s.at('10:01', action('acknowledge', 'ranker'));
    s.deliver('10:05:10');
    s.at('10:06', webhook(gpu()));
    expect(s.delivery('ranker').due).toEqual({ at: at('10:06'), kind: 'update' });
  });

  it('not one that it explains', () => {
    const s = scene({ dependencies: CHAIN });
    s.at('10:00', webhook(gpu()));
    s.deliver('10:00:10');
    s.at('10:01', action('acknowledge', 'gpu'));
    s.deliver('10:05:10');
    s.at('10:06', webhook(ranker({ severity: 'critical' })));
    expect(s.delivery('gpu').due).toEqual({ at: at('10:10:10'), kind: 'update' });
  });
});

describe('fail open', () => {
  it('an alert whose incident cannot be found opens one, is routed, and says so', () => {
    const s = scene();
    s.at('10:00', webhook(gpu()));
    s.draft.incidentsOn = () => {
      throw new Error('index broken');
    };
    s.at('10:01', webhook(firing('disk', { labels: { node: 'gpu-7' } })));
    expect(s.incidentOf('disk')).toMatchObject({ alertCount: 1, receivers: ['slack'] });
    expect(s.delivery('disk').due?.kind).toBe('trigger');
    const opened = s.draft.changes().timeline.find((line) => line.incidentId === s.incidentOf('disk').id);
    expect(opened?.entry.evidence).toContainEqual({ kind: 'internal-error', summary: 'finding its incident failed (index broken), so it is told as it came' });
  });

  it('an alert whose domain cannot be told is of an unknown one', () => {
    const broken = () => {
      throw new Error('bad rule');
    };
    const s = scene({ domainRules: [{ matches: broken, domain: 'data', source: '' }] });
    s.at('10:00', webhook(gpu()));
    expect(s.incidentOf('gpu')).toMatchObject({ domains: ['unknown'], receivers: ['slack'] });
  });
});
