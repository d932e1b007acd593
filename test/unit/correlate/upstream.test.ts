import { describe, expect, it } from 'vitest';
import { at, firing, scene, webhook } from './scenario.ts';

const said = (given: object) => ({ kind: 'upstream', receivedAt: 0, gone: [], heard: [], silenced: [], inhibited: [], ...given }) as const;

function two() {
  const s = scene();
  s.at('10:00', webhook(firing('a', { labels: { node: 'gpu-7' } }), firing('b', { labels: { node: 'gpu-7', alertname: 'DiskFull' } })));
  s.deliver('10:00:10');
  return s;
}

describe('what Alertmanager says of alerts that fire here', () => {
  it('ends those that have ended there, says so, and leaves the ledger as it is', () => {
    const s = two();
    const before = s.ledger();
    s.at('10:10', said({ gone: ['a', 'x'] }));
    expect(s.alert('a')).toMatchObject({ status: 'resolved', endsAt: { ms: at('10:10') } });
    expect(s.timeline('b').slice(-2)).toEqual(['reconciled', 'ended']);
    s.at('10:11', said({ gone: ['b'] }));
    expect(s.incidentOf('a')).toMatchObject({ status: 'resolved', resolution: 'alerts' });
    expect(s.delivery('a').due?.kind).toBe('resolve');
    expect(s.ledger()).toEqual(before);
  });

  it('keeps those that are listed from going stale', () => {
    const s = two();
    s.at('18:00', said({ heard: ['a'] }));
    expect([s.alert('a').heardAt, s.alert('b').heardAt]).toEqual([at('18:00'), at('10:00')]);
  });

  it('shows how many are silenced or inhibited there, once, and when none is any more', () => {
    const s = two();
    s.at('10:10', said({ silenced: ['a'], inhibited: ['b'] }));
    expect(s.incidentOf('a').mutedUpstream).toEqual({ silenced: 1, inhibited: 1 });
    expect(s.draft.changes().timeline.at(-1)?.entry).toMatchObject({ kind: 'muted-upstream', summary: '1 silenced and 1 inhibited in Alertmanager' });
    expect(s.delivery('a').due?.kind).toBe('update');
    const version = s.incidentOf('a').version;
    s.at('10:11', said({ silenced: ['a'], inhibited: ['b'] }));
    expect(s.incidentOf('a').version).toBe(version);
    s.at('10:12', said({}));
    expect(s.incidentOf('a').mutedUpstream).toEqual({ silenced: 0, inhibited: 0 });
    expect(s.timeline('a').at(-1)).toBe('muted-upstream');
  });
});
