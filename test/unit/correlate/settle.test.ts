import { describe, expect, it } from 'vitest';
import { owe, settle } from '../../../src/correlate/settle.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import type { Incident } from '../../../src/model/incident.ts';
import { at, delivery, incident, QUIET } from './scenario.ts';

/** Three alerts are owed: two of version 1, one of version 2. */
const OWED = [
  { version: 1, count: 2 },
  { version: 2, count: 1 },
];
const settled = (deliveries: readonly Partial<Delivery>[], given: Partial<Incident> = {}) =>
  settle(incident({ version: 2, owed: OWED, ...given }), deliveries.map(delivery));
const due = { at: at('10:05'), kind: 'update' } as const;

describe('owed alerts', () => {
  it('are notified up to the version that one destination was told', () => {
    expect(settled([{ sentVersion: 1, due }])).toEqual({ booked: 2, account: 'notified', owed: [{ version: 2, count: 1 }] });
    expect(settled([{ sentVersion: 2 }, { due }])).toEqual({ booked: 3, account: 'notified', owed: [] });
  });

  it.each<[string, Partial<Delivery>]>([
    ['a message is due', { due }],
    ['a message is in flight', { inFlight: { seq: 1, kind: 'trigger', version: 2, at: at('10:01') } }],
  ])('wait while %s anywhere', (_case, waiting) => {
    expect(settled([{ failedVersion: 2 }, waiting])).toEqual({ booked: 0, account: null, owed: OWED });
  });

  it('do not wait for a reminder', () => {
    expect(settled([{ sentVersion: 1, sentStatus: 'open', due: { at: at('14:00'), kind: 'reminder' } }], { owed: [{ version: 2, count: 1 }] })).toEqual({
      booked: 1,
      account: 'notified',
      owed: [],
    });
  });

  it('failed when it was tried in vain', () => {
    expect(settled([{ failedVersion: 2 }, {}])).toEqual({ booked: 3, account: 'failed', owed: [] });
  });

  it('failed also when an earlier version was told and the last was given up on', () => {
    expect(settled([{ sentVersion: 1, failedVersion: 2 }], { owed: [{ version: 2, count: 1 }] }).account).toBe('failed');
  });

  it('were transient when all was over before the first message', () => {
    expect(settled([{}], { status: 'resolved' })).toEqual({ booked: 3, account: { suppressed: 'transient' }, owed: [] });
  });

  it('are suppressed when they ended with an incident whose end nobody wants to know', () => {
    const quiet: Partial<Delivery> = { destination: QUIET, sentVersion: 1, sentStatus: 'open' };
    expect(settled([quiet], { status: 'resolved', owed: [{ version: 2, count: 1 }] }).account).toEqual({ suppressed: 'send-resolved-off' });
  });

  it('failed when the one place that wants to know of the end was given up on', () => {
    const quiet: Partial<Delivery> = { destination: QUIET, sentVersion: 1, sentStatus: 'open' };
    const givenUp: Partial<Delivery> = { sentVersion: 1, sentStatus: 'open', failedVersion: 2 };
    expect(settled([quiet, givenUp], { status: 'resolved', owed: [{ version: 2, count: 1 }] }).account).toBe('failed');
  });

  it('are notified by a destination that knows the incident and needs no further message', () => {
    expect(settled([{ sentVersion: 1, sentStatus: 'resolved' }], { status: 'resolved', owed: [{ version: 2, count: 1 }] }).account).toBe('notified');
  });

  it('of none nothing is booked', () => {
    expect(settled([{}], { owed: [] })).toEqual({ booked: 0, account: null, owed: [] });
  });
});

describe('owing', () => {
  it('adds to the present version and appends a new one', () => {
    expect(owe([], 1, 2)).toEqual([{ version: 1, count: 2 }]);
    expect(owe([{ version: 1, count: 2 }], 1, 1)).toEqual([{ version: 1, count: 3 }]);
    expect(owe([{ version: 1, count: 2 }], 2, 1)).toEqual(OWED);
  });
});
