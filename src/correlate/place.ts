// Where a firing alert goes: back to its incident, to another one, or into a new one.

import type { AlertState } from '../model/alert.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Incident } from '../model/incident.ts';
import { formatDuration, type Instant, MINUTE, type Milliseconds } from '../model/time.ts';
import type { Arrival } from './arrival.ts';
import type { Bridge } from './bridge.ts';
import type { Draft } from './draft.ts';
import { guarded } from './guard.ts';
import { findIncident } from './join.ts';
import { learnedLag } from './learn-association.ts';
import type { Policy } from './policy.ts';

/** Where a firing alert goes, and why. A bridge is another incident to be merged with the one it goes to. */
export type Place =
  | { readonly kind: 'open'; readonly fault: Evidence | null }
  | { readonly kind: 'join' | 'again'; readonly incident: Incident; readonly because: readonly Evidence[]; readonly bridge: Bridge | null }
  | { readonly kind: 'reopen'; readonly incident: Incident; readonly because: readonly Evidence[]; readonly bridge: null };

const SOON: Milliseconds = 5 * MINUTE;

/**
 * Decides it. An alert that fires already stays where it is; what a person resolved while it fired, or
 * lately, reopens when an alert of it starts anew; else the alert goes where it is drawn to, or back to
 * where it was alone if that is over since minutes only.
 */
export function placeOf(draft: Draft, arrival: Arrival, known: AlertState | undefined, now: Instant, policy: Policy): Place {
  const own = known?.membership === undefined || known.membership === null ? undefined : draft.incident(known.membership.incidentId);
  if (own !== undefined && own.status !== 'resolved' && known?.status === 'firing') return { kind: 'again', incident: own, because: [], bridge: null };
  const { reopenWithin, maxHops, window } = policy.correlation;
  if (own?.resolvedAt !== null && own?.resolution === 'person') {
    const over = now - own.resolvedAt;
    if (own.firingCount > 0 || over <= reopenWithin) return { kind: 'reopen', incident: own, because: [startedAnew(over, reopenWithin)], bridge: null };
  }
  let fault: Evidence | null = null;
  const joining = guarded(
    'finding its incident',
    () =>
      findIncident(arrival, {
        incidentsOn: (entity) => draft.incidentsOn(entity),
        incidentsWith: (label) => draft.incidentsWith(label),
        own: own ?? null,
        stillOpen: (incident) =>
          own?.apartFrom.includes(incident.id) !== true &&
          (incident.resolvedAt === null || (incident.mergedInto === null && now - incident.resolvedAt <= reopenWithin)),
        topology: draft.topology(policy),
        maxHops,
        window,
        constants: policy.constants,
        learnedLag: (first, second) => learnedLag(draft, first, second, now),
      }),
    (evidence) => {
      fault = evidence;
      return null;
    },
  );
  if (joining === null) {
    // What flaps comes back to the incident that was kept open for it, unless it is drawn elsewhere.
    if (own !== undefined && own.calmAt !== null && known !== undefined && known.flapping !== null)
      return { kind: 'again', incident: own, because: [], bridge: null };
    if (own !== undefined && isBackSoon(own, now, reopenWithin))
      return { kind: 'reopen', incident: own, because: [startedAnew(now - (own.resolvedAt ?? now), Math.min(SOON, reopenWithin))], bridge: null };
    return { kind: 'open', fault };
  }
  const { incident, because, bridge } = joining;
  if (incident.status === 'resolved') return { kind: 'reopen', incident, because, bridge: null };
  return { kind: incident.id === own?.id ? 'again' : 'join', incident, because, bridge };
}

/** Whether the only alert of an incident is back so soon after it was over that it is the same trouble, however often it fires. */
function isBackSoon({ resolvedAt, mergedInto, alertCount }: Incident, now: Instant, within: Milliseconds): boolean {
  return resolvedAt !== null && mergedInto === null && alertCount === 1 && now - resolvedAt <= Math.min(SOON, within);
}

function startedAnew(over: number, within: number): Evidence {
  return {
    kind: 'fired-again',
    summary: `an alert of it started anew ${formatDuration(over)} after it was resolved`,
    value: Math.round(over / 1000),
    threshold: within / 1000,
  };
}
