// Which alerts in memory a silence matches. The engine keeps no labels, so whoever runs it looks before it decides.

import type { SilenceSet } from '../correlate/event.ts';
import type { AlertDocument, AlertState } from '../model/alert.ts';
import { compileSilence } from '../model/silence.ts';

/** The alerts whose labels matter to a silence, by fingerprint: those that fire, or may. Others are matched when they do. */
export function silenceable(alerts: Iterable<AlertState>): readonly string[] {
  return [...alerts].flatMap(({ fingerprint, status, doubtful }) => (status === 'firing' || doubtful !== null ? [fingerprint] : []));
}

/** The event with the alerts that its silence matches, of those whose labels are given. */
export function withMatched(event: SilenceSet, documents: Iterable<AlertDocument>): SilenceSet {
  const { matches } = compileSilence(event.silence);
  return { ...event, matched: [...documents].flatMap(({ fingerprint, labels }) => (matches(labels) ? [fingerprint] : [])).sort() };
}
