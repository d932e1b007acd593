import { describe, expect, it } from 'vitest';
import { finish } from '../../../src/correlate/finish.ts';
import { merge } from '../../../src/correlate/merge.ts';
import type { Labels } from '../../../src/model/labels.ts';
import { MINUTE } from '../../../src/model/time.ts';
import { holding, holdScene, waiting, warning } from './hold-scene.ts';
import { action, at, firing, policy, resolved, routesTo, type Scene, webhook } from './scenario.ts';

/** The ledger, once what is pending is known to wait somewhere. */
function ledger(s: Scene) {
  const accounts = s.ledger();
  expect(accounts['pending'] ?? 0).toBe(waiting(s));
  return accounts;
}

describe('an alert that is held back', () => {
  it('is pending until it clears, then suppressed with the reason', () => {
    const s = holdScene(['a']);
    s.at('10:00', webhook(warning('a')));
    expect(ledger(s)).toEqual({ received: 1, pending: 1 });
    s.at('10:02', webhook(resolved('a', { labels: { severity: 'warning' } })));
    expect(ledger(s)).toEqual({ received: 2, transient: 2 });
    expect(s.draft.changes().suppressions).toMatchObject([{ fingerprint: 'a', reason: 'transient', outcome: 'untold', until: at('10:02') }]);
    expect(s.incidentOf('a')).toMatchObject({ status: 'resolved', held: 0, owed: [] });
  });

  it('says when it would have been told', () => {
    const s = holdScene(['a'], { route: () => routesTo('slack', { groupWait: 2 * MINUTE }) });
    s.at('10:00', webhook(warning('a')));
    expect(s.alert('a').hold?.evidence.at(-1)).toEqual({ kind: 'otherwise', summary: 'without the hold it would have been told at 10:02' });
  });

  it('is owed by its incident once it is told of', () => {
    const s = holdScene(['a']);
    s.at('10:00', webhook(warning('a')));
    s.fire('10:11', 'hold', 'a');
    expect(ledger(s)).toEqual({ received: 1, pending: 1 });
    s.deliver('10:12');
    expect(ledger(s)).toEqual({ received: 1, notified: 1 });
  });

  it('counts each further start once', () => {
    const s = holdScene(['a']);
    s.at('10:00', webhook(warning('a')));
    s.at('10:01', webhook(warning('a', { startsAt: '10:01' })));
    expect(ledger(s)).toEqual({ received: 2, pending: 2 });
    expect(s.incidentOf('a').held).toBe(1);
    s.at('10:02', webhook(resolved('a', { startsAt: '10:01' })));
    expect(ledger(s)).toEqual({ received: 3, transient: 3 });
  });

  it('and is not heard of any more is suppressed', () => {
    const s = holdScene(['a']);
    s.at('10:00', webhook(warning('a')));
    s.fire('20:00', 'stale', 'a');
    expect(ledger(s)).toEqual({ received: 1, transient: 1 });
  });

  it('is told of with what joins its incident and is not held back', () => {
    const s = holdScene(['a']);
    s.at('10:00', webhook(warning('a')));
    s.at('10:01', webhook(firing('b', { labels: { node: 'a' } })));
    expect(s.alert('a').hold).toBe(null);
    expect(ledger(s)).toEqual({ received: 2, pending: 2 });
    s.deliver('10:02');
    expect(ledger(s)).toEqual({ received: 2, notified: 2 });
  });

  it('keeps its incident in memory while it fires', () => {
    const s = holdScene(['a']);
    s.at('10:00', webhook(warning('a')));
    s.at('10:01', action('resolve', 'a'));
    s.fire('+1d 10:00', 'let-go', s.incidentOf('a').id);
    expect(ledger(s)).toEqual({ received: 1, pending: 1 });
  });
});

