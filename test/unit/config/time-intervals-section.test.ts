import { describe, expect, it } from 'vitest';
import { parsed, valid } from './sections.ts';

/** Whether the interval of these fields is active, at each of the times. */
function active(interval: string, times: readonly string[]): readonly boolean[] {
  const { policy } = valid(`time_intervals: [{name: n, time_intervals: [${interval}]}]`);
  return times.map((time) => policy.timeIntervals.get('n')?.(Date.parse(time)) ?? false);
}

/** The faults of an interval's field, and where in the interval they are. */
function faults(field: string): readonly string[] {
  const found = parsed(`time_intervals: [{name: n, time_intervals: [{${field}}]}]`);
  return 'policy' in found ? ['valid'] : found.map((fault) => fault.replace(/^3:\d+: time_intervals\[0\]\.time_intervals\[0\]\./, ''));
}

const WEEKDAYS = 'a day such as sunday is, or two of one week that begins with sunday, such as monday:friday';
const DAYS = 'a day from 1 to 31 is, or from -1, the last, to -31, or two in their order, such as 1:7, 20:-1 or -3:-1';
const MONTHS = 'a month such as january or 1 is, or two of one year in their order, such as june:august';
const YEARS = 'a year is, or two in their order, such as 2026:2028';
const TIME = 'is not a time of the day; 00:00 to 24:00 is allowed, with two digits each';

