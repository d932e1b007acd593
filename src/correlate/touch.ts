// A visible change of an incident: it gets a new version, once for each event.

import { type Incident, incidentWith } from '../model/incident.ts';
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
  const next: { -readonly [K in keyof Incident]: Incident[K] } = incidentWith(incident, changed);
  next.version = version;
  next.updatedAt = now;
  if (weight.news === true) next.newsVersion = version;
  if (weight.urgent === true) next.urgentVersion = version;
  draft.setIncident(next);
  return next;
}