describe('an incident that a person resolved while an alert of it is held back', () => {
  const taken = () => {
    const s = holdScene(['a']);
    s.at('10:00', webhook(warning('a')));
    s.at('10:01', action('resolve', 'a'));
    return s;
  };

  it('is not told of when the hold is over, but holds on until it would reopen', () => {
    const s = taken();
    s.fire('10:11', 'hold', 'a');
    expect(s.alert('a').hold?.until).toBe(at('14:01'));
    expect(s.handOver('10:12')).toEqual([]);
    expect(ledger(s)).toEqual({ received: 1, pending: 1 });
  });

  it('reopens when the alert is heard firing after repeat_interval, and people are told', () => {
    const s = taken();
    s.fire('10:11', 'hold', 'a');
    s.at('14:02', webhook(warning('a')));
    expect(s.incidentOf('a')).toMatchObject({ status: 'open', held: 0 });
    expect(s.deliver('14:03')).toMatchObject([{ kind: 'trigger' }]);
    expect(ledger(s)).toEqual({ received: 2, notified: 1, duplicate: 1 });
  });

  it('stays over when the alert clears', () => {
    const s = taken();
    s.at('10:02', webhook(resolved('a')));
    expect(ledger(s)).toEqual({ received: 2, transient: 2 });
    s.fire('+1d 10:02', 'let-go', s.incidentOf('a').id);
    s.fire('+1d 10:02', 'forget', 'a');
    expect(s.draft.alert('a')).toBe(undefined);
  });

  it('ends the hold when nobody would be told anyway', () => {
    const s = holdScene(['a'], { route: () => [] });
    s.at('10:00', webhook(warning('a')));
    s.at('10:01', action('resolve', 'a'));
    s.fire('10:11', 'hold', 'a');
    expect(s.alert('a').hold).toBe(null);
    expect(ledger(s)).toEqual({ received: 1, transient: 1 });
  });
});

describe('two incidents with held alerts that are merged', () => {
  it('keep both alerts held and pending, and each is booked once', () => {
    const s = holdScene(['a', 'b']);
    s.at('10:00', webhook(warning('a')));
    s.at('10:00:10', webhook(warning('b')));
    const [older, younger] = [s.incidentOf('a'), s.incidentOf('b')];
    expect(older.id).not.toBe(younger.id);
    merge(s.draft, older, younger, { evidence: [] }, at('10:00:20'));
    finish(s.draft, at('10:00:20'), policy(holding()));
    expect(s.incidentOf('b')).toMatchObject({ id: older.id, held: 2 });
    expect(ledger(s)).toEqual({ received: 2, pending: 2 });
    s.at('10:02', webhook(resolved('a'), resolved('b')));
    expect(ledger(s)).toEqual({ received: 4, transient: 4 });
    expect(s.incidentOf('b').held).toBe(0);
  });
});

describe('a rule that suppresses an alert of an incident that people know of', () => {
  const rule = {
    name: 'noise',
    matches: (of: Labels) => of.get('alertname') === 'Noise',
    source: 'alertname="Noise"',
    action: 'suppress',
    for: 10 * MINUTE,
    isActive: () => true,
    expires: null,
    comment: '',
    when: null,
    unless: null,
  } as const;
  const suppressed = () => {
    const s = holdScene([], holding({ rules: [rule] }));
    s.at('10:00', webhook(firing('a')));
    s.at('10:01', webhook(warning('b', { labels: { node: 'a', alertname: 'Noise' } })));
    s.deliver('10:02');
    return s;
  };

  it('leaves it pending and out of what the incident holds back', () => {
    const s = suppressed();
    expect(ledger(s)).toEqual({ received: 2, notified: 1, pending: 1 });
    expect(s.incidentOf('b').held).toBe(0);
    expect(s.alert('b').hold?.evidence.at(-1)?.summary).toBe('without the hold it would have been told with the next update of its incident');
  });

  it('has it told of when its time is over', () => {
    const s = suppressed();
    s.fire('10:12', 'hold', 'b');
    s.deliver('10:20');
    expect(ledger(s)).toEqual({ received: 2, notified: 2 });
  });

  it('books it under `rule` when it ends', () => {
    const s = suppressed();
    s.at('10:05', webhook(resolved('b', { labels: { alertname: 'Noise' } })));
    expect(ledger(s)).toEqual({ received: 3, notified: 1, rule: 2 });
  });
});

