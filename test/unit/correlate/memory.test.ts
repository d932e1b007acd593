import { describe, expect, it } from 'vitest';
import { action, at, edges, firing, policy, QUIET, resolved, scene, webhook } from './scenario.ts';

describe('an incident that is over', () => {
  const over = () => {
    const s = scene();
    s.at('10:00', webhook(firing('a')));
    s.deliver('10:00:10');
    s.at('10:30', webhook(resolved('a')));
    s.deliver('10:30');
    return s;
  };

  it('leaves memory an hour later', () => {
    const s = over();
    const { id } = s.incidentOf('a');
    expect(s.dueOf('let-go', id)).toBe(at('11:30'));
    s.fire('11:29:59', 'let-go', id);
    expect(s.draft.incident(id)).toBeDefined();
    s.fire('11:30', 'let-go', id);
    expect(s.draft.incident(id)).toBe(undefined);
    expect([...s.draft.changes().released]).toEqual([id]);
  });

  it('stays while a message about it is owed, and asks again when that was sent', () => {
    const s = scene();
    s.at('10:00', webhook(firing('a')));
    s.deliver('10:00:10');
    s.at('10:30', webhook(resolved('a')));
    const { id } = s.incidentOf('a');
    const [message] = s.handOver('10:30');
    if (message === undefined) throw new Error('nothing was handed over');
    s.fire('11:30', 'let-go', id);
    expect(s.draft.incident(id)).toBeDefined();
    s.report('12:00', message);
    expect(s.dueOf('let-go', id)).toBe(at('12:00'));
    s.fire('12:00', 'let-go', id);
    expect(s.draft.incident(id)).toBe(undefined);
  });

  it('stays while an alert of it fires that a person did not wait for', () => {
    const s = scene();
    s.at('10:00', webhook(firing('a', { labels: { to: 'quiet' } })));
    s.deliver('10:00:10');
    s.at('10:30', action('resolve', 'a'));
    expect(s.delivery('a', QUIET).due).toBe(null);
    const { id } = s.incidentOf('a');
    s.fire('11:30', 'let-go', id);
    expect(s.draft.incident(id)).toBeDefined();
    s.at('13:00', webhook(resolved('a')));
    s.fire('13:00', 'let-go', id);
    expect(s.draft.incident(id)).toBe(undefined);
  });

  it('is no longer found by an action', () => {
    const s = over();
    s.fire('11:30', 'let-go', s.incidentOf('a').id);
    expect(s.at('12:00', action('acknowledge', 'a'))).toMatchObject({ ok: false, code: 'not-found' });
  });

  it('has its alerts remembered a day from their end on, to know late deliveries', () => {
    const s = over();
    s.fire('11:30', 'let-go', s.incidentOf('a').id);
    expect(s.dueOf('forget', 'a')).toBe(at('+1d 10:30'));
    s.fire('+1d 10:29', 'forget', 'a');
    expect(s.draft.alert('a')).toBeDefined();
    s.fire('+1d 10:30', 'forget', 'a');
    expect(s.draft.alert('a')).toBe(undefined);
  });
});

describe('an alert that ended in an incident that goes on', () => {
  const goesOn = () => {
    const s = scene();
    s.at('10:00', webhook(firing('a', { labels: { node: 'gpu-7' } }), firing('b', { labels: { node: 'gpu-7' } })));
    s.at('10:30', webhook(resolved('a')));
    s.fire('+1d 10:30', 'forget', 'a');
    return s;
  };

  it('is remembered, and known to have been there when it fires again after days, which is other trouble', () => {
    const s = goesOn();
    const { id } = s.incidentOf('a');
    s.at('+2d 10:00', webhook(firing('a', { startsAt: '+2d 09:59', labels: { node: 'gpu-7' } })));
    expect(s.incidentOf('a').id).not.toBe(id);
    expect(s.alert('a')).toMatchObject({ membership: { occurrences: 1 }, past: [{ incidentId: id, occurrences: 1 }] });
    expect(s.draft.incident(id)).toMatchObject({ alertCount: 2, firingCount: 1 });
  });

  it('is forgotten once the incident has left memory', () => {
    const s = goesOn();
    s.at('+2d 10:00', webhook(resolved('b')));
    s.deliver('+2d 10:00');
    s.fire('+2d 11:00', 'let-go', s.incidentOf('a').id);
    expect(s.dueOf('forget', 'a')).toBe(at('+2d 11:00'));
    s.fire('+2d 11:00', 'forget', 'a');
    expect(s.draft.alert('a')).toBe(undefined);
    expect(s.draft.changes().documents.get('a'), 'its incident shows what it says').toBeTruthy();
  });
});

describe('an alert that was never heard firing', () => {
  it('is a duplicate, and forgotten a day later with what it says', () => {
    const s = scene();
    s.at('10:30', webhook(resolved('a')));
    expect(s.ledger()).toEqual({ received: 1, duplicate: 1 });
    expect(s.alert('a')).toMatchObject({ status: 'resolved', membership: null });
    expect(s.dueOf('forget', 'a')).toBe(at('+1d 10:30'));
    s.fire('+1d 10:30', 'forget', 'a');
    expect(s.draft.alert('a')).toBe(undefined);
    expect(s.draft.changes().documents.get('a')).toBe(null);
  });
});

describe('a change', () => {
  const change = (id: string, time: string) =>
    ({ kind: 'change', receivedAt: at(time), change: { id, entity: 'node/a', summary: 'driver 570', kind: 'deployment', at: at(time), link: null } }) as const;

  it('is remembered a day, to be named as what came before an alert', () => {
    const s = scene();
    s.at('09:50', change('c1', '09:50'));
    s.at('10:00', webhook(firing('a')));
    expect(s.incidentOf('a').rootCauses[0]?.changeId).toBe('c1');
    s.at('+1d 09:50', change('c2', '+1d 09:50'));
    expect([...s.draft.recentChanges()].map(({ id }) => id)).toEqual(['c1', 'c2']);
    s.at('+1d 09:51', change('c3', '+1d 09:51'));
    expect([...s.draft.recentChanges()].map(({ id }) => id)).toEqual(['c2', 'c3']);
  });

  it('that comes again under its id is the same change', () => {
    const s = scene();
    s.at('09:50', change('c1', '09:50'));
    expect(s.at('09:55', change('c1', '09:55'))).toEqual({ ok: true, incidentId: null });
    expect([...s.draft.recentChanges()].map(({ at: when }) => when)).toEqual([at('09:55')]);
  });
});

describe('edges that are put', () => {
  it('count beside the declared ones, and take the place of those put before', () => {
    const s = scene({ dependencies: edges(['model/ranker', 'node/gpu-7']) });
    const known = () =>
      ['node/gpu-7', 'node/gpu-8', 'node/gpu-9'].filter((entity) =>
        s.draft.topology(policy({ dependencies: edges(['model/ranker', 'node/gpu-7']) })).knows(entity),
      );
    s.at('10:00', { kind: 'topology', receivedAt: at('10:00'), edges: [{ from: 'model/ranker', to: 'node/gpu-8', origin: 'put' }] });
    expect(known()).toEqual(['node/gpu-7', 'node/gpu-8']);
    s.at('10:01', { kind: 'topology', receivedAt: at('10:01'), edges: [{ from: 'model/ranker', to: 'node/gpu-9', origin: 'put' }] });
    expect(known()).toEqual(['node/gpu-7', 'node/gpu-9']);
  });
});
