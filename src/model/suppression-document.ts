// How a decision not to tell is written as JSON, for the API and for `winnow replay` alike.

import type { components } from '../generated/openapi.d.ts';
import type { Suppression } from './evidence.ts';
import { type Labels, labelsToObject } from './labels.ts';
import { formatInstant } from './time.ts';

/** The JSON of a suppression, as `openapi/winnow.yaml` describes it. */
export type SuppressionDocument = components['schemas']['Suppression'];

/** Writes a suppression as JSON, with the labels of the alert that it concerns. */
export function suppressionDocument(suppression: Suppression, labels: Labels): SuppressionDocument {
  const { fingerprint, startsAt, incidentId, reason, rule, since, until, evidence } = suppression;
  return {
    fingerprint,
    startsAt,
    labels: labelsToObject(labels),
    incidentId,
    reason,
    rule,
    since: formatInstant(since),
    until: formatInstant(until),
    evidence: [...evidence],
  };
}
