import { describe, expect, it } from 'vitest';
import { nextTelling } from '../../../src/correlate/telling.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import type { Incident } from '../../../src/model/incident.ts';
import { HOUR } from '../../../src/model/time.ts';
import { at, CONSOLE, delivery, incident, QUIET, timing } from './scenario.ts';

/** An incident of version 3, opened at 10:00 and changed at 10:02, and what is told of it next. */
const next = (given: Partial<Incident>, owed: Partial<Delivery>) =>
  nextTelling(incident({ version: 3, newsVersion: 3, updatedAt: at('10:02'), ...given }), delivery(owed));
/** Told at 10:01, by a message that drew attention. */
const told: Partial<Delivery> = { sentVersion: 3, sentStatus: 'open', sentAt: at('10:01'), alertedAt: at('10:01') };

describe('the first message', () => {
  it('comes group_wait after the incident opened', () => {
    expect(next({}, {})).toEqual({ at: at('10:00:10'), kind: 'trigger' });
  });

  it('waits from when there was something to tell', () => {
    expect(next({ audibleAt: at('10:05') }, {})).toEqual({ at: at('10:05:10'), kind: 'trigger' });
  });

  it('comes at once to a destination that comes later', () => {
    expect(next({}, { createdAt: at('10:02') })).toEqual({ at: at('10:02'), kind: 'trigger' });
  });

  it('never comes when the incident is over before', () => {
    expect(next({ status: 'resolved', resolvedAt: at('10:02') }, {})).toBe(null);
  });
});

describe('a change', () => {
  it('comes group_interval after the message before', () => {
    expect(next({}, { ...told, sentVersion: 2 })).toEqual({ at: at('10:06'), kind: 'update' });
  });

  it('comes when it happens, if that is later', () => {
    expect(next({ updatedAt: at('11:00') }, { ...told, sentVersion: 2 })).toEqual({ at: at('11:00'), kind: 'update' });
  });

  it('comes at once when it is urgent', () => {
    expect(next({ urgentVersion: 3 }, { ...told, sentVersion: 2 })).toEqual({ at: at('10:02'), kind: 'update' });
  });

  it('is no longer urgent once it was told', () => {
    expect(next({ version: 4, newsVersion: 4, urgentVersion: 3 }, told)).toEqual({ at: at('10:06'), kind: 'update' });
  });

  it('by a person comes at once where a message can be edited', () => {
    const acknowledged: Partial<Incident> = { status: 'acknowledged', acknowledgedAt: at('10:02'), newsVersion: 2, shownVersion: 3 };
    expect(next(acknowledged, { ...told, sentVersion: 2 })).toEqual({ at: at('10:02'), kind: 'update' });
    expect(next({ ...acknowledged, newsVersion: 3 }, { ...told, sentVersion: 2, destination: CONSOLE })).toEqual({ at: at('10:06'), kind: 'update' });
    expect(next({ ...acknowledged, version: 4, shownVersion: 4, updatedAt: at('10:04') }, { ...told, sentAt: at('10:03') })).toEqual({
      at: at('10:08'),
      kind: 'update',
    });
  });

  it('that is to be shown is told where a message can be edited, as news is', () => {
    expect(next({ newsVersion: 2, shownVersion: 3 }, { ...told, sentVersion: 2 })).toEqual({ at: at('10:06'), kind: 'update' });
    expect(next({ newsVersion: 2, shownVersion: 3 }, { ...told, sentVersion: 2, destination: CONSOLE })?.kind).toBe('reminder');
  });

  it('without news is not told', () => {
    expect(next({ newsVersion: 2 }, { ...told, sentVersion: 2 })?.kind).toBe('reminder');
  });
});

describe('lesser news', () => {
  it.each([
    [0, '10:11'],
    [1, '10:21'],
    [2, '10:41'],
    [5, '15:21'],
    [6, '15:21'],
  ])('after %i messages of it is told at %s', (minorTold, time) => {
    expect(next({ newsVersion: 2, minorVersion: 3 }, { ...told, sentVersion: 2, minorTold })).toEqual({ at: at(time), kind: 'update', minor: true });
  });

  it('is told by a message that can not be edited, too', () => {
    expect(next({ newsVersion: 2, minorVersion: 3 }, { ...told, sentVersion: 2, destination: CONSOLE })).toMatchObject({ kind: 'update', minor: true });
  });

  it('goes with what is told anyway', () => {
    expect(next({ minorVersion: 3 }, { ...told, sentVersion: 2, minorTold: 3 })).toEqual({ at: at('10:06'), kind: 'update' });
  });

  it('that was told is told no more', () => {
    expect(next({ newsVersion: 2, minorVersion: 3 }, told)?.kind).toBe('reminder');
  });
});

