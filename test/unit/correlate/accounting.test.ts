import { describe, expect, it } from 'vitest';
import { at, firing, QUIET, resolved, scene, webhook } from './scenario.ts';

describe('an alert that nobody is told of is suppressed at once, with its reason', () => {
  it('when its receiver has no integration', () => {
    const s = scene();
    s.at('10:00', webhook(firing('a', { labels: { to: 'nobody' } })));
    expect(s.ledger()).toEqual({ received: 1, 'no-integration': 1 });
    expect(s.draft.changes().suppressions).toEqual([
      {
        fingerprint: 'a',
        startsAt: '2026-03-01T10:00:00Z',
        incidentId: s.incidentOf('a').id,
        reason: 'no-integration',
        rule: null,
        since: at('10:00'),
        until: at('10:00'),
        outcome: 'untold',
        evidence: [{ kind: 'no-integration', summary: 'routed to nobody, without any integration' }],
      },
    ]);
  });

  it('when no route leads anywhere', () => {
    const s = scene();
    s.at('10:00', webhook(firing('a', { labels: { to: '' } })));
    expect(s.draft.changes().suppressions[0]?.evidence[0]?.summary).toBe('routed to no receiver, without any integration');
  });

  it('not when it joins an incident that has one', () => {
    const s = scene();
    s.at('10:00', webhook(firing('a')));
    s.at('10:00', webhook(firing('b', { labels: { node: 'a', to: 'nobody' } })));
    expect(s.ledger()).toEqual({ received: 2, pending: 2 });
  });

  it('when it ended and none of its receivers wants to know', () => {
    const s = scene();
    s.at('10:00', webhook(firing('a', { labels: { to: 'quiet' } })));
    s.deliver('10:00:10');
    s.at('10:30', webhook(resolved('a')));
    expect(s.ledger()).toEqual({ received: 2, notified: 1, 'send-resolved-off': 1 });
    expect(s.delivery('a', QUIET).due).toBe(null);
  });

  it('not when one of them does', () => {
    const s = scene();
    s.at('10:00', webhook(firing('a', { labels: { to: 'quiet,slack' } })));
    s.deliver('10:00:10');
    s.at('10:30', webhook(resolved('a')));
    expect(s.ledger()).toEqual({ received: 2, notified: 1, pending: 1 });
  });
});

describe('an incident that was over before its first message was due', () => {
  it('was transient: nobody is told, and each alert says so', () => {
    const s = scene();
    s.at('10:00', webhook(firing('a'), firing('b', { labels: { node: 'a' } })));
    s.at('10:00:07', webhook(resolved('a'), resolved('b')));
    expect(s.ledger()).toEqual({ received: 4, transient: 4 });
    expect(s.handOver('10:00:10')).toEqual([]);
    expect(s.draft.changes().suppressions.map(({ fingerprint, reason, evidence }) => [fingerprint, reason, evidence])).toEqual(
      ['a', 'b'].map((fingerprint) => [
        fingerprint,
        'transient',
        [{ kind: 'transient', summary: 'it was over after 7 s, before its first message was due', value: 7 }],
      ]),
    );
    expect(s.timeline('a').at(-1)).toBe('suppressed');
  });
});
