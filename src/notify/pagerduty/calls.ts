// Decides which events PagerDuty is sent about an incident, and under which keys.
//
// PagerDuty calls people once for a key and only logs a second trigger of it. What is to be told at once therefore
// opens another key, `ID/2` and so on, and closes the one before.

import { owesAcknowledgement, type Told } from '../../model/delivery.ts';
import type { Incident } from '../../model/incident.ts';

/** One event to send. */
export interface PagerDutyCall {
  readonly action: 'trigger' | 'acknowledge' | 'resolve';
  /** At most 255 characters. */
  readonly dedupKey: string;
}

/** What an incident looks like to PagerDuty so far. */
export interface PagerDutyPage {
  readonly incident: Pick<Incident, 'id' | 'status' | 'acknowledgedAt' | 'urgentVersion'>;
  /** The key in use; undefined before the first event. */
  readonly dedupKey: string | undefined;
  /** What was told last; undefined when nothing was. */
  readonly told: Told | undefined;
}

const MAX_KEY = 255;

/**
 * The events to send, in their order; the first one's key is in use from then on. The same page gives the same events, so
 * that sending them twice does no harm. Nobody is said to have in hand what opens a key: an incident that is
 * acknowledged already calls all the same, and is acknowledged there once a person says so again.
 */
export function pagerDutyCalls({ incident, dedupKey, told }: PagerDutyPage): readonly [PagerDutyCall, ...PagerDutyCall[]] {
  const standing = dedupKey ?? incident.id.slice(0, MAX_KEY);
  if (incident.status === 'resolved') return [{ action: 'resolve', dedupKey: standing }];
  if (dedupKey === undefined || told === undefined || told.sentStatus === null) return [{ action: 'trigger', dedupKey: standing }];
  const opening = { action: 'trigger', dedupKey: nextKey(incident.id, dedupKey) } as const;
  if (told.sentStatus === 'resolved') return [opening];
  const letGo = told.sentStatus === 'acknowledged' && incident.status === 'open';
  if (incident.urgentVersion > told.sentVersion || letGo) return [opening, { action: 'resolve', dedupKey }];
  return [{ action: owesAcknowledgement(incident, told) ? 'acknowledge' : 'trigger', dedupKey }];
}

/** The key after one: `ID`, then `ID/2`, `ID/3`; after the key of an incident that was merged into this one, `ID`. */
export function nextKey(incidentId: string, dedupKey: string): string {
  const { id, page } = readKey(dedupKey);
  return id === incidentId ? `${id}/${page + 1}` : incidentId;
}

/** The incident that a key names, and how many keys it has had up to this one; an id holds no slash. */
export function readKey(dedupKey: string): { readonly id: string; readonly page: number } {
  const [, id = dedupKey, page = '1'] = /^(.*)\/(\d{1,6})$/.exec(dedupKey) ?? [];
  return { id, page: Number(page) };
}
