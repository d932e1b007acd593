import { describe, expect, it } from 'vitest';
import { isMuted, mutedUntilIn } from '../../../src/route/muted-hours.ts';

const at = (time: string) => Date.parse(`2026-03-${time}Z`);
const HOUR = 3_600_000;
/** From 22:00 to 06:00, from 09:00 to 17:00, at all times, at none. */
const intervals = new Map([
  ['night', (time: number) => (time / HOUR) % 24 >= 22 || (time / HOUR) % 24 < 6],
  ['office', (time: number) => (time / HOUR) % 24 >= 9 && (time / HOUR) % 24 < 17],
  ['ever', () => true],
  ['never', () => false],
]);
const mute = (...muteIn: readonly string[]) => ({ muteIn, activeIn: [] });
const active = (...activeIn: readonly string[]) => ({ muteIn: [], activeIn });

describe('a route', () => {
  it.each([
    ['is muted in an interval that mutes it', mute('never', 'night'), '01T23:00', true],
    ['is not muted outside of it', mute('never', 'night'), '01T12:00', false],
    ['is muted outside of those that it is active in', active('office'), '01T23:00', true],
    ['is not muted inside of one of them', active('never', 'office'), '01T12:00', false],
    ['is muted in an interval although it is active', { muteIn: ['ever'], activeIn: ['office'] }, '01T12:00', true],
    ['is not muted by an interval that is gone', mute('gone'), '01T12:00', false],
    ['is muted when all that it is active in are gone', active('gone'), '01T12:00', true],
  ])('%s', (_, hours, time, expected) => {
    expect(isMuted(hours, intervals, at(time))).toBe(expected);
  });
});

describe('until when routes are muted', () => {
  const until = mutedUntilIn(intervals);

  it('is when the first of them no longer is', () => {
    expect(until([mute('night')], at('01T23:12:34'))).toBe(at('02T06:00'));
    expect(until([mute('night'), active('office')], at('01T23:00'))).toBe(at('02T06:00'));
    expect(until([active('office')], at('01T23:00'))).toBe(at('02T09:00'));
    expect(until([mute('night'), mute('office')], at('01T10:00'))).toBe(null);
  });

  it('is the same however often it is asked, in any order', () => {
    for (const time of ['01T23:00', '02T05:59:59', '01T22:00', '02T02:00']) expect(until([mute('night')], at(time))).toBe(at('02T06:00'));
    expect(until([mute('night')], at('02T06:00'))).toBe(null);
    expect(until([mute('night')], at('02T22:30'))).toBe(at('03T06:00'));
  });

  it('is looked for two days ahead', () => {
    expect(until([mute('ever')], at('01T10:00'))).toBe(at('03T10:00'));
  });
});
