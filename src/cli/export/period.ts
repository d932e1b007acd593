// Which time an export is of: a time, or a length of time ago.

import { parseDuration } from '../../config/duration.ts';
import { type Instant, parseTimestamp } from '../../model/time.ts';

/** Reads an RFC 3339 time, a day such as `2026-03-01` (its midnight in UTC), or a duration such as `7d`, which is so long ago. Null for anything else. */
export function readPoint(text: string, now: Instant): Instant | null {
  const length = parseDuration(text);
  if (length !== null) return now - length;
  return parseTimestamp(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text)?.ms ?? null;
}

const RECEIVED_AT = '{"receivedAt":"';

/** When a line that the service recorded came in: it begins with that. */
export function receivedAt(line: string): Instant {
  const from = RECEIVED_AT.length;
  return Date.parse(line.slice(from, line.indexOf('"', from)));
}
