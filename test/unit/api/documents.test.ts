import { describe, expect, it } from 'vitest';
import { changeOf } from '../../../src/model/change-document.ts';
import { incidentDocument } from '../../../src/model/incident-document.ts';
import { ledgerDocument } from '../../../src/model/ledger-document.ts';
import { parseTimestamp, type Timestamp } from '../../../src/model/time.ts';
import { apiServer } from './api-server.ts';
import { records } from './memory-read-model.ts';
import { at, document, incident, member } from './records.ts';

const api = apiServer();

function time(text: string): Timestamp {
  const parsed = parseTimestamp(text);
  if (parsed === null) throw new Error(`${text} is no time`);
  return parsed;
}

describe('the JSON of an incident', () => {
  it('has every member, times as the senders wrote them', () => {
    const first = time('2026-03-01T10:00:00.123456789Z');
    const joined = { kind: 'topology', summary: 'one step away', value: 0.82 };
    const written = incidentDocument({
      incident: incident({
        id: '01A',
        status: 'resolved',
        startsAt: at('10:00'),
        updatedAt: at('10:20'),
        resolvedAt: at('10:30'),
        acknowledgedAt: at('10:10'),
        acknowledgedBy: 'ada',
        domains: ['infra', 'model'],
        rootCauses: [
          { rank: 1, score: 0.71, entity: 'node/gpu-7', fingerprint: 'a1', changeId: null, evidence: [{ kind: 'precedence', summary: 'first to fire' }] },
        ],
      }),
      alerts: [
        {
          member: member({
            fingerprint: 'a1',
            status: 'resolved',
            startsAt: first,
            lastStartsAt: time('2026-03-01T10:15:00Z'),
            endsAt: time('2026-03-01T10:29:00.5Z'),
            occurrences: 2,
            joinedBecause: [joined],
          }),
          document: document('a1', { alertname: 'DiskFailing' }, { summary: 'Disk is failing' }),
        },
      ],
    });
    expect(written).toEqual({
      id: '01A',
      status: 'resolved',
      severity: 'critical',
      title: 'DiskFailing on node/gpu-7',
      startsAt: '2026-03-01T10:00:00Z',
      updatedAt: '2026-03-01T10:20:00Z',
      resolvedAt: '2026-03-01T10:30:00Z',
      acknowledgedAt: '2026-03-01T10:10:00Z',
      acknowledgedBy: 'ada',
      snoozedUntil: null,
      snoozedBy: null,
      mergedInto: null,
      domains: ['infra', 'model'],
      alertCount: 1,
      receivers: ['ml-oncall'],
      alerts: [
        {
          fingerprint: 'a1',
          status: 'resolved',
          labels: { alertname: 'DiskFailing' },
          annotations: { summary: 'Disk is failing' },
          links: {},
          startsAt: '2026-03-01T10:00:00.123456789Z',
          endsAt: '2026-03-01T10:29:00.5Z',
          entity: 'node/gpu-7',
          domain: 'infra',
          lastStartsAt: '2026-03-01T10:15:00Z',
          source: 'alertmanager',
          occurrences: 2,
          flapping: false,
          held: false,
          joinedBecause: [joined],
        },
      ],
      rootCauses: [
        { rank: 1, score: 0.71, entity: 'node/gpu-7', fingerprint: 'a1', changeId: null, evidence: [{ kind: 'precedence', summary: 'first to fire' }] },
      ],
    });
  });

  it('has its alerts by their first start to the nanosecond, then by fingerprint, up to the cap', () => {
    const alerts = [
      { member: member({ fingerprint: 'd', startsAt: time('2026-03-01T10:00:01Z') }), document: document('d', {}) },
      { member: member({ fingerprint: 'c', startsAt: time('2026-03-01T10:00:00.000000002Z') }), document: document('c', {}) },
      { member: member({ fingerprint: 'b', startsAt: time('2026-03-01T10:00:00.000000001Z') }), document: document('b', {}) },
      { member: member({ fingerprint: 'a', startsAt: time('2026-03-01T10:00:00.000000002Z') }), document: document('a', {}) },
    ];
    const order = (cap?: number) =>
      incidentDocument({ incident: incident(), alerts, ...(cap === undefined ? {} : { cap }) }).alerts.map(({ fingerprint }) => fingerprint);
    expect(order()).toEqual(['b', 'a', 'c', 'd']);
    expect(order(2)).toEqual(['b', 'a']);
  });
});

describe('hostile labels', () => {
  it('reach the client as they came, and nothing else changes', async () => {
    const labels = Object.fromEntries([
      ['__proto__', 'polluted'],
      ['constructor', '</script><script>alert(1)</script>'],
      ['toJSON', '\u0000\u2028"\\'],
      ['lone', '\ud800'],
    ]);
    const kept = records({
      incidents: [incident({ id: '01A', title: '<img src=x>' })],
      members: { '01A': [member({ fingerprint: 'a1' })] },
      documents: [document('a1', labels, { summary: '<b>' })],
    });
    const answer = await api({ records: kept }).inject('/api/v1/incidents/01A');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    const [alert] = JSON.parse(answer.body).alerts;
    expect(Object.entries(alert.labels)).toEqual([
      ['__proto__', 'polluted'],
      ['constructor', '</script><script>alert(1)</script>'],
      ['toJSON', '\u0000\u2028"\\'],
      ['lone', '\ud800'],
    ]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('the JSON of the ledger', () => {
  it('adds up what is suppressed, reasons by name and none without alerts', () => {
    const suppressedByReason = new Map([
      ['transient', 3],
      ['send-resolved-off', 0],
      ['no-integration', 1],
    ]);
    const written = ledgerDocument({ received: 10, notified: 3, pending: 1, duplicate: 1, failed: 1, suppressedByReason });
    expect(JSON.stringify(written)).toBe(
      '{"received":10,"notified":3,"pending":1,"suppressed":4,"duplicate":1,"failed":1,"suppressedByReason":{"no-integration":1,"transient":3}}',
    );
  });
});

describe('a report of a change', () => {
  it('of a time that is none is no change', () => {
    expect(changeOf({ entity: 'a/b', summary: 's', kind: 'k', at: 'today' })).toBeNull();
  });

  it('of a time before 1970 has an id all the same', () => {
    expect(changeOf({ entity: 'a/b', summary: 's', kind: 'k', at: '1960-01-01T00:00:00Z' })?.id).toMatch(/^0{10}/);
  });
});
