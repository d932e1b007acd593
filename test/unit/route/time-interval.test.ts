import { describe, expect, it } from 'vitest';
import { localTimeIn } from '../../../src/config/local-time.ts';
import { isActive, type TimeInterval } from '../../../src/route/time-interval.ts';

const EVER: TimeInterval = { times: null, weekdays: null, daysOfMonth: null, months: null, years: null, localTime: localTimeIn('UTC') };
const OFFICE_HOURS = { times: [{ startMinute: 540, endMinute: 1020 }], weekdays: [{ first: 1, last: 5 }] };
const SYDNEY = { localTime: localTimeIn('Australia/Sydney') };

function active(interval: Partial<TimeInterval>, time: string): boolean {
  return isActive([{ ...EVER, ...interval }], Date.parse(time));
}

/** Rows of prometheus/alertmanager, timeinterval/timeinterval_test.go: an interval, times in it, times outside. */
const CASES: readonly (readonly [string, Partial<TimeInterval>, readonly string[], readonly string[]])[] = [
  ['one without fields', {}, ['2006-01-02T15:04Z', '2007-01-03T10:04Z', '2006-01-04T09:04Z'], []],
  [
    '9 to 17 on Monday to Friday',
    OFFICE_HOURS,
    ['2020-05-04T15:04Z', '2020-05-05T10:04Z', '2020-06-09T09:04Z'],
    ['2020-05-03T15:04Z', '2020-05-04T08:59Z', '2020-05-05T05:00Z'],
  ],
  [
    'some days of one month of one year',
    { daysOfMonth: [{ first: 4, last: 6 }], months: [{ first: 4, last: 4 }], years: [{ first: 2020, last: 2020 }] },
    ['2020-04-04T15:04Z', '2020-04-05T00:00Z', '2020-04-06T23:05Z'],
    ['2018-05-03T15:04Z', '2020-04-03T23:59Z', '2020-06-04T23:59Z', '2019-04-06T23:59Z', '2020-04-07T00:00Z'],
  ],
  [
    'the last three days of each month',
    { daysOfMonth: [{ first: -3, last: -1 }] },
    ['2020-01-31T15:04Z', '2020-01-30T15:04Z', '2020-01-29T15:04Z', '2020-06-30T00:00Z', '2020-02-29T23:05Z'],
    ['2018-05-03T15:04Z', '2020-01-27T15:04Z', '2020-01-28T23:59Z', '2020-04-03T23:59Z', '2020-04-07T00:00Z', '2020-03-01T00:00Z'],
  ],
  [
    'days beyond both ends of the month',
    { months: [{ first: 6, last: 6 }], daysOfMonth: [{ first: -31, last: 31 }] },
    ['2020-06-30T00:00Z', '2020-06-01T00:00Z'],
    ['2020-05-31T00:00Z', '2020-07-01T00:00Z'],
  ],
  ['days that the month lacks', { daysOfMonth: [{ first: 30, last: 31 }] }, ['2021-03-30T13:00Z'], ['2021-02-28T13:00Z', '2021-03-01T13:00Z']],
  ['days from the tenth to the last', { daysOfMonth: [{ first: 10, last: -1 }] }, ['2021-02-10T00:00Z', '2021-02-28T23:59Z'], ['2021-02-09T23:59Z']],
  ['another time zone', { ...OFFICE_HOURS, ...SYDNEY }, ['2021-04-06T13:00+10:00'], ['2021-04-06T13:00Z']],
  [
    'another time zone in summer',
    { ...OFFICE_HOURS, ...SYDNEY, months: [{ first: 11, last: 11 }] },
    ['2021-11-01T09:00+11:00', '2021-10-31T22:00Z'],
    ['2021-10-31T21:00Z'],
  ],
];

describe('an interval is active', () => {
  it.each(CASES)('%s', (_what, interval, within, outside) => {
    expect(within.filter((time) => !active(interval, time))).toEqual([]);
    expect(outside.filter((time) => active(interval, time))).toEqual([]);
  });

  it('from its start to just before its end', () => {
    const times = ['08:59:59.999', '09:00', '16:59:59.999', '17:00'];
    expect(times.map((time) => active({ times: OFFICE_HOURS.times }, `2026-03-02T${time}Z`))).toEqual([false, true, true, false]);
  });

  it('up to the last instant of a day that it holds to 24:00', () => {
    const evening = { times: [{ startMinute: 1020, endMinute: 1440 }] };
    expect(active(evening, '2026-03-02T23:59:59.999Z')).toBe(true);
    expect(active(evening, '2026-03-03T00:00Z')).toBe(false);
  });

  it('in any of the ranges of a field', () => {
    const weekend = {
      weekdays: [
        { first: 6, last: 6 },
        { first: 0, last: 0 },
      ],
    };
    const days = ['2026-03-06', '2026-03-07', '2026-03-08', '2026-03-09'];
    expect(days.map((day) => active(weekend, `${day}T12:00Z`))).toEqual([false, true, true, false]);
  });

  it('never with a field that has no range', () => {
    for (const field of ['times', 'weekdays', 'daysOfMonth', 'months', 'years']) expect(active({ [field]: [] }, '2026-03-02T12:00Z')).toBe(false);
  });

  it('on the last day of a month that loses an hour', () => {
    const newYork = { daysOfMonth: [{ first: -1, last: -1 }], localTime: localTimeIn('America/New_York') };
    expect(active(newYork, '2026-03-31T12:00-04:00')).toBe(true);
    expect(active(newYork, '2026-03-30T12:00-04:00')).toBe(false);
  });
});

describe('several intervals are active', () => {
  /** The rows of Alertmanager's TestIntervener_Mutes. */
  const evenings: TimeInterval[] = [
    {
      ...EVER,
      ...SYDNEY,
      times: [
        { startMinute: 0, endMinute: 540 },
        { startMinute: 1020, endMinute: 1440 },
      ],
    },
  ];
  const saturdays: TimeInterval[] = [{ ...EVER, ...SYDNEY, weekdays: [{ first: 6, last: 6 }] }];

  it.each([
    ['2024-01-01T00:00+11:00', true, false],
    ['2024-01-01T09:00+11:00', false, false],
    ['2024-01-06T10:00+11:00', false, true],
    ['2024-01-06T17:00+11:00', true, true],
    ['2024-01-01T10:00Z', true, false],
    ['2024-01-06T10:00Z', true, true],
  ])('at %s while one of them is', (time, evening, saturday) => {
    const at = Date.parse(time);
    expect([isActive(evenings, at), isActive(saturdays, at), isActive([...evenings, ...saturdays], at)]).toEqual([evening, saturday, evening || saturday]);
  });

  it('never when there are none', () => {
    expect(isActive([], Date.parse('2026-03-02T12:00Z'))).toBe(false);
  });
});
