import { describe, expect, it } from 'vitest';
import { at, firing, resolved, scene, webhook } from './scenario.ts';

/** An alert that fired at 10:00, was told of, and ended at 10:30. */
const ended = () => {
  const s = scene();
  s.at('10:00', webhook(firing('a')));
  s.deliver('10:00:10');
  s.at('10:30', webhook(resolved('a')));
  s.deliver('10:30');
  return s;
};

describe('a firing with the start of a resolve already seen', () => {
  it('is pending for a minute', () => {
    const s = ended();
    s.at('10:31', webhook(firing('a')));
    expect(s.dueOf('doubtful', 'a')).toBe(at('10:32'));
    expect(s.incidentOf('a').status).toBe('resolved');
    expect(s.ledger()).toEqual({ received: 3, notified: 2, pending: 1 });
  });

  it('is not decided before', () => {
    const s = ended();
    s.at('10:31', webhook(firing('a')));
    s.fire('10:31:59', 'doubtful', 'a');
    expect(s.alert('a')).toMatchObject({ status: 'resolved', doubtful: { due: at('10:32') } });
  });

  it('then counts as fired again', () => {
    const s = ended();
    s.at('10:31', webhook(firing('a')));
    s.fire('10:32', 'doubtful', 'a');
    expect(s.incidentOf('a')).toMatchObject({ status: 'open', firingCount: 1 });
    expect(s.alert('a')).toMatchObject({ status: 'firing', doubtful: null, membership: { occurrences: 2 } });
    s.deliver('10:32');
    expect(s.ledger()).toEqual({ received: 3, notified: 3 });
  });

  it.each([
    ['the same start', resolved('a', { startsAt: '10:00' })],
    ['a later start', resolved('a', { startsAt: '10:20' })],
    ['no start', resolved('a', { startsAt: null })],
  ])('was a late replica when a resolve with %s comes', (_case, resolve) => {
    const s = ended();
    s.at('10:31', webhook(firing('a')));
    s.at('10:31:30', webhook(resolve));
    s.fire('10:32', 'doubtful', 'a');
    expect(s.incidentOf('a').status).toBe('resolved');
    expect(s.ledger()).toEqual({ received: 4, notified: 2, duplicate: 2 });
  });

  it('stays in doubt when a resolve of an older episode comes', () => {
    const s = ended();
    s.at('10:31', webhook(firing('a')));
    s.at('10:31:30', webhook(resolved('a', { startsAt: '09:00' })));
    expect(s.ledger()).toEqual({ received: 4, notified: 2, duplicate: 1, pending: 1 });
  });

  it('that comes again waits no longer, and all of them count', () => {
    const s = ended();
    s.at('10:31', webhook(firing('a')));
    s.at('10:31:40', webhook(firing('a')));
    expect(s.alert('a').doubtful).toMatchObject({ due: at('10:32'), received: 2 });
    s.fire('10:32', 'doubtful', 'a');
    s.deliver('10:32');
    expect(s.ledger()).toEqual({ received: 4, notified: 4 });
  });

  it('is settled by a firing with a later start', () => {
    const s = ended();
    s.at('10:31', webhook(firing('a')));
    s.at('10:31:30', webhook(firing('a', { startsAt: '10:31' })));
    expect(s.alert('a')).toMatchObject({ status: 'firing', doubtful: null, startsAt: { text: '2026-03-01T10:31:00Z' } });
    s.fire('10:32', 'doubtful', 'a');
    expect(s.alert('a').membership?.occurrences).toBe(2);
    s.deliver('10:32');
    expect(s.ledger()).toEqual({ received: 4, notified: 4 });
  });
});

describe('duplicates', () => {
  it('of what fires and of what ended are counted and change nothing that is told', () => {
    const s = ended();
    s.at('10:31', webhook(resolved('a')));
    s.at('10:31', webhook(firing('a', { startsAt: '09:00' })));
    expect(s.ledger()).toEqual({ received: 4, notified: 2, duplicate: 2 });
    expect(s.delivery('a').due).toBe(null);
  });

  it('of what fires say that the sender is there', () => {
    const s = scene();
    s.at('10:00', webhook(firing('a')));
    s.at('12:00', webhook(firing('a')));
    expect(s.alert('a').heardAt).toBe(at('12:00'));
    expect(s.draft.longestRedelivery).toBe(2 * 3_600_000);
  });

  it('a whole episode that was never seen moves the start on, so that its firing is known when it comes late', () => {
    const s = ended();
    s.at('10:50', webhook(resolved('a', { startsAt: '10:40', endsAt: '10:45' })));
    expect(s.alert('a')).toMatchObject({ status: 'resolved', startsAt: { text: '2026-03-01T10:40:00Z' }, endsAt: { text: '2026-03-01T10:45:00Z' } });
    s.at('10:51', webhook(firing('a', { startsAt: '10:20' })));
    expect(s.ledger()).toMatchObject({ duplicate: 2 });
  });
});

it('an alert that could not be understood costs the others nothing', () => {
  const s = scene();
  s.at('10:00', { ...webhook(firing('a')), malformed: [{ pointer: '/alerts/1/labels', detail: 'must be an object', raw: '{"labels":7}' }] });
  expect(s.ledger()).toEqual({ received: 2, pending: 1, failed: 1 });
  expect(s.draft.changes().failures).toEqual([{ at: at('10:00'), pointer: '/alerts/1/labels', detail: 'must be an object', raw: '{"labels":7}' }]);
});
