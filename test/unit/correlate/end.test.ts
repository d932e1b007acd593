import { describe, expect, it } from 'vitest';
import { forgetAt } from '../../../src/correlate/end.ts';
import { alertState } from './alert-state.ts';
import { at, firing, resolved, scene, stamp, webhook } from './scenario.ts';

const two = () => {
  const s = scene();
  s.at('10:00', webhook(firing('a', { labels: { node: 'gpu-7' } }), firing('b', { labels: { node: 'gpu-7' } })));
  return s;
};

describe('an alert that ends', () => {
  it('leaves its incident open while another fires', () => {
    const s = two();
    s.at('10:30', webhook(resolved('a')));
    expect(s.alert('a')).toMatchObject({ status: 'resolved', endsAt: { text: '2026-03-01T10:30:00Z' }, changedAt: at('10:30') });
    expect(s.incidentOf('a')).toMatchObject({ status: 'open', firingCount: 1, alertCount: 2 });
    expect(s.incidentOf('a').parts[0]).toMatchObject({ alerts: 2, firing: 1 });
  });

  it('ends its incident with the last one', () => {
    const s = two();
    s.deliver('10:00:10');
    s.at('10:30', webhook(resolved('a')));
    s.at('10:31', webhook(resolved('b')));
    expect(s.incidentOf('a')).toMatchObject({ status: 'resolved', resolvedAt: at('10:31'), resolution: 'alerts', resolvedBy: null, firingCount: 0 });
    expect(s.timeline('a').slice(-2)).toEqual(['ended', 'resolved']);
  });

  it('takes over the start that the sender names', () => {
    const s = two();
    s.at('10:30', webhook(resolved('a', { startsAt: '10:20' })));
    expect(s.alert('a').startsAt.text).toBe('2026-03-01T10:20:00Z');
  });

  it('ends now when the sender says neither start nor end', () => {
    const s = two();
    s.at('10:30', webhook({ ...resolved('a', { startsAt: null }), endsAt: null }));
    expect(s.alert('a')).toMatchObject({ startsAt: { text: '2026-03-01T10:00:00Z' }, endsAt: { text: '2026-03-01T10:30:00Z' } });
  });

  it('is owed an account like any other', () => {
    const s = two();
    s.at('10:00:05', webhook(resolved('a')));
    expect(s.ledger()).toEqual({ received: 3, pending: 3 });
    s.deliver('10:00:10');
    expect(s.ledger()).toEqual({ received: 3, notified: 3 });
  });

  it('is no news while another fires: its incident was told of, and no message follows', () => {
    const s = two();
    s.deliver('10:00:10');
    s.at('10:30', webhook(resolved('a')));
    expect(s.ledger()).toEqual({ received: 3, notified: 3 });
    expect(s.delivery('a').due).toEqual({ at: at('14:00:10'), kind: 'reminder' });
  });
});

describe('an alert of which nothing more is heard', () => {
  it('ends as not heard of since, and so does its incident', () => {
    const s = scene();
    s.at('10:00', webhook(firing('a')));
    s.deliver('10:00:10');
    expect(s.dueOf('stale', 'a')).toBe(at('19:00'));
    s.fire('19:00', 'stale', 'a');
    expect(s.incidentOf('a')).toMatchObject({ status: 'resolved', resolution: 'silence', resolvedAt: at('19:00') });
    expect(s.alert('a')).toMatchObject({ status: 'resolved', endsAt: stamp('19:00'), heardAt: at('10:00') });
    expect(s.timeline('a').slice(-2)).toEqual(['not-heard-of', 'resolved']);
    const evidence = s.draft.changes().timeline.find(({ entry }) => entry.kind === 'not-heard-of')?.entry.evidence;
    expect(evidence).toEqual([{ kind: 'stale', summary: 'nothing was heard of it for 9 h', value: 32_400 }]);
  });

  it('is waited for anew each time it is heard of', () => {
    const s = scene();
    s.at('10:00', webhook(firing('a')));
    s.at('14:00', webhook(firing('a')));
    s.fire('19:00', 'stale', 'a');
    expect(s.incidentOf('a').status).toBe('open');
    // The re-delivery after 4 h was the longest seen: 2.5 times as long are 10 h.
    expect(s.dueOf('stale', 'a')).toBe(at('+1d 00:00'));
  });

  it('is not ended by a timer when it ended by itself', () => {
    const s = scene();
    s.at('10:00', webhook(firing('a')));
    s.at('10:30', webhook(resolved('a')));
    s.fire('19:00', 'stale', 'a');
    expect(s.incidentOf('a').resolution).toBe('alerts');
  });
});

describe('an alert that ended is forgotten', () => {
  it('a day after it was last heard of', () => {
    expect(forgetAt(alertState({ changedAt: at('10:30'), heardAt: at('11:00') }))).toBe(at('+1d 11:00'));
  });

  it('a day after it was ended for want of news', () => {
    expect(forgetAt(alertState({ changedAt: at('19:00'), heardAt: at('10:00') }))).toBe(at('+1d 19:00'));
  });
});
