import { describe, expect, it } from 'vitest';
import { isTimeZone, localTimeIn } from '../../../src/config/local-time.ts';
import { HOUR, MINUTE } from '../../../src/model/time.ts';
import { poisoned } from '../../purity.ts';

/** The local time as text: `2026-03-29 Sunday 03:00 of 31`. */
function shown(zone: string, time: string): string {
  const { year, month, day, weekday, minuteOfDay, daysInMonth } = localTimeIn(zone)(Date.parse(time));
  const digits = (value: number) => String(value).padStart(2, '0');
  const name = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'][weekday];
  return `${year}-${digits(month)}-${digits(day)} ${name} ${digits(Math.floor(minuteOfDay / 60))}:${digits(minuteOfDay % 60)} of ${daysInMonth}`;
}

describe('the local time', () => {
  it.each([
    ['UTC', '2026-03-01T00:00Z', '2026-03-01 Sunday 00:00 of 31'],
    ['UTC', '2024-02-29T23:59:59.999Z', '2024-02-29 Thursday 23:59 of 29'],
    ['UTC', '1969-12-31T23:59Z', '1969-12-31 Wednesday 23:59 of 31'],
    ['UTC', '0001-01-01T00:00Z', '1-01-01 Monday 00:00 of 31'],
    ['Etc/UTC', '2026-03-01T00:00Z', '2026-03-01 Sunday 00:00 of 31'],
    ['Europe/Berlin', '2026-02-28T23:00Z', '2026-03-01 Sunday 00:00 of 31'],
    ['America/New_York', '2026-03-01T04:59Z', '2026-02-28 Saturday 23:59 of 28'],
    ['Asia/Kathmandu', '2026-01-01T00:00Z', '2026-01-01 Thursday 05:45 of 31'],
    ['America/St_Johns', '2026-01-01T00:00Z', '2025-12-31 Wednesday 20:30 of 31'],
    ['Pacific/Kiritimati', '2026-12-31T10:00Z', '2027-01-01 Friday 00:00 of 31'],
    ['Asia/Kathmandu', '1900-01-01T00:00Z', '1900-01-01 Monday 05:41 of 31'],
  ])('in %s at %s', (zone, time, expected) => {
    expect(shown(zone, time)).toBe(expected);
  });

  it.each([
    ['Europe/Berlin', '2026-03-29T00:59:59.999Z', '01:59', '2026-03-29T01:00Z', '03:00'],
    ['Europe/Berlin', '2026-10-25T00:59Z', '02:59', '2026-10-25T01:00Z', '02:00'],
    ['Australia/Lord_Howe', '2026-04-04T14:59Z', '01:59', '2026-04-04T15:00Z', '01:30'],
    ['America/St_Johns', '2010-11-07T02:30:59Z', '00:00', '2010-11-07T02:31Z', '23:01'],
    ['Pacific/Chatham', '2026-04-04T13:59Z', '03:44', '2026-04-04T14:00Z', '02:45'],
  ])('of %s jumps between %s and the minute after', (zone, before, shownBefore, after, shownAfter) => {
    const localTime = localTimeIn(zone);
    const clock = (time: string) => localTime(Date.parse(time)).minuteOfDay;
    const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
    // Each asked twice, in both orders: what is remembered of one side must not serve the other.
    expect([before, after, before, after].map(clock)).toEqual([shownBefore, shownAfter, shownBefore, shownAfter].map(minutes));
  });

  it('stays right when more is asked than is remembered', () => {
    const start = Date.parse('2026-01-01T00:00Z');
    const localTime = localTimeIn('Asia/Kolkata');
    const wrong = Array.from({ length: 3000 }, (_, i) => start + i * HOUR).filter(
      (at) => localTime(at).minuteOfDay !== (((at - start) % (24 * HOUR)) / MINUTE + 330) % 1440,
    );
    expect(wrong).toEqual([]);
  });

  it('in UTC is reckoned without Intl', () => {
    expect(poisoned(() => [isTimeZone('UTC'), localTimeIn('UTC')(0).year])).toEqual([true, 1970]);
    expect(() => poisoned(() => localTimeIn('Europe/Berlin'))).toThrow('Intl.DateTimeFormat');
  });
});

describe('the name of a time zone', () => {
  it.each(['UTC', 'Etc/UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Asia/Calcutta', 'US/Eastern', 'Etc/GMT+5', 'CET'])('may be %s', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  it.each(['', 'Local', 'Europe/Berln', '+01:00', 'Berlin', '../UTC', 'constructor'])('cannot be %j', (name) => {
    expect(isTimeZone(name)).toBe(false);
  });
});