describe('an interval', () => {
  it('has all that Alertmanager has in one', () => {
    // completeTestCases of prometheus/alertmanager, timeinterval/timeinterval_test.go.
    const interval = `{
      weekdays: ['monday:wednesday', 'saturday', 'sunday'], times: [{start_time: '13:00', end_time: '15:00'}],
      days_of_month: ['1', '10', '20:-1'], years: ['2020:2023'], months: ['january:march']}`;
    expect(active(interval, ['2021-01-10T13:00Z', '2021-01-30T14:24Z'])).toEqual([true, true]);
    expect(active(interval, ['2021-01-09T13:00Z', '2021-01-20T12:59Z', '2021-02-02T13:00Z'])).toEqual([false, false, false]);
  });

  it('counts days from the end of the month', () => {
    // yamlUnmarshalTestCases, as above.
    const interval = `{
      weekdays: ['monday:friday', 'sunday'], months: ['january:march'], days_of_month: ['-7:-1'],
      years: ['2020:2025', '2030:2035'], times: [{start_time: '09:00', end_time: '17:00'}]}`;
    const within = ['2021-01-27T09:00Z', '2021-01-28T16:59Z', '2021-01-29T13:00Z', '2025-03-31T13:00Z', '2035-01-31T13:00Z'];
    const outside = ['2021-01-30T13:00Z', '2021-04-01T13:00Z', '2026-01-30T13:00Z', '2035-01-31T17:01Z'];
    expect(active(interval, within)).toEqual(within.map(() => true));
    expect(active(interval, outside)).toEqual(outside.map(() => false));
  });

  it.each([
    ['times: [{start_time: "00:00", end_time: "24:00"}]', '2026-03-02T23:59Z', null],
    ['times: [{start_time: 01:35, end_time: 17:39}]', '2026-03-02T01:35Z', '2026-03-02T17:39Z'],
    ['weekdays: [Monday]', '2026-03-02T12:00Z', '2026-03-03T12:00Z'],
    ['weekdays: [sunday:saturday]', '2026-03-02T12:00Z', null],
    ['days_of_month: [1]', '2026-03-01T12:00Z', '2026-03-02T12:00Z'],
    ['days_of_month: ["1:-1"]', '2026-02-28T12:00Z', null],
    ['days_of_month: ["10:-18"]', '2026-01-14T12:00Z', '2026-02-28T12:00Z'],
    ['months: [January:december]', '2026-03-02T12:00Z', null],
    ['months: ["3", "11:december"]', '2026-03-02T12:00Z', '2026-10-02T12:00Z'],
    ['years: [2026]', '2026-03-02T12:00Z', '2027-03-02T12:00Z'],
    ['years: ["2020:2022"], location: Australia/Sydney', '2022-12-31T12:59Z', '2022-12-31T13:00Z'],
    ['weekdays: [saturday], location: ""', '2026-03-07T23:59Z', '2026-03-08T00:00Z'],
    ['weekdays:, times: ~', '2026-03-07T23:59Z', null],
  ])('may be %s', (interval, within, outside) => {
    expect(active(`{${interval}}`, [within])).toEqual([true]);
    if (outside !== null) expect(active(`{${interval}}`, [outside])).toEqual([false]);
  });

  it.each([
    ['weekdays: ["friday:monday"]', `weekdays[0]: "friday:monday" is not allowed; ${WEEKDAYS}`],
    ['weekdays: ["blurgsday:flurgsday"]', `weekdays[0]: "blurgsday:flurgsday" is not allowed; ${WEEKDAYS}`],
    ['weekdays: ["1:3"]', `weekdays[0]: "1:3" is not allowed; ${WEEKDAYS}`],
    ['weekdays: [monday, "monday : friday"]', `weekdays[1]: "monday : friday" is not allowed; ${WEEKDAYS}`],
    ['weekdays: ["monday:"]', `weekdays[0]: "monday:" is not allowed; ${WEEKDAYS}`],
    ['weekdays: ["monday:tuesday:friday"]', `weekdays[0]: "monday:tuesday:friday" is not allowed; ${WEEKDAYS}`],
    ['weekdays: monday', 'weekdays: is not a list; items in [ ] or after dashes are allowed'],
    ['days_of_month: ["0"]', `days_of_month[0]: "0" is not allowed; ${DAYS}`],
    ['days_of_month: ["-50:-20"]', `days_of_month[0]: "-50:-20" is not allowed; ${DAYS}`],
    ['days_of_month: ["1:50"]', `days_of_month[0]: "1:50" is not allowed; ${DAYS}`],
    ['days_of_month: ["-15:5"]', `days_of_month[0]: "-15:5" is not allowed; ${DAYS}`],
    ['days_of_month: ["-25:5"]', `days_of_month[0]: "-25:5" is not allowed; ${DAYS}`],
    ['days_of_month: ["10:-25"]', `days_of_month[0]: "10:-25" is not allowed; ${DAYS}`],
    ['days_of_month: ["-1:-3"]', `days_of_month[0]: "-1:-3" is not allowed; ${DAYS}`],
    ['months: ["martius:june"]', `months[0]: "martius:june" is not allowed; ${MONTHS}`],
    ['months: ["march:junius"]', `months[0]: "march:junius" is not allowed; ${MONTHS}`],
    ['months: ["december:january"]', `months[0]: "december:january" is not allowed; ${MONTHS}`],
    ['years: ["2022:2020"]', `years[0]: "2022:2020" is not allowed; ${YEARS}`],
    ['years: ["1e3"]', `years[0]: "1e3" is not allowed; ${YEARS}`],
    ['times: [{start_time: "01:99", end_time: "23:59"}]', `times[0].start_time: "01:99" ${TIME}`],
    ['times: [{start_time: "00:00", end_time: "99:99"}]', `times[0].end_time: "99:99" ${TIME}`],
    ['times: [{start_time: "12:30", end_time: "24:01"}]', `times[0].end_time: "24:01" ${TIME}`],
    ['times: [{start_time: 9:00, end_time: 17:00}]', `times[0].start_time: "9:00" ${TIME}`],
    ['times: [{start_time: "14:03"}]', 'times[0]: has no end_time; start_time and end_time are needed'],
    ['location: Nowhere/X', 'location: "Nowhere/X" is not a time zone; a name of the IANA database is allowed, such as Europe/Berlin, or UTC'],
    ['time_zone: UTC', 'time_zone: unknown key; allowed are times, weekdays, days_of_month, months, years, location'],
  ])('cannot be %s', (field, expected) => {
    expect(faults(field)).toEqual([expected]);
  });

  it.each([
    ['17:31', '17:31'],
    ['09:30', '07:41'],
    ['24:00', '17:41'],
  ])('cannot last from %s to %s', (start, end) => {
    expect(faults(`times: [{start_time: "${start}", end_time: "${end}"}]`)).toEqual([
      'times[0]: does not end after its start; a night is allowed as two items, until 24:00 and from 00:00',
    ]);
  });

  it('is warned of where it is never active', () => {
    const { policy, warnings } = valid(`time_intervals:
  - {name: a}
  - {name: b, time_intervals: []}
  - {name: c, time_intervals: [{weekdays: []}]}
  - {name: d, time_intervals: [{months: ["12", "12:13"]}]}
  - {name: e, time_intervals: [{}]}`);
    expect([...policy.timeIntervals].map(([name, isActive]) => [name, isActive(Date.parse('2026-12-02T12:00Z'))])).toEqual([
      ['a', false],
      ['b', false],
      ['c', false],
      ['d', true],
      ['e', true],
    ]);
    expect(warnings.map(({ line, message }) => `${line}: ${message}`)).toEqual([
      '4: time_intervals[0]: has no time_intervals, without which it is never active',
      '5: time_intervals[1].time_intervals: has no items, without which it is never active',
      '6: time_intervals[2].time_intervals[0].weekdays: has no items, without which it is never active',
      '7: time_intervals[3].time_intervals[0].months[1]: goes beyond the months 1 to 12, where it is never active',
    ]);
  });
});

