import { describe, expect, it } from 'vitest';
import { jsonReport } from '../../../src/cli/replay/report.ts';
import { DEFAULT_SUPPRESSION } from '../../../src/config/suppression-section.ts';
import type { SuppressionRule } from '../../../src/correlate/policy.ts';
import { at, documentOf, firing, line, policy, replayOf, resolved, webhook } from './recording.ts';

const NODE = { alertname: 'NodeDown', severity: 'critical', node: 'gpu-7' };
const MODEL = { alertname: 'LatencyHigh', severity: 'warning', model: 'ranker' };

/** What is told and when, as lines such as `10:00:10 trigger`. */
function told(lines: readonly string[], inForce = policy()): readonly string[] {
  return documentOf(lines, inForce).notifications.map(({ at: time, kind }) => `${String(time).slice(11, 19)} ${String(kind)}`);
}

describe('the document of a replay', () => {
  const lines = [
    webhook('10:00', firing(NODE, '09:59:30')),
    webhook('10:00:05', firing(MODEL, '10:00:01')),
    line('10:01', 'action', { action: 'acknowledge', incidentId: 'unknown', fingerprints: ['eac01a48744bf110'], by: 'ada' }),
    webhook('10:05', resolved(NODE, '09:59:30', '10:04:50'), resolved(MODEL, '10:00:01', '10:04:55')),
    webhook('11:00', firing({ ...NODE, node: 'gpu-8' }, '11:00')),
    webhook('11:00:04', resolved({ ...NODE, node: 'gpu-8' }, '11:00', '11:00:04')),
  ];
  const document = documentOf(lines);
  const [incident, second] = document.incidents;

  it('has the members that are promised, and no others', () => {
    expect(Object.keys(document)).toEqual(['incidents', 'suppressions', 'notifications', 'ledger']);
    expect(Object.keys(incident ?? {}).sort()).toEqual(
      [
        ...[
          'id',
          'status',
          'severity',
          'title',
          'startsAt',
          'updatedAt',
          'resolvedAt',
          'acknowledgedAt',
          'acknowledgedBy',
          'snoozedUntil',
          'snoozedBy',
          'mergedInto',
        ],
        ...['domains', 'alertCount', 'receivers', 'alerts', 'rootCauses'],
      ].sort(),
    );
    expect(Object.keys(document.suppressions[0] ?? {}).sort()).toEqual(
      ['fingerprint', 'startsAt', 'labels', 'incidentId', 'reason', 'rule', 'since', 'until', 'outcome', 'evidence'].sort(),
    );
    expect(Object.keys(document.notifications[0] ?? {}).sort()).toEqual(
      ['at', 'incidentId', 'incidentIds', 'receiver', 'integration', 'kind', 'severity'].sort(),
    );
    expect(Object.keys(document.ledger).sort()).toEqual(['received', 'notified', 'pending', 'suppressed', 'duplicate', 'failed', 'suppressedByReason'].sort());
  });

  it('shows an incident with all of its alerts and its causes', () => {
    expect(incident).toMatchObject({
      status: 'resolved',
      severity: 'critical',
      startsAt: at('09:59:30'),
      resolvedAt: at('10:05'),
      acknowledgedAt: at('10:01'),
      acknowledgedBy: 'ada',
      snoozedUntil: null,
      snoozedBy: null,
      mergedInto: null,
      alertCount: 2,
      receivers: ['ml-oncall'],
      rootCauses: [
        { rank: 1, entity: 'node/gpu-7', fingerprint: 'eac01a48744bf110', changeId: null },
        { rank: 2, entity: 'model/ranker' },
      ],
    });
    expect(incident?.['alerts']).toEqual([
      {
        fingerprint: 'eac01a48744bf110',
        status: 'resolved',
        labels: NODE,
        annotations: { summary: 'NodeDown fires' },
        links: {},
        startsAt: at('09:59:30'),
        endsAt: at('10:04:50'),
        entity: 'node/gpu-7',
        domain: 'infra',
        lastStartsAt: at('09:59:30'),
        source: 'alertmanager',
        occurrences: 1,
        flapping: false,
        held: false,
        joinedBecause: [],
      },
      expect.objectContaining({
        fingerprint: '534c6685a031c42d',
        entity: 'model/ranker',
        joinedBecause: expect.arrayContaining([expect.objectContaining({ kind: 'topology', value: -0.36 })]) as unknown,
      }),
    ]);
  });

  it('lists incidents by id, the oldest first', () => {
    const ids = document.incidents.map(({ id }) => id);
    expect(ids).toHaveLength(2);
    expect([...ids].sort()).toEqual(ids);
  });

  it('lists what was told, to whom and when', () => {
    const message = { incidentId: incident?.id, incidentIds: [incident?.id], receiver: 'ml-oncall', integration: 'console', severity: 'critical' };
    expect(document.notifications).toEqual([
      { ...message, at: at('10:00:10'), kind: 'trigger' },
      { ...message, at: at('10:05:10'), kind: 'resolve' },
    ]);
  });

  it('lists what was not told, and why', () => {
    expect(document.suppressions).toMatchObject([
      { incidentId: second?.id, reason: 'transient', rule: null, startsAt: at('11:00'), since: at('11:00:04'), labels: { ...NODE, node: 'gpu-8' } },
    ]);
  });

  it('has accounts that add up', () => {
    expect(document.ledger).toEqual({
      received: 6,
      notified: 4,
      pending: 0,
      suppressed: 2,
      duplicate: 0,
      failed: 0,
      suppressedByReason: { transient: 2 },
    });
  });

  it('is the same text for the same lines', () => {
    const text = () => [...jsonReport(replayOf(lines).archive)].join('');
    expect(text()).toBe(text());
  });

  it('is one of empty lists for no lines', () => {
    expect(documentOf([])).toEqual({
      incidents: [],
      suppressions: [],
      notifications: [],
      ledger: { received: 0, notified: 0, pending: 0, suppressed: 0, duplicate: 0, failed: 0, suppressedByReason: {} },
    });
  });
});