describe('the end', () => {
  const over: Partial<Incident> = { status: 'resolved', resolvedAt: at('10:02') };

  it('is told group_interval after the message before', () => {
    expect(next(over, told)).toEqual({ at: at('10:06'), kind: 'resolve' });
  });

  it('by a person is told at once where a message can be edited', () => {
    expect(next({ ...over, resolution: 'person' }, told)).toEqual({ at: at('10:02'), kind: 'resolve' });
    expect(next({ ...over, resolution: 'person' }, { ...told, destination: CONSOLE })).toEqual({ at: at('10:06'), kind: 'resolve' });
  });

  it('is told when it comes, if that is later', () => {
    expect(next({ ...over, resolvedAt: at('11:00') }, told)).toEqual({ at: at('11:00'), kind: 'resolve' });
  });

  it('is told once', () => {
    expect(next(over, { ...told, sentStatus: 'resolved' })).toBe(null);
  });

  it('does not cancel news that was not heard: that goes out at once, before it', () => {
    expect(next(over, { ...told, sentVersion: 2 })).toEqual({ at: at('10:02'), kind: 'update' });
    expect(next(over, { ...told, sentVersion: 2, destination: QUIET })).toEqual({ at: at('10:02'), kind: 'update' });
    expect(next({ ...over, newsVersion: 2, minorVersion: 3 }, { ...told, sentVersion: 2 })?.kind).toBe('resolve');
  });

  it('of what was merged into another incident is told to everybody, and nothing before', () => {
    const merged = { ...over, mergedInto: '01KJMSEG0058H9CPQHM6CY8Q3S' };
    expect(next(merged, { ...told, sentVersion: 2, destination: QUIET })).toEqual({ at: at('10:06'), kind: 'resolve' });
  });

  it('is not told to a destination that does not want to know', () => {
    expect(next(over, { ...told, destination: QUIET })).toBe(null);
  });
});

describe('an incident that was told as over and goes on', () => {
  it('is told at once, as a change where that can be edited and anew where it cannot', () => {
    expect(next({}, { ...told, sentStatus: 'resolved' })).toEqual({ at: at('10:02'), kind: 'update' });
    expect(next({}, { ...told, sentStatus: 'resolved', destination: CONSOLE })).toEqual({ at: at('10:02'), kind: 'trigger' });
  });
});

describe('a reminder', () => {
  it('comes repeat_interval after a message last drew attention, not after the last edit', () => {
    expect(next({}, { ...told, sentAt: at('11:00') })).toEqual({ at: at('14:01'), kind: 'reminder' });
  });

  it.each([
    [0, '14:01'],
    [1, '18:01'],
    [2, '+1d 02:01'],
    [3, '+1d 10:01'],
    [9, '+1d 10:01'],
  ])('comes after twice as long as the one before, up to a day: after %i of them at %s', (reminders, time) => {
    expect(next({}, { ...told, reminders })).toEqual({ at: at(time), kind: 'reminder' });
  });

  it('comes no sooner than repeat_interval where that is longer than a day', () => {
    const slow = timing({ repeatInterval: 36 * HOUR });
    expect(next({}, { ...told, timing: slow, reminders: 2 })).toEqual({ at: at('+1d 22:01'), kind: 'reminder' });
  });

  it('is not sent of an incident that is kept open while nothing of it fires', () => {
    expect(next({ firingCount: 0, calmAt: at('10:30') }, told)).toBe(null);
  });

  it('is not sent while somebody has it in hand', () => {
    expect(next({ status: 'acknowledged' }, told)).toBe(null);
  });
});

describe('nothing is due', () => {
  it('while all of it is held back', () => {
    expect(next({ audibleAt: null }, {})).toBe(null);
  });

  it('while a message is in flight, whose outcome asks again', () => {
    expect(next({}, { inFlight: { seq: 1, kind: 'trigger', version: 3, at: at('10:00:10') } })).toBe(null);
  });

  it('of a version that was given up on, in any status', () => {
    expect(next({}, { failedVersion: 3 })).toBe(null);
    expect(next({}, { ...told, sentVersion: 2, failedVersion: 3 })).toBe(null);
    expect(next({ status: 'resolved', resolvedAt: at('10:02') }, { ...told, failedVersion: 3 })).toBe(null);
  });

  it('but a newer version is tried', () => {
    expect(next({}, { failedVersion: 2 })).toEqual({ at: at('10:00:10'), kind: 'trigger' });
  });
});
