// Which labels an event is decided by that the engine does not keep: whoever runs it looks them up right before.

import type { EngineEvent } from '../correlate/event.ts';
import type { AlertDocument, AlertState } from '../model/alert.ts';
import type { Labels } from '../model/labels.ts';
import { compileSilence } from '../model/silence.ts';

/** What alerts say, by fingerprint. */
type Documents = ReadonlyMap<string, AlertDocument>;

/**
 * The alerts in memory whose labels matter to events, by fingerprint: to a silence those that fire, or may, as others are
 * matched when they do; to a split those that are split off.
 */
export function consulted(events: readonly EngineEvent[], alerts: ReadonlyMap<string, AlertState>): readonly string[] {
  const split = events.flatMap((event) => (event.kind === 'action' && event.action === 'split' ? event.fingerprints : []));
  if (!events.some(({ kind }) => kind === 'silence')) return [...new Set(split)];
  const firing = [...alerts.values()].flatMap(({ fingerprint, status, doubtful }) => (status === 'firing' || doubtful !== null ? [fingerprint] : []));
  return [...new Set([...firing, ...split])];
}

/** The event with what the labels that are given mean for it. */
export function informed(event: EngineEvent, documents: Documents): EngineEvent {
  if (event.kind === 'silence') {
    const { matches } = compileSilence(event.silence);
    return { ...event, matched: [...documents.values()].flatMap(({ fingerprint, labels }) => (matches(labels) ? [fingerprint] : [])).sort() };
  }
  return event.kind === 'action' && event.action === 'split' ? { ...event, labels: labelsOf(event.fingerprints, documents) } : event;
}

function labelsOf(fingerprints: readonly string[], documents: Documents): ReadonlyMap<string, Labels> {
  return new Map(
    fingerprints.flatMap((fingerprint): [string, Labels][] => {
      const document = documents.get(fingerprint);
      return document === undefined ? [] : [[fingerprint, document.labels]];
    }),
  );
}