describe('the clock of a replay', () => {
  it('runs on after the last line until what is due was told', () => {
    expect(told([webhook('10:00', firing(NODE, '10:00'))])).toEqual(['10:00:10 trigger']);
    expect(told([webhook('10:00', firing(NODE, '10:00')), webhook('10:01', resolved(NODE, '10:00', '10:01'))])).toEqual([
      '10:00:10 trigger',
      '10:05:10 resolve',
    ]);
    expect(told([webhook('10:00', firing(NODE, '10:00')), webhook('10:01', firing(MODEL, '10:01'))])).toEqual(['10:00:10 trigger', '10:05:10 update']);
  });

  it('runs on until no alert is pending: a firing that may be late is decided after a minute', () => {
    const { incidents, ledger } = documentOf([
      webhook('10:00', firing(NODE, '10:00')),
      webhook('10:01', resolved(NODE, '10:00', '10:01')),
      webhook('10:02', firing(NODE, '10:00')),
    ]);
    expect(incidents).toMatchObject([{ status: 'open', updatedAt: at('10:03'), alerts: [{ status: 'firing', occurrences: 2 }] }]);
    expect(ledger).toMatchObject({ received: 3, notified: 3, pending: 0 });
  });

  it('runs on for the resolve of an incident that was reminded of', () => {
    const lines = [webhook('10:00', firing(NODE, '10:00')), webhook('14:01', resolved(NODE, '10:00', '14:01'))];
    expect(told(lines)).toEqual(['10:00:10 trigger', '14:00:10 reminder', '14:05:10 resolve']);
  });

  it('runs on neither for reminders nor for alerts that are not heard of', () => {
    const { incidents, notifications } = documentOf([webhook('10:00', firing(NODE, '10:00'))], policy('stale_after: 1h'));
    expect(incidents).toMatchObject([{ status: 'open', alerts: [{ status: 'firing' }] }]);
    expect(notifications).toHaveLength(1);
  });

  it('fires both between two lines', () => {
    const later = line('15:00', 'change', { entity: 'node/gpu-9', summary: 'kernel 6.1', kind: 'deployment' });
    expect(told([webhook('10:00', firing(NODE, '10:00')), later])).toEqual(['10:00:10 trigger', '14:00:10 reminder']);
    const { incidents } = documentOf([webhook('10:00', firing(NODE, '10:00')), later], policy('stale_after: 1h'));
    expect(incidents).toMatchObject([{ status: 'resolved', resolvedAt: at('11:00') }]);
  });

  it('does not go back for a line that comes late', () => {
    const lines = [webhook('10:00', firing(NODE, '10:00')), line('10:02', 'topology', { edges: [] }), webhook('10:01', resolved(NODE, '10:00', '10:01'))];
    expect(documentOf(lines).incidents).toMatchObject([{ resolvedAt: at('10:02') }]);
  });
});

