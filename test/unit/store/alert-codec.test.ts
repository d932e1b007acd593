import { describe, expect, it } from 'vitest';
import type { AlertState, MemberState } from '../../../src/model/alert.ts';
import { timestampOf } from '../../../src/model/time.ts';
import { decodeAlert, decodeMember, encodeAlert, encodeMember } from '../../../src/store/alert-codec.ts';

const AT = 1_772_359_200_000;
const START = { ms: AT + 123, text: '2026-03-01T10:00:00.123456789Z' };
const ALERT: AlertState = {
  fingerprint: '791cec13fcba0368',
  status: 'firing',
  startsAt: timestampOf(AT),
  endsAt: null,
  changedAt: AT + 30_000,
  heardAt: AT + 90_000,
  rule: 'NodeDown',
  entity: 'node/gpu-7',
  domain: 'infra',
  severity: 'critical',
  membership: { incidentId: '01KJMSEG0058H9CPQHM6CY8Q3T', startsAt: timestampOf(AT), occurrences: 1 },
  past: [],
  doubtful: null,
  hold: null,
  marks: [],
  flapping: null,
  heartbeat: null,
  source: 'alertmanager',
};

describe('an alert', () => {
  it('stands by the order of its fields', () => {
    expect(encodeAlert(ALERT)).toBe(
      '2["firing",1772359200000,null,1772359230000,60000,"NodeDown","node/gpu-7","infra","critical","alertmanager",["01KJMSEG0058H9CPQHM6CY8Q3T",null,1]]',
    );
  });

  it.each<[string, Partial<AlertState>]>([
    ['that fires', {}],
    ['that was resolved', { status: 'resolved', endsAt: { ms: AT + 200, text: '2026-03-01T10:00:00.2000001Z' } }],
    ['that never joined and is about nothing', { membership: null, entity: null, rule: '', source: 'grafana' }],
    ['with a start to the nanosecond that fired before', { startsAt: START, membership: { incidentId: 'b', startsAt: timestampOf(AT), occurrences: 7 } }],
    ['that was elsewhere before', { past: [{ incidentId: 'a', startsAt: START, occurrences: 2 }] }],
    ['that flaps and is marked', { flapping: { since: AT, swings: 3 }, marks: ['c a'] }],
    ['that always fires', { heartbeat: { within: null, longest: 60_000, absent: false, routes: [] } }],
    [
      'that is held back',
      {
        hold: {
          reason: 'transient',
          rule: null,
          since: AT,
          until: AT + 9,
          digest: true,
          thin: true,
          alone: false,
          conditions: null,
          evidence: [{ kind: 'clears-by-itself', summary: 'cleared', value: 0.5 }],
          received: 1,
          routes: [],
        },
      },
    ],
    [
      'whose firing is in doubt',
      {
        doubtful: {
          due: AT + 5,
          received: 2,
          routes: [{ receiver: 'on-call', timing: { groupWait: 0, groupInterval: 1, repeatInterval: 2 } }],
          compared: ['site=d26'],
          rules: [{ name: 'drift', when: null, unless: { mark: 'm', count: 1, within: 5, source: '{}' } }],
        },
      },
    ],
  ])('%s is read as it was written', (_, changed) => {
    const alert = { ...ALERT, ...changed };
    expect(decodeAlert(encodeAlert(alert), alert.fingerprint)).toEqual(alert);
  });

  it('is read as an older version wrote it', () => {
    expect(decodeAlert(`1${JSON.stringify(ALERT)}`, ALERT.fingerprint)).toEqual(ALERT);
  });
});

describe('a member', () => {
  const { fingerprint, status, startsAt, endsAt, rule, entity, domain, severity } = ALERT;
  const member: MemberState = {
    fingerprint,
    status,
    startsAt,
    lastStartsAt: startsAt,
    endsAt,
    occurrences: 1,
    rule,
    entity,
    domain,
    severity,
  };

  it.each([member, { ...member, status: 'resolved' as const, lastStartsAt: START, endsAt: timestampOf(AT + 7000), occurrences: 3 }])(
    'is read as it was written',
    (each) => {
      expect(decodeMember(encodeMember(each), fingerprint)).toEqual(each);
    },
  );

  it('is read as an older version wrote it', () => {
    expect(decodeMember(`1${JSON.stringify(member)}`, fingerprint)).toEqual(member);
  });
});
