import { describe, expect, it } from 'vitest';
import type { Destination } from '../../../src/model/delivery.ts';
import { MINUTE } from '../../../src/model/time.ts';
import { timersOf } from '../../../src/shard/timers-of.ts';
import { at, CONSOLE, firing, policy, resolved, SLACK, scene, webhook } from './scenario.ts';

const PAGER: Destination = { id: 'pagerduty/1', integration: 'pagerduty', edits: false, sendResolved: true, digests: false };
const given = {
  destinations: new Map([
    ['pager', [PAGER]],
    ['chat', [SLACK]],
    ['last', [CONSOLE]],
  ]),
  fallbacks: new Map([
    ['pager', { receiver: 'chat', after: 5 * MINUTE }],
    ['chat', { receiver: 'last', after: 5 * MINUTE }],
  ]),
};
const down = { outcome: 'failed', error: 'answered 503' } as const;

/** An incident whose page was handed over at 10:00:10. */
function paging() {
  const s = scene(given);
  s.at('10:00', webhook(firing('a', { labels: { to: 'pager' } })));
  const [page] = s.handOver('10:00:10');
  if (page === undefined) throw new Error('nothing was handed over');
  return { s, page };
}

describe('a message that is under way for long', () => {
  it('has whoever stands in told at once', () => {
    const { s } = paging();
    expect(s.dueOf('fallback', s.delivery('a', PAGER).id)).toBe(at('10:05:10'));
    s.fire('10:05:10', 'fallback', s.delivery('a', PAGER).id);
    expect(s.delivery('a', SLACK)).toMatchObject({ receivers: ['chat'], due: { at: at('10:05:10'), kind: 'trigger' } });
    expect(s.incidentOf('a').receivers).toEqual(['chat', 'pager']);
    expect(s.draft.changes().timeline.at(-1)?.entry).toMatchObject({
      kind: 'fallback',
      summary: 'chat is told in place of pager',
      evidence: [{ summary: 'a message to pagerduty/1 is under way for 5 min' }],
    });
  });

  it('is waited for no longer once it ended', () => {
    const { s, page } = paging();
    s.report('10:01', page);
    s.fire('10:05:10', 'fallback', s.delivery('a', PAGER).id);
    expect(s.incidentOf('a').receivers).toEqual(['pager']);
  });

  it('is waited for after a restart too', () => {
    const { s } = paging();
    const { id } = s.delivery('a', PAGER);
    const state = { ...emptyState(), deliveries: new Map([[id, s.delivery('a', PAGER)]]) };
    expect(timersOf(state as never, policy(given)).peek()).toEqual({ due: at('10:05:10'), kind: 'fallback', id });
  });

  it('that is not told of any more when the incident is over before', () => {
    const { s } = paging();
    s.at('10:02', webhook(resolved('a', { endsAt: '10:02' })));
    s.fire('10:05:10', 'fallback', s.delivery('a', PAGER).id);
    expect(s.delivery('a', SLACK).due).toBe(null);
  });
});

describe('a message that was given up on', () => {
  it('has whoever stands in told at once, and counts as told when they were', () => {
    const { s, page } = paging();
    s.report('10:00:11', page, down);
    expect(s.delivery('a', SLACK).due).toEqual({ at: at('10:00:11'), kind: 'trigger' });
    expect(s.ledger()).toEqual({ received: 1, pending: 1 });
    s.deliver('10:00:11');
    expect(s.ledger()).toEqual({ received: 1, notified: 1 });
  });

  it('goes on to the next who stands in, and fails only after the last', () => {
    const { s, page } = paging();
    s.report('10:00:11', page, down);
    s.deliver('10:00:11', down);
    expect(s.delivery('a', CONSOLE).due).toEqual({ at: at('10:00:11'), kind: 'trigger' });
    s.deliver('10:00:11', down);
    expect(s.ledger()).toEqual({ received: 1, failed: 1 });
  });

  it('tells nobody twice', () => {
    const { s, page } = paging();
    s.fire('10:05:10', 'fallback', s.delivery('a', PAGER).id);
    s.deliver('10:05:10');
    s.report('10:06', page, down);
    expect(s.timeline('a').filter((kind) => kind === 'fallback')).toHaveLength(1);
  });
});

/** What `timersOf` reads of a state in which there is nothing. */
function emptyState() {
  return { alerts: new Map(), bulletins: new Map(), incidents: new Map(), learned: new Map(), clock: 0, longestRedelivery: 0 };
}