describe('what a replay does with other lines', () => {
  it('names a change as the cause', () => {
    const change = line('09:50', 'change', { id: 'deploy-7', entity: 'node/gpu-7', summary: 'driver 550', kind: 'deployment' });
    expect(documentOf([change, webhook('10:00', firing(NODE, '10:00'))]).incidents).toMatchObject([
      { rootCauses: [{ entity: 'node/gpu-7', changeId: 'deploy-7' }] },
    ]);
  });

  it('joins along edges that were put', () => {
    const other = { alertname: 'LatencyHigh', severity: 'warning', model: 'reranker' };
    const alerts = webhook('10:00', firing(NODE, '10:00'), firing(other, '10:00'));
    expect(documentOf([alerts]).incidents).toHaveLength(2);
    expect(documentOf([line('09:00', 'topology', { edges: [{ from: 'model/reranker', to: 'node/gpu-7' }] }), alerts]).incidents).toHaveLength(1);
  });

  it('decides hundreds of webhooks as it decides a few', () => {
    const minute = (i: number) => `${String(10 + Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`;
    const lines = Array.from({ length: 450 }, (_, i) => webhook(minute(i), firing({ ...NODE, node: `n-${i}` }, minute(i))));
    const { incidents, ledger } = documentOf(lines);
    expect(incidents).toHaveLength(450);
    expect(ledger).toMatchObject({ received: 450, notified: 450, pending: 0 });
  });

  it('counts a malformed alert as failed', () => {
    expect(documentOf([webhook('10:00', firing(NODE, '10:00'), { labels: 7 })]).ledger).toMatchObject({ received: 2, notified: 1, failed: 1 });
  });
});

describe('a silence in a recording', () => {
  const made = { id: 's1', matchers: ['node="gpu-7"'], endsAt: at('12:00'), createdBy: 'ada', comment: 'replacing the disk' };

  it('keeps what fires from being told, and what fired already from being told of again', () => {
    const lines = [webhook('10:00', firing(NODE, '10:00')), webhook('10:00', firing(MODEL, '10:00')), line('10:00:05', 'silence', made)];
    expect(told([...lines.slice(0, 1), lines[2] ?? ''])).toEqual(['12:00:00 trigger']);
    expect(told(lines)).toEqual(['10:00:10 trigger', '12:00:00 update']);
    const end = line('11:00', 'silence', { action: 'expire', id: 's1', by: 'bob' });
    expect(told([line('09:00', 'silence', made), webhook('10:00', firing(NODE, '10:00')), end])).toEqual(['11:00:00 trigger']);
  });
});

describe('what a rule holds back without end', () => {
  const quiet: SuppressionRule = {
    name: 'quiet',
    matches: (of) => of.get('alertname') === 'NodeDown',
    source: 'alertname="NodeDown"',
    action: 'suppress',
    for: null,
    isActive: () => true,
    expires: null,
    comment: '',
    when: null,
    unless: null,
  };
  const under = (rule: SuppressionRule) => ({ ...policy(), suppression: { ...DEFAULT_SUPPRESSION, rules: [rule] } });
  const lines = [webhook('10:00', firing(NODE, '10:00'))];

  it('is pending after the last line, and a replay ends all the same', () => {
    const { notifications, ledger } = documentOf(lines, under(quiet));
    expect(notifications).toEqual([]);
    expect(ledger).toMatchObject({ received: 1, pending: 1 });
  });

  it('is told when the rule says for how long, or expires', () => {
    expect(told(lines, under({ ...quiet, for: 3_600_000 }))).toEqual(['11:00:00 trigger']);
    expect(told(lines, under({ ...quiet, expires: Date.parse(at('10:30')) }))).toEqual(['10:30:00 trigger']);
  });
});