describe('the sections', () => {
  it('are one, under the name of now and the deprecated one', () => {
    const { policy, warnings } = valid('mute_time_intervals: [{name: old, time_intervals: [{}]}]\ntime_intervals: [{name: new, time_intervals: [{}]}]');
    expect([...policy.timeIntervals.keys()]).toEqual(['old', 'new']);
    expect(warnings).toEqual([]);
  });

  it('name each interval once', () => {
    expect(parsed('time_intervals: [{name: n}, {name: n}]')).toEqual([
      '3:36: time_intervals[1].name: "n" is the name of another time interval as well; each needs its own',
    ]);
    expect(parsed('mute_time_intervals: [{name: n}]\ntime_intervals: [{name: n}]')).toEqual([
      '4:25: time_intervals[0].name: "n" is the name of another time interval as well; each needs its own',
    ]);
  });

  it('may be empty', () => {
    expect(valid('mute_time_intervals: []\ntime_intervals:').policy.timeIntervals.size).toBe(0);
  });

  it('are shown in the words of the file', () => {
    const text = `time_intervals: [{name: n, time_intervals: [
      {times: [{start_time: "00:00", end_time: "24:00"}, {start_time: 09:05, end_time: 17:00}], weekdays: ["monday:friday", sunday],
       days_of_month: ["1:7", "-1"], months: [1, "june:8"], years: [2026, "2030:2035"], location: Europe/Berlin},
      {weekdays: []}]}]`;
    expect(valid(text).document).toMatchObject({
      time_intervals: [
        {
          name: 'n',
          time_intervals: [
            {
              times: [
                { start_time: '00:00', end_time: '24:00' },
                { start_time: '09:05', end_time: '17:00' },
              ],
              weekdays: ['monday:friday', 'sunday'],
              days_of_month: ['1:7', '-1'],
              months: ['january', 'june:august'],
              years: ['2026', '2030:2035'],
              location: 'Europe/Berlin',
            },
            { weekdays: [], location: 'UTC' },
          ],
        },
      ],
    });
  });
});

describe('Local', () => {
  it('is UTC, with a warning', () => {
    const { policy, warnings } = valid('global: {timezone: Local}\ntime_intervals: [{name: n, time_intervals: [{years: [2026], location: Local}]}]');
    expect(policy.timeIntervals.get('n')?.(Date.parse('2026-01-01T00:00Z'))).toBe(true);
    expect(policy.timeIntervals.get('n')?.(Date.parse('2025-12-31T23:59Z'))).toBe(false);
    expect(policy.localTime(0).minuteOfDay).toBe(0);
    const message = 'is UTC here, whatever the zone of the machine; the name of a zone has an effect, such as Europe/Berlin';
    expect(warnings.map((warning) => warning.message)).toEqual([`global.timezone: ${message}`, `time_intervals[0].time_intervals[0].location: ${message}`]);
  });
});

describe('global.timezone', () => {
  it('is the zone of the local time, by default UTC', () => {
    expect(valid('').policy.localTime(0)).toMatchObject({ year: 1970, month: 1, day: 1, weekday: 4, minuteOfDay: 0 });
    expect(valid('global: {timezone: America/New_York}').policy.localTime(0)).toMatchObject({ year: 1969, day: 31, weekday: 3, minuteOfDay: 1140 });
  });
});
