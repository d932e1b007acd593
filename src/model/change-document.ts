// How a change is written as JSON, and how a report of one becomes a change.

import type { components } from '../generated/openapi.d.ts';
import type { Change } from './change.ts';
import { formatInstant, parseTimestamp } from './time.ts';
import { ulidOf } from './ulid.ts';

/** The JSON of a change, as `openapi/winnow.yaml` describes it. */
export type ChangeDocument = components['schemas']['Change'];

/** What is posted to report a change, as `openapi/winnow.yaml` describes it. */
export type ChangeReport = components['schemas']['ChangeReport'];

/** Writes a change as JSON. */
export function changeDocument({ id, entity, summary, kind, at, link }: Change): ChangeDocument {
  return { id, entity, summary, kind, at: formatInstant(at), link };
}

/**
 * The change that a report speaks of, or null when its `at` is not an RFC 3339 time. Without an id
 * it gets one made of all that it says: the same report again is the same change, in the service as
 * in a replay.
 */
export function changeOf({ id, entity, summary, kind, at: time, link }: ChangeReport): Change | null {
  const at = parseTimestamp(time)?.ms;
  if (at === undefined) return null;
  return { id: id ?? ulidOf(Math.max(0, at), JSON.stringify([entity, summary, kind, at, link ?? null])), entity, summary, kind, at, link: link ?? null };
}
