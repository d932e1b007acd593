import { describe, expect, it } from 'vitest';
import { documentText, filled, incidentText } from '../../../src/cli/replay/incident-text.ts';
import type { AlertDocument, Member } from '../../../src/model/alert.ts';
import type { Incident } from '../../../src/model/incident.ts';
import { incidentDocument } from '../../../src/model/incident-document.ts';
import { timestampOf } from '../../../src/model/time.ts';

/** A text that would be a gap, were its quotes not escaped. */
const HOSTILE = '"labels":{},"annotations":{},"links":{} and "source":"alertmanager"';
const OPENED = Date.UTC(2026, 2, 1, 10);

const INCIDENT: Incident = {
  id: '01ARZ3NDEK5KXD266KXK02RPQJ',
  status: 'resolved',
  severity: 'warning',
  title: HOSTILE,
  openedAt: OPENED,
  startsAt: OPENED,
  updatedAt: OPENED,
  resolvedAt: OPENED,
  resolution: 'alerts',
  resolvedBy: null,
  mergedInto: null,
  acknowledgedAt: null,
  acknowledgedBy: null,
  snoozedUntil: null,
  snoozedBy: null,
  feedback: [],
  apartFrom: [],
  mutedUpstream: { silenced: 0, inhibited: 0 },
  alertCount: 2,
  firingCount: 0,
  domains: ['infra'],
  receivers: ['ops'],
  deliveryIds: [],
  parts: [],
  rootCauses: [{ rank: 1, score: 1, entity: 'node/a', fingerprint: null, changeId: null, evidence: [{ kind: 'silent', summary: HOSTILE }] }],
  version: 1,
  held: 0,
  hush: null,
  audibleAt: null,
  calmAt: null,
  shownVersion: 0,
  minorVersion: 0,
  newsVersion: 1,
  urgentVersion: 0,
  owed: [],
  failedAlerts: 0,
};

function member(fingerprint: string, after: number): Member {
  const startsAt = timestampOf(OPENED + after);
  return {
    fingerprint,
    status: 'resolved',
    startsAt,
    lastStartsAt: startsAt,
    endsAt: startsAt,
    occurrences: 1,
    rule: 'DiskFull',
    entity: HOSTILE,
    domain: 'infra',
    severity: 'warning',
    joinedBecause: [],
  };
}

function says(fingerprint: string, source: AlertDocument['source']): AlertDocument {
  return {
    fingerprint,
    labels: new Map([['alertname', HOSTILE]]),
    annotations: new Map([['__proto__', fingerprint]]),
    links: { source: `http://prometheus/${fingerprint}` },
    source,
  };
}

describe('the text of an incident', () => {
  it('is, once filled, the JSON of the incident with what its alerts say then', () => {
    const members = [member('b', 0), member('a', 5)];
    const documents = new Map([says('a', 'grafana'), says('b', 'alertmanager')].map((document) => [document.fingerprint, document]));
    const documentOf = (fingerprint: string) => documents.get(fingerprint) ?? says('none', 'grafana');
    const whole = JSON.stringify(incidentDocument({ incident: INCIDENT, alerts: members.map((m) => ({ member: m, document: documentOf(m.fingerprint) })) }));
    expect(
      filled(
        incidentText(INCIDENT, [...members].reverse(), () => null),
        (fingerprint) => documentText(documentOf(fingerprint)),
      ),
    ).toBe(whole);
  });

  it('has no gap without alerts', () => {
    const whole = JSON.stringify(incidentDocument({ incident: INCIDENT, alerts: [] }));
    expect(
      filled(
        incidentText(INCIDENT, [], () => null),
        () => ['', ''],
      ),
    ).toBe(whole);
  });
});
