// An alert fires, or fires again: which incident it goes to, and what that changes there.

import type { AlertState, Flapping, Membership } from '../model/alert.ts';
import type { Incident } from '../model/incident.ts';
import { worst } from '../model/severity.ts';
import type { Instant } from '../model/time.ts';
import { rarity } from './chance.ts';
import type { Draft } from './draft.ts';
import type { Firing } from './firing.ts';
import { memberOf } from './member.ts';
import { merge } from './merge.ts';
import { observeOnset } from './observe.ts';
import { openIncident } from './open-incident.ts';
import { withDomain, withOnset } from './parts.ts';
import { type Place, placeOf } from './place.ts';
import type { Policy } from './policy.ts';
import { REOPENED } from './reopen.ts';
import { staleAt } from './stale.ts';
import { touch } from './touch.ts';
import { type Onset, voice } from './voice.ts';

/**
 * Takes a firing alert into its incident, and decides whether people are told of it; answers the incident as it then is.
 * `received` counts the received alerts that say so, for the ledger.
 */
export function fire(draft: Draft, classified: Firing, received: number, now: Instant, policy: Policy): Incident {
  const before = draft.alert(classified.fingerprint);
  const observed = observeOnset(draft, classified, before, now, policy);
  draft.learned.noteEdges(classified.edges, now);
  const place = placeOf(draft, observed.arrival, before, now, policy);
  const home = place.kind === 'open' ? openIncident(draft, classified, now) : incidentOf(draft, place, now);
  // A merge may have moved the alert.
  const known = draft.alert(classified.fingerprint);
  const membership = membershipIn(home, classified, known);
  // A fingerprint that comes with other labels stays with the part that its incident counts it under.
  const firing = known !== undefined && membership.occurrences > 1 ? { ...classified, entity: known.entity, rule: known.rule } : classified;
  const flapping = known?.membership?.incidentId === home.id ? known.flapping : null;
  const alert = stateOf(firing, membership, pastOf(draft, known, membership), now, flapping);
  draft.setAlert(alert);
  draft.timers.push({ due: staleAt(alert, draft.longestRedelivery, policy), kind: 'stale', id: alert.fingerprint });
  const onset: Onset = { firing, alert, known, place, membership, observed, received };
  const joined = concern(draft, home, onset, now, policy);
  draft.setMember(joined.id, memberOf(alert, membership), membership.occurrences > 1 ? null : place.kind === 'open' ? [] : place.because);
  record(draft, joined, firing, place, membership.occurrences === 1, now);
  return voice(draft, joined, home, onset, now, policy);
}

/** The incident of a place, with what the alert shows to be the same trouble merged into the older of the two. */
function incidentOf(draft: Draft, place: Exclude<Place, { kind: 'open' }>, now: Instant): Incident {
  if (place.bridge === null) return place.incident;
  const other = place.bridge.incident;
  const older = place.incident.openedAt < other.openedAt || (place.incident.openedAt === other.openedAt && place.incident.id < other.id);
  return older ? merge(draft, place.incident, other, place.bridge, now) : merge(draft, other, place.incident, place.bridge, now);
}

function membershipIn(incident: Incident, firing: Firing, known: AlertState | undefined): Membership {
  const present = known?.membership;
  const played = present?.incidentId === incident.id ? present : known?.past.find((past) => past.incidentId === incident.id);
  if (played !== undefined) return { incidentId: played.incidentId, startsAt: played.startsAt, occurrences: played.occurrences + 1 };
  return { incidentId: incident.id, startsAt: firing.startsAt, occurrences: 1 };
}

/** The parts that an alert played elsewhere, as far as those incidents are remembered. */
function pastOf(draft: Draft, known: AlertState | undefined, now: Membership): readonly Membership[] {
  if (known === undefined) return [];
  const all = known.membership === null ? known.past : [...known.past, known.membership];
  if (all.length === 0) return all;
  return all.filter(({ incidentId }) => incidentId !== now.incidentId && draft.incident(incidentId) !== undefined);
}

/** What is remembered of an alert that fires. */
export function stateOf(
  firing: Firing,
  membership: Membership | null,
  past: readonly Membership[],
  now: Instant,
  flapping: Flapping | null = null,
): AlertState {
  const { fingerprint, startsAt, rule, entity, domain, severity, source } = firing;
  return {
    fingerprint,
    status: 'firing',
    startsAt,
    endsAt: null,
    changedAt: now,
    heardAt: now,
    rule,
    entity,
    domain,
    severity,
    membership,
    past,
    doubtful: null,
    hold: null,
    marks: firing.marks,
    flapping,
    heartbeat: null,
    source,
  };
}

/** What an onset changes of its incident, whether or not people are told. */
function concern(draft: Draft, incident: Incident, { firing, known, place, membership, observed: { arrival } }: Onset, now: Instant, policy: Policy): Incident {
  const joins = membership.occurrences === 1;
  const starts = joins || known?.status !== 'firing';
  const parts = withOnset(incident.parts, {
    entity: firing.entity,
    domain: firing.domain,
    severity: firing.severity,
    fingerprint: firing.fingerprint,
    rule: firing.rule,
    at: arrival.at,
    rate: arrival.rate,
    weight: rarity(arrival.rate, policy.constants),
    slow: arrival.slow,
    resolution: arrival.resolution,
    labels: arrival.labels,
    joins,
    starts,
  });
  const changed = {
    severity: worst(incident.severity, firing.severity),
    startsAt: Math.min(incident.startsAt, firing.startsAt.ms),
    alertCount: incident.alertCount + (joins ? 1 : 0),
    firingCount: incident.firingCount + (starts ? 1 : 0),
    parts,
    domains: withDomain(incident.domains, firing.domain),
    calmAt: null,
    resolution: null,
  };
  return touch(draft, incident, now, place.kind === 'reopen' ? { ...changed, ...REOPENED, audibleAt: null } : changed, { spread: starts });
}

function record(draft: Draft, incident: Incident, firing: Firing, place: Place, joins: boolean, now: Instant): void {
  const because = place.kind === 'open' ? [] : place.because;
  const what = firing.entity === null ? firing.rule : `${firing.rule} on ${firing.entity}`;
  const entry = {
    open: () => ({
      kind: 'opened',
      summary: `${what} opened it`,
      evidence: place.kind === 'open' && place.fault !== null ? [...firing.evidence, place.fault] : firing.evidence,
    }),
    join: () => ({ kind: 'joined', summary: `${what} joined it`, evidence: [...because, ...firing.evidence] }),
    again: () => ({ kind: 'fired-again', summary: `${what} fired again`, evidence: because }),
    reopen: () => ({ kind: 'reopened', summary: `${what} ${joins ? 'joined' : 'fired again'} and reopened it`, evidence: because }),
  }[place.kind]();
  draft.record(incident.id, { at: now, fingerprint: firing.fingerprint, ...entry });
}