describe('a heartbeat', () => {
  const beats = { heartbeats: [{ matches: (of: Labels) => of.get('severity') === 'none', source: 'severity="none"', within: null }] };
  const beat = (startsAt = '09:00') => firing('w', { startsAt, labels: { alertname: 'Watchdog', severity: 'none' } });
  const missing = () => {
    const s = holdScene([], holding(beats));
    s.at('10:00', webhook(beat()));
    s.at('10:01', webhook(beat()));
    s.fire('10:11', 'heartbeat', 'w');
    return s;
  };

  it('is suppressed, its repeats are duplicates', () => {
    const s = holdScene([], holding(beats));
    s.at('10:00', webhook(beat()));
    s.at('10:01', webhook(beat()));
    expect(ledger(s)).toEqual({ received: 2, heartbeat: 1, duplicate: 1 });
  });

  it('that is missing owes nothing to the ledger, and its incident can be let go', () => {
    const s = missing();
    expect(s.deliver('10:12')).toMatchObject([{ kind: 'trigger' }]);
    const { id } = s.incidentOf('w');
    s.at('10:20', webhook(beat()));
    s.deliver('10:30');
    expect(s.draft.incident(id)).toMatchObject({ status: 'resolved', firingCount: 0, owed: [] });
    s.fire('12:00', 'let-go', id);
    expect(s.draft.incident(id)).toBe(undefined);
    expect(ledger(s)).toEqual({ received: 3, heartbeat: 1, duplicate: 2 });
  });

  it.each([
    ['the same start', '09:00'],
    ['a new start', '10:15'],
  ])('that is back with %s ends its absence', (_, startsAt) => {
    const s = missing();
    const { id } = s.incidentOf('w');
    s.at('10:20', webhook(beat(startsAt)));
    expect(s.draft.incident(id)).toMatchObject({ status: 'resolved', firingCount: 0 });
    expect(s.alert('w')).toMatchObject({ status: 'firing', membership: null, heartbeat: { absent: false } });
  });

  it('that is back after its absence went stale ends it once', () => {
    const s = missing();
    const { id } = s.incidentOf('w');
    s.fire('+1d 10:00', 'stale', 'w');
    s.at('+1d 10:01', webhook(beat()));
    expect(s.draft.incident(id)?.firingCount).toBe(0);
  });

  it('that was resolved and fires with the same start is a beat, not an alert', () => {
    const s = holdScene([], holding(beats));
    s.at('10:00', webhook(beat()));
    s.at('10:01', webhook({ ...beat(), status: 'resolved', endsAt: beat().startsAt }));
    s.at('10:02', webhook(beat()));
    expect(s.alert('w').doubtful).toBe(null);
    expect(ledger(s)).toEqual({ received: 3, heartbeat: 1, duplicate: 2 });
  });

  it('that fired as another alert before ends as one', () => {
    const s = holdScene(['w'], holding(beats));
    s.at('10:00', webhook(warning('w')));
    s.at('10:01', webhook(beat('10:01')));
    expect(ledger(s)).toEqual({ received: 2, transient: 1, heartbeat: 1 });
  });
});

describe('an alert that flaps', () => {
  it('no longer does when a person resolves its incident', () => {
    const s = holdScene([]);
    s.at('10:00', webhook(firing('a'), firing('b', { labels: { node: 'a' } })));
    let startsAt = '10:00';
    for (const [end, start] of [
      ['10:05', '10:10'],
      ['10:15', '10:20'],
      ['10:25', '10:30'],
      ['10:35', '10:40'],
    ] as const) {
      s.at(end, webhook(resolved('a', { startsAt })));
      s.at(start, webhook(firing('a', { startsAt: start })));
      startsAt = start;
    }
    expect(s.alert('a').flapping).not.toBe(null);
    s.at('10:58', action('resolve', 'a'));
    expect(s.alert('a').flapping).toBe(null);
    s.at('10:59', webhook(resolved('a', { startsAt })));
    ledger(s);
  });
});

describe('a doubtful firing', () => {
  it('of an alert that is then held back is pending once', () => {
    const s = holdScene(['a']);
    s.at('10:00', webhook(warning('a')));
    s.at('10:01', webhook(resolved('a')));
    s.at('10:01:30', webhook(warning('a')));
    expect(ledger(s)).toEqual({ received: 3, pending: 1, transient: 2 });
    s.fire('10:02:30', 'doubtful', 'a');
    expect(ledger(s)).toEqual({ received: 3, pending: 1, transient: 2 });
    s.at('10:03', webhook(resolved('a', { endsAt: '10:40' })));
    expect(ledger(s)['pending']).toBe(undefined);
  });

  it('that could not be decided is accounted for when the alert is forgotten', () => {
    const s = holdScene(['a']);
    s.at('10:00', webhook(warning('a')));
    s.at('10:01', webhook(resolved('a')));
    s.at('10:01:30', webhook(warning('a')));
    s.fire('+1d 12:00', 'let-go', s.incidentOf('a').id);
    s.fire('+1d 12:00', 'forget', 'a');
    expect(ledger(s)).toEqual({ received: 3, failed: 1, transient: 2 });
  });
});
