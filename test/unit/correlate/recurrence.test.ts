import { describe, expect, it } from 'vitest';
import type { Arrival } from '../../../src/correlate/arrival.ts';
import { CONSTANTS } from '../../../src/correlate/constants.ts';
import { recurrence } from '../../../src/correlate/recurrence.ts';
import type { EntityPart, Incident } from '../../../src/model/incident.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/model/time.ts';
import { arrival } from './arrival.ts';
import { at, incident, part } from './scenario.ts';

/** Per minute: an alert on gpu-7 that fired for half an hour until 10:30, when it comes back at a time of day. */
function backAt(time: string, given: Partial<Arrival> = {}, own: Partial<Incident> = {}): number {
  return recurrence(arrival({ at: at(time), endedAt: at('10:30'), lasted: 30 * MINUTE, rate: 0, ...given }), incident(own), CONSTANTS) * MINUTE;
}

describe('an alert that comes back by itself', () => {
  it('does so half the times, within 0.05 of the time that it fired: half an hour is 1.5 min', () => {
    expect(backAt('10:30')).toBeCloseTo(0.5 / 1.5, 12);
    expect(backAt('10:31:30')).toBeCloseTo(0.25 / 1.5, 12);
    expect(backAt('10:36')).toBeCloseTo(0.5 / 1.5 / 16, 12);
  });

  it('does so later the longer it fired', () => {
    expect(backAt('10:30', { lasted: 10 * MINUTE })).toBeCloseTo(0.5 / 0.5, 12);
    expect(backAt('10:31', { lasted: 10 * MINUTE })).toBeCloseTo(0.125 / 0.5, 12);
    expect(backAt('10:33', { lasted: HOUR })).toBeCloseTo(0.25 / 3, 12);
  });

  it('is as likely when it ends after it began anew', () => {
    expect(backAt('10:20')).toBe(backAt('10:30'));
  });

  it('means little for one that comes all the time', () => {
    expect(backAt('10:30', { rate: 27 / DAY })).toBeCloseTo(0.5 / 1.5 / 10, 12);
  });

  it('does so into an incident that is over, too', () => {
    expect(backAt('10:30', {}, { status: 'resolved' })).toBeCloseTo(0.5 / 1.5, 12);
  });

  it('does not when it never ended, or was over at once', () => {
    expect(backAt('10:30', { endedAt: null })).toBe(0);
    expect(backAt('10:30', { lasted: 0 })).toBe(0);
  });
});

/** Other trouble of the incident, on another machine, that began just when the alert comes back. */
const other = (given: Partial<EntityPart> = {}) => part({ entity: 'node/gpu-9', rate: 0, firstAt: at('10:30'), ...given });
/** The same for an alert that means nothing by itself. */
const amid = (parts: readonly EntityPart[], time = '10:30', given: Partial<Arrival> = {}) =>
  backAt(time, { rate: Number.POSITIVE_INFINITY, ...given }, { parts });

describe('an alert that comes back while other trouble goes on', () => {
  it('does so half the times, within 0.15 of the time that it fired: half an hour is 4.5 min', () => {
    expect(amid([other()])).toBeCloseTo(0.5 / 4.5, 12);
    expect(amid([other({ firstAt: at('10:34:30') })], '10:34:30')).toBeCloseTo(0.25 / 4.5, 12);
    expect(amid([other({ firstAt: at('10:39') })], '10:39')).toBeCloseTo(0.125 / 4.5, 12);
  });

  it.each([
    ['not within less than 30 s', 10 * SECOND, 0.5],
    ['by that share in between', 10 * MINUTE, 1.5],
    ['not within more than 15 min', 10 * HOUR, 15],
  ])('does so %s, however long it fired', (_case, lasted, minutes) => {
    expect(amid([other()], '10:30', { lasted })).toBeCloseTo(0.5 / minutes, 12);
  });

  it('does so as it would by itself where that is likelier', () => {
    expect(backAt('10:30', {}, { parts: [other()] })).toBeCloseTo(0.5 / 1.5, 12);
    expect(backAt('10:36', {}, { parts: [other({ firstAt: at('10:36') })] })).toBeCloseTo((0.5 / 4.5) * 2 ** (-6 / 4.5), 12);
  });
});

describe('other trouble of the incident', () => {
  const whole = 0.5 / 4.5;

  it('counts half when it is half an hour old, so that what is stuck keeps nothing together', () => {
    expect(amid([other({ firstAt: at('10:00') })])).toBeCloseTo(whole / 2, 12);
    expect(amid([other({ firstAt: at('10:30') - DAY })])).toBeCloseTo(whole / 49, 12);
  });

  it('counts little when it comes by chance all the time', () => {
    expect(amid([other({ rate: 27 / DAY })])).toBeCloseTo(whole / 10, 12);
  });

  it('counts once, that which counts most', () => {
    expect(amid([other({ firstAt: at('10:00') }), other({ entity: 'node/gpu-8' }), other({ rate: 27 / DAY })])).toBeCloseTo(whole, 12);
  });

  it('may be on the same entity, of another rule or of the same one', () => {
    expect(amid([other({ entity: 'node/gpu-7', rule: 'NodeDown' })])).toBeCloseTo(whole, 12);
    expect(amid([other({ entity: 'node/gpu-7', rule: 'DiskFull' })])).toBeCloseTo(whole, 12);
  });

  it('is none once it ended', () => {
    expect(amid([])).toBe(0);
    expect(amid([other({ firing: 0, endedAt: at('10:30') })])).toBe(0);
  });
});
