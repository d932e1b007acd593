import { describe, expect, it } from 'vitest';
import type { EntityPart, Incident } from '../../../src/model/incident.ts';
import { decodeIncident, encodeIncident } from '../../../src/store/incident-codec.ts';

const PART: EntityPart = {
  entity: 'node/gpu-7',
  domain: 'infra',
  severity: 'critical',
  firstAt: 1000,
  lastAt: 4000,
  fingerprint: '791cec13fcba0368',
  rule: 'NodeDown',
  alerts: 3,
  firing: 2,
  endedAt: null,
  rate: 1.9e-9,
  slow: false,
  symptom: 'own',
  resolution: 60_000,
  labels: [1025, 7],
};
const INCIDENT: Incident = {
  id: '01KJMSEG0058H9CPQHM6CY8Q3T',
  status: 'open',
  severity: 'critical',
  title: 'NodeDown on node/gpu-7',
  openedAt: 1000,
  startsAt: 900,
  updatedAt: 4000,
  resolvedAt: null,
  resolution: null,
  resolvedBy: null,
  mergedInto: null,
  acknowledgedAt: null,
  acknowledgedBy: null,
  snoozedUntil: null,
  snoozedBy: null,
  feedback: [],
  apartFrom: [],
  mutedUpstream: { silenced: 0, inhibited: 0 },
  alertCount: 3,
  firingCount: 2,
  domains: ['infra'],
  receivers: ['on-call'],
  deliveryIds: ['01KJMSEG0058H9CPQHM6CY8Q3T~slack/#ml'],
  parts: [PART, { ...PART, entity: null, slow: true, endedAt: 3000, labels: [], others: true }],
  rootCauses: [{ rank: 1, score: 0.9, entity: 'node/gpu-7', fingerprint: '791cec13fcba0368', changeId: null, evidence: [] }],
  version: 3,
  held: 0,
  hush: null,
  audibleAt: null,
  calmAt: null,
  shownVersion: 0,
  minorVersion: 0,
  newsVersion: 2,
  urgentVersion: 1,
  owed: [{ version: 3, count: 1 }],
  failedAlerts: 0,
};

describe('an incident', () => {
  it('is read as it was written', () => {
    expect(decodeIncident(encodeIncident(INCIDENT))).toStrictEqual(INCIDENT);
  });

  it('is read as an older version wrote it', () => {
    expect(decodeIncident(`1${JSON.stringify(INCIDENT)}`)).toEqual(INCIDENT);
  });

  it('of before it was kept who snoozed it is read as snoozed by nobody known', () => {
    const { snoozedBy: _, ...before } = { ...INCIDENT, snoozedUntil: 9000 };
    expect(decodeIncident(encodeIncident(before as Incident))).toStrictEqual({ ...INCIDENT, snoozedUntil: 9000 });
  });
});
