import { describe, expect, it } from 'vitest';
import { EngineState } from '../../../src/correlate/state.ts';
import { HOUR } from '../../../src/model/time.ts';
import { action, at, firing, QUIET, resolved, scene, webhook } from './scenario.ts';

/** A day and some hours later: `nextDay('10:00')` is 10:00 of 2 March. */
const DAYS_LATER = '23:59:59';

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
    expect(s.dueOf('forget', 'a')).toBe(at('10:30') + 24 * HOUR);
    s.fire('23:00', 'forget', 'a');
    expect(s.draft.alert('a')).toBeDefined();
  });
});

describe('an alert that ended in an incident that goes on', () => {
  it('is remembered as long as that does, and counted once when it fires again after days', () => {
    // b has been heard firing ever since, a ended at 10:30 of the day before.
    const yesterday = scene();
    yesterday.at('10:00', webhook(firing('a', { labels: { node: 'gpu-7' } }), firing('b', { labels: { node: 'gpu-7' } })));
    yesterday.at('10:30', webhook(resolved('a')));
    const state = new EngineState();
    state.apply(yesterday.draft.changes());
    const [a] = [...state.alerts.values()];
    if (a === undefined) throw new Error('a is not there');
    const dayBefore = a.changedAt - 24 * HOUR;
    state.apply({ ...yesterday.draft.changes(), alerts: new Map([['a', { ...a, changedAt: dayBefore, heardAt: dayBefore }]]) });

    const s = scene({}, state);
    s.fire('10:31', 'forget', 'a');
    expect(s.draft.alert('a')).toBeDefined();
    s.at('10:40', webhook(firing('a', { startsAt: '10:39', labels: { node: 'gpu-7' } })));
    expect(s.incidentOf('a')).toMatchObject({ alertCount: 2, firingCount: 2 });
  });
});

describe('an alert that was never heard firing', () => {
  it('is a duplicate, and forgotten a day later with what it says', () => {
    const s = scene();
    s.at('10:30', webhook(resolved('a')));
    expect(s.ledger()).toEqual({ received: 1, duplicate: 1 });
    expect(s.alert('a')).toMatchObject({ status: 'resolved', membership: null });
    expect(s.dueOf('forget', 'a')).toBe(at('10:30') + 24 * HOUR);
    s.fire(DAYS_LATER, 'forget', 'a');
    expect(s.draft.alert('a'), 'not yet').toBeDefined();
  });
});
