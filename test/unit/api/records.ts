// Records for the tests of the API, each made of what a test says of it.

import type { AlertDocument, AlertState, Member } from '../../../src/model/alert.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import type { Incident } from '../../../src/model/incident.ts';
import { labelsFromObject } from '../../../src/model/labels.ts';
import { type Instant, timestampOf } from '../../../src/model/time.ts';
import { ulidOf } from '../../../src/model/ulid.ts';
import { PLAIN_DELIVERY, plainAlert, plainIncident } from '../plain-records.ts';

/** 2026-03-01 at a time of day such as `10:00`. */
export function at(time: string): Instant {
  return Date.parse(`2026-03-01T${time}Z`);
}

/** An open critical incident that opened at 10:00, but for what is said otherwise. */
export function incident(given: Partial<Incident> = {}): Incident {
  const openedAt = given.openedAt ?? at('10:00');
  return {
    id: ulidOf(openedAt, 'seed'),
    title: 'DiskFailing on node/gpu-7',
    receivers: ['ml-oncall'],
    ...plainIncident(openedAt),
    ...given,
  };
}

/** An alert's part in an incident: firing on node/gpu-7 since 10:00, but for what is said otherwise. */
export function member(given: Partial<Member> = {}): Member {
  const startsAt = given.startsAt ?? timestampOf(at('10:00'));
  return {
    fingerprint: '791cec13fcba0368',
    status: 'firing',
    startsAt,
    lastStartsAt: startsAt,
    endsAt: null,
    occurrences: 1,
    rule: 'DiskFailing',
    entity: 'node/gpu-7',
    domain: 'infra',
    severity: 'critical',
    joinedBecause: [],
    ...given,
  };
}

/** What an alert says. */
export function document(fingerprint: string, labels: Readonly<Record<string, string>>, annotations: Readonly<Record<string, string>> = {}): AlertDocument {
  return { fingerprint, labels: labelsFromObject(labels), annotations: labelsFromObject(annotations), links: {}, source: 'alertmanager' };
}

/** An alert as it now is: firing since 10:00 and in no incident, but for what is said otherwise. */
export function alert(given: Partial<AlertState> = {}): AlertState {
  return {
    fingerprint: '791cec13fcba0368',
    rule: 'DiskFailing',
    ...plainAlert(at('10:00')),
    heardAt: at('10:05'),
    ...given,
  };
}

/** A delivery to a Slack channel of which nothing was told yet and nothing is due, but for what is said otherwise. */
export function delivery(given: Partial<Delivery> = {}): Delivery {
  return {
    id: '01KJMSEG0058H9CPQHM6CY8Q3T~slack/#ml-alerts/3f2a9c1b',
    incidentId: '01KJMSEG0058H9CPQHM6CY8Q3T',
    destination: { id: 'slack/#ml-alerts/3f2a9c1b', integration: 'slack', edits: true, sendResolved: true, digests: true },
    receivers: ['ml-oncall'],
    timing: { groupWait: 10_000, groupInterval: 300_000, repeatInterval: 14_400_000 },
    createdAt: at('10:00'),
    ...PLAIN_DELIVERY,
    ...given,
  };
}
