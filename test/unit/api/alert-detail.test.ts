import { describe, expect, it } from 'vitest';
import { withOnsetAt } from '../../../src/correlate/baseline/onset-hours.ts';
import { NEW_RULE, NEW_SERIES } from '../../../src/correlate/baseline/series.ts';
import type { Hold } from '../../../src/model/alert.ts';
import { learnedKey } from '../../../src/model/learned.ts';
import { DAY, MINUTE, timestampOf } from '../../../src/model/time.ts';
import { apiServer } from './api-server.ts';
import { records } from './memory-read-model.ts';
import { alert, at, document, incident, member } from './records.ts';

const api = apiServer();

const hold: Hold = {
  reason: 'transient',
  rule: null,
  since: at('11:58'),
  until: at('12:04'),
  digest: false,
  thin: false,
  alone: false,
  conditions: null,
  evidence: [],
  received: 1,
  routes: [],
};
const membership = { incidentId: '01B', startsAt: timestampOf(at('10:00')), occurrences: 2 };
const past = [
  { incidentId: '01Y', startsAt: timestampOf(at('07:00')), occurrences: 1 },
  { incidentId: '01Z', startsAt: timestampOf(at('08:00')), occurrences: 3 },
];
const hours = withOnsetAt(NEW_RULE.hours, { day: Math.floor(at('12:00') / DAY), minute: 60 });

describe('one alert', () => {
  it('of which nothing is known says so', async () => {
    const answer = (await api({ records: records({ alerts: [alert({ fingerprint: 'a1' })] }) }).inject('/api/v1/alerts/a1')).json();
    expect(answer).toMatchObject({
      flapping: false,
      held: false,
      hold: null,
      flaps: null,
      baseline: {
        onsetsPerDay: { rate: 0, lower: 0, upper: null },
        ruleOnsetsPerDay: null,
        ruleHours: [],
        timeToClear: { medianSeconds: null, p90Seconds: null, holdSeconds: 360, clearedWithinHold: 0, observations: 0 },
        usualHours: [],
      },
      suppressions: [],
      memberships: [],
    });
  });

  it('that is held back has its hold, its baseline in numbers, and where it was before', async () => {
    const kept = records({
      alerts: [alert({ fingerprint: 'a1', hold, membership, past })],
      documents: [document('a1', { service: 'ranker' })],
      learned: {
        [learnedKey.series('a1')]: { ...NEW_SERIES, onsets: 6, at: at('12:00'), agedAt: at('12:00'), ended: [0, 0, 0, 0, 0, 0, 0, 0, 0, 4] },
        [learnedKey.ruleLifespan('DiskFailing')]: { ...NEW_RULE, agedAt: at('12:00'), series: 1, hours },
        [learnedKey.counts]: { since: at('12:00') - 20 * DAY, series: 1, labelIds: 0, tidiedAt: 0 },
      },
      suppressions: [
        {
          fingerprint: 'a1',
          startsAt: '2026-03-01T09:00:00Z',
          incidentId: '01Z',
          reason: 'flapping',
          rule: null,
          since: 2,
          until: 3,
          outcome: 'untold',
          evidence: [],
        },
        {
          fingerprint: 'b2',
          startsAt: '2026-03-01T09:00:00Z',
          incidentId: null,
          reason: 'rule',
          rule: 'x',
          since: 1,
          until: 3,
          outcome: 'untold',
          evidence: [],
        },
      ],
    });
    const answer = (await api({ records: kept }).inject('/api/v1/alerts/a1')).json();
    expect(answer).toMatchObject({
      held: true,
      hold: { reason: 'transient', outcome: 'held', labels: { service: 'ranker' }, until: '2026-03-01T12:04:00Z' },
      baseline: { timeToClear: { medianSeconds: 108, p90Seconds: 118, holdSeconds: 360, clearedWithinHold: 1, observations: 4 } },
      suppressions: [{ reason: 'flapping', outcome: 'untold' }],
      memberships: [{ incidentId: '01B', occurrences: 2 }, { incidentId: '01Z' }, { incidentId: '01Y' }],
    });
    const { rate, lower, upper } = answer.baseline.onsetsPerDay;
    expect(rate).toBeGreaterThan(0.7);
    expect(lower).toBeLessThan(rate);
    expect(upper).toBeGreaterThan(rate);
  });

  it('that flaps says since when, how often, and how much more than usual', async () => {
    const kept = records({
      alerts: [alert({ fingerprint: 'a1', flapping: { since: at('11:00'), swings: 4 } })],
      learned: { [learnedKey.series('a1')]: { ...NEW_SERIES, at: at('12:00'), flags: { bits: 1, check: at('12:00') / (5 * MINUTE) }, wildest: 4.2 } },
    });
    expect((await api({ records: kept }).inject('/api/v1/alerts/a1')).json()).toMatchObject({
      flapping: true,
      flaps: { since: '2026-03-01T11:00:00Z', swings: 4, changePercent: 5.9, usualPercent: 4.2 },
    });
  });
});

describe('an alert in its incident', () => {
  it('flaps and is held there, and not where it is no longer', async () => {
    const held = alert({ fingerprint: 'a1', hold, flapping: { since: 1, swings: 0 }, membership });
    const kept = records({
      alerts: [held],
      incidents: [incident({ id: '01B' }), incident({ id: '01A' })],
      members: { '01A': [member({ fingerprint: 'a1' })], '01B': [member({ fingerprint: 'a1' })] },
    });
    const { items } = (await api({ records: kept }).inject('/api/v1/incidents')).json();
    expect(items).toMatchObject([{ alerts: [{ flapping: true, held: true }] }, { alerts: [{ flapping: false, held: false }] }]);
  });
});
