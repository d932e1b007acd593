// A visible change of an incident: it gets a new version, once for each event.

import type { Incident } from '../model/incident.ts';
import type { Instant } from '../model/time.ts';
import type { Draft } from './draft.ts';

/** What a change is, beside being visible. */
export interface Weight {
  readonly news?: boolean;
  readonly urgent?: boolean;
  readonly spread?: boolean;
}

/** The incident with what it is changed to, under the version of the present event. */
export function touch(draft: Draft, incident: Incident, now: Instant, changed: Partial<Incident>, weight: Weight = {}): Incident {
  const touched = draft.touched.get(incident.id);
  const version = touched?.versioned === true ? incident.version : incident.version + 1;
  draft.touched.set(incident.id, { versioned: true, spread: weight.spread === true || touched?.spread === true });
  // A copy of one shape that is then assigned to: an object spread of varying parts is many times slower.
  const next: { -readonly [K in keyof Incident]: Incident[K] } = { ...incident };
  Object.assign(next, changed);
  next.version = version;
  next.updatedAt = now;
  if (weight.news === true) next.newsVersion = version;
  if (weight.urgent === true) next.urgentVersion = version;
  draft.setIncident(next);
  return next;
}
