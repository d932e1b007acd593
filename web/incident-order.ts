// Decides the order of what is not over: the worst first, and of these the newest.

import type { Incident } from './api.ts';
import { SEVERITIES } from './filter.ts';

/** The incidents, the worst and newest first. */
export function worstFirst(incidents: readonly Incident[]): readonly Incident[] {
  return [...incidents].sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      Date.parse(b.startsAt) - Date.parse(a.startsAt) ||
      (a.id < b.id ? 1 : a.id > b.id ? -1 : 0),
  );
}
