// How the decisions about an incident are written as JSON.

import type { components } from '../generated/openapi.d.ts';
import type { TimelineEntry } from './evidence.ts';
import { formatInstant } from './time.ts';

/** The JSON of one decision, as `openapi/winnow.yaml` describes it. */
export type TimelineEntryDocument = components['schemas']['TimelineEntry'];

/** Writes the decisions about an incident as JSON, in the order in which they come. */
export function timelineDocument(entries: readonly TimelineEntry[]): TimelineEntryDocument[] {
  return entries.map(({ at, kind, summary, evidence, fingerprint, by }) => ({
    at: formatInstant(at),
    kind,
    summary,
    evidence: [...evidence],
    fingerprint: fingerprint ?? null,
    by: by ?? null,
  }));
}
