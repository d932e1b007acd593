// How a decision not to tell is written as JSON, for the API and for `winnow replay` alike.

import type { components } from '../generated/openapi.d.ts';
import type { AlertState } from './alert.ts';
import type { Suppression } from './evidence.ts';
import { type Labels, labelsToObject } from './labels.ts';
import { formatInstant } from './time.ts';

/** The JSON of a suppression, as `openapi/winnow.yaml` describes it. */
export type SuppressionDocument = components['schemas']['Suppression'];

/** The hold of an alert as a suppression that lasts; null when it has none. */
export function presentHold({ fingerprint, startsAt, membership, hold }: AlertState): Suppression | null {
  if (hold === null) return null;
  const { reason, rule, since, until, evidence } = hold;
  return { fingerprint, startsAt: startsAt.text, incidentId: membership?.incidentId ?? null, reason, rule, since, until, outcome: 'held', evidence };
}

/** Writes a suppression as JSON, with the labels of the alert that it concerns. */
export function suppressionDocument(suppression: Suppression, labels: Labels): SuppressionDocument {
  const { fingerprint, startsAt, incidentId, reason, rule, since, until, outcome, evidence } = suppression;
  return {
    fingerprint,
    startsAt,
    labels: labelsToObject(labels),
    incidentId,
    reason,
    rule,
    since: formatInstant(since),
    until: formatInstant(until),
    outcome,
    evidence: [...evidence],
  };
}
