// What a place that keeps a state of its own, as PagerDuty does, hears of acknowledgements.

import { describe, expect, it } from 'vitest';
import type { Destination } from '../../../src/model/delivery.ts';
import { action, at, firing, scene, webhook } from './scenario.ts';

const PAGER: Destination = { id: 'pagerduty/1', integration: 'pagerduty', edits: false, sendResolved: true, digests: false };

/** An incident that PagerDuty was told of at 10:00:10. */
function paged() {
  const s = scene({ destinations: new Map([['pager', [PAGER]]]) });
  s.at('10:00', webhook(firing('a', { labels: { to: 'pager' } })));
  s.deliver('10:00:10');
  return s;
}
const delivery = (s: ReturnType<typeof paged>) => s.delivery('a', PAGER);

describe('an acknowledgement', () => {
  it('is told at once, and nothing else is due until there is news', () => {
    const s = paged();
    s.at('10:01', action('acknowledge', 'a'));
    expect(delivery(s).due).toEqual({ at: at('10:01'), kind: 'update' });
    s.deliver('10:01');
    expect(delivery(s)).toMatchObject({ due: null, sentStatus: 'acknowledged' });
  });

  it('calls nobody', () => {
    const s = paged();
    s.at('10:01', action('acknowledge', 'a'));
    s.deliver('10:01');
    expect(delivery(s).alertedAt).toBe(at('10:00:10'));
  });

  it('is told after a message that was under way, also when that showed it already', () => {
    const s = scene({ destinations: new Map([['pager', [PAGER]]]) });
    s.at('10:00', webhook(firing('a', { labels: { to: 'pager' } })));
    const [page] = s.handOver('10:00:10');
    if (page === undefined) throw new Error('nothing was handed over');
    s.at('10:00:11', action('acknowledge', 'a'));
    s.report('10:00:12', page);
    expect(delivery(s)).toMatchObject({ sentStatus: 'acknowledged', due: { at: at('10:00:12'), kind: 'update' } });
    s.deliver('10:00:12');
    expect(delivery(s).due).toBe(null);
  });

  it('is not told where nobody was called', () => {
    const s = scene({ destinations: new Map([['pager', [PAGER]]]) });
    s.at('10:00', webhook(firing('a', { labels: { to: 'pager' } })));
    s.at('10:00:05', action('acknowledge', 'a'));
    expect(delivery(s).due).toEqual({ at: at('10:00:10'), kind: 'trigger' });
    s.deliver('10:00:10');
    expect(delivery(s).due).toBe(null);
  });

  it('once more is news only when people were called since', () => {
    const s = paged();
    s.at('10:01', action('acknowledge', 'a'));
    s.deliver('10:01');
    const before = s.incidentOf('a');
    s.at('10:02', action('acknowledge', 'a', { by: 'bob' }));
    expect(s.incidentOf('a')).toBe(before);
    s.at('10:03', webhook(firing('b', { startsAt: '10:03', labels: { to: 'pager', node: 'a', alertname: 'DiskFull' } })));
    s.deliver('10:30');
    s.at('10:31', action('acknowledge', 'a', { by: 'bob' }));
    expect(s.incidentOf('a')).toMatchObject({ acknowledgedAt: at('10:31'), acknowledgedBy: 'bob' });
    expect(delivery(s).due).toEqual({ at: at('10:31'), kind: 'update' });
  });

  it('once more is news also while what calls people is on its way', () => {
    const s = paged();
    s.at('10:01', action('acknowledge', 'a'));
    s.deliver('10:01');
    s.at('10:03', webhook(firing('b', { startsAt: '10:03', labels: { to: 'pager', node: 'a', alertname: 'DiskFull' } })));
    const [page] = s.handOver('10:30');
    if (page === undefined) throw new Error('nothing was handed over');
    s.at('10:30:01', action('acknowledge', 'a', { by: 'bob' }));
    expect(s.incidentOf('a')).toMatchObject({ acknowledgedAt: at('10:30:01'), acknowledgedBy: 'bob' });
  });
});
