// A visible change of an incident: it gets a new version, once for each event.

import { type Incident, incidentWith } from '../model/incident.ts';
import type { Instant } from '../model/time.ts';
import type { Draft } from './draft.ts';

/** What a change is, beside being visible: worth an edit, lesser news, news, news that is told at once; and whether causes are to be ranked anew. */
export interface Weight {
  readonly news?: 'none' | 'shown' | 'minor' | 'major' | 'urgent';
  readonly spread?: boolean;
}

/** The incident with what it is changed to, under the version of the present event. */
export function touch(draft: Draft, incident: Incident, now: Instant, changed: Partial<Incident>, { news = 'none', spread = false }: Weight = {}): Incident {
  const touched = draft.touched.get(incident.id);
  const version = touched?.versioned === true ? incident.version : incident.version + 1;
  draft.touched.set(incident.id, { versioned: true, spread: spread || touched?.spread === true });
  const next: { -readonly [K in keyof Incident]: Incident[K] } = incidentWith(incident, changed);
  next.version = version;
  next.updatedAt = now;
  if (news === 'shown') next.shownVersion = version;
  if (news === 'minor') next.minorVersion = version;
  if (news === 'major' || news === 'urgent') next.newsVersion = version;
  if (news === 'urgent') next.urgentVersion = version;
  draft.setIncident(next);
  return next;
}
