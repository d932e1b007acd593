// An alert fires, or fires again: which incident it goes to, and what that changes there.

import type { AlertSource, AlertState, Membership } from '../model/alert.ts';
import type { RoutedReceiver } from '../model/delivery.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Incident } from '../model/incident.ts';
import { type Domain, type Severity, worse, worst } from '../model/severity.ts';
import { formatDuration, type Instant, type Timestamp } from '../model/time.ts';
import type { Topology } from '../model/topology.ts';
import { ulidOf } from '../model/ulid.ts';
import type { Draft } from './draft.ts';
import { guarded } from './guard.ts';
import { findIncident } from './join.ts';
import { memberOf } from './member.ts';
import { withDomain, withOnset } from './parts.ts';
import type { Policy } from './policy.ts';
import { addReceivers } from './receivers.ts';
import { REOPENED } from './reopen.ts';
import { staleAt } from './stale.ts';
import { touch } from './touch.ts';

/** An alert that fires, classified and routed. */
export interface Firing {
  readonly fingerprint: string;
  readonly startsAt: Timestamp;
  readonly rule: string;
  readonly entity: string | null;
  readonly domain: Domain;
  readonly severity: Severity;
  readonly source: AlertSource;
  readonly groupKey: string;
  readonly routes: readonly RoutedReceiver[];
  /** How it was classified, for the timeline. */
  readonly evidence: readonly Evidence[];
}

/** Where a firing alert goes. */
type Place =
  | { readonly kind: 'open'; readonly fault: Evidence | null }
  | { readonly kind: 'join'; readonly incident: Incident; readonly because: readonly Evidence[] }
  | { readonly kind: 'again'; readonly incident: Incident }
  | { readonly kind: 'reopen'; readonly incident: Incident; readonly because: Evidence };

/** Takes a firing alert into its incident; answers the incident as it then is. */
export function fire(draft: Draft, classified: Firing, now: Instant, policy: Policy): Incident {
  const known = draft.alert(classified.fingerprint);
  const place = placeOf(draft, classified, known, now, policy);
  const before = place.kind === 'open' ? openIncident(draft, classified, now) : place.incident;
  const membership = membershipIn(before, classified, known);
  // A fingerprint that comes with other labels stays with the entity that its incident counts it under.
  const firing = known !== undefined && membership.occurrences > 1 ? { ...classified, entity: known.entity } : classified;
  const alert = stateOf(firing, membership, now);
  draft.setAlert(alert);
  draft.timers.push({ due: staleAt(alert, draft.longestRedelivery, policy), kind: 'stale', id: alert.fingerprint });
  const incident = addReceivers(draft, concern(draft, before, { firing, known, place, membership, now, policy }), firing.routes, now, policy);
  draft.setMember(incident.id, memberOf(alert, membership), place.kind === 'join' ? place.because : place.kind === 'open' ? [] : null);
  record(draft, incident, firing, place, now);
  return incident;
}

function placeOf(draft: Draft, firing: Firing, known: AlertState | undefined, now: Instant, policy: Policy): Place {
  const own = known?.membership === undefined || known.membership === null ? undefined : draft.incident(known.membership.incidentId);
  if (own !== undefined) {
    if (own.status !== 'resolved') return { kind: 'again', incident: own };
    const over = now - (own.resolvedAt ?? now);
    if (own.firingCount > 0 || over <= policy.correlation.reopenWithin) {
      return {
        kind: 'reopen',
        incident: own,
        because: {
          kind: 'fired-again',
          summary: `an alert of it started anew ${formatDuration(over)} after it was resolved`,
          value: Math.round(over / 1000),
          threshold: policy.correlation.reopenWithin / 1000,
        },
      };
    }
  }
  let fault: Evidence | null = null;
  const view = { incidentsOn: (entity: string) => draft.incidentsOn(entity), topology: draft.topology(policy), policy: policy.correlation };
  const joining = guarded(
    'finding its incident',
    () => findIncident({ entity: firing.entity, at: now }, view),
    (evidence) => {
      fault = evidence;
      return null;
    },
  );
  return joining === null ? { kind: 'open', fault } : { kind: 'join', ...joining };
}

function openIncident(draft: Draft, firing: Firing, now: Instant): Incident {
  let id = ulidOf(now, `${firing.fingerprint}${firing.startsAt.text}`);
  for (let again = 1; draft.incident(id) !== undefined; again++) id = ulidOf(now, `${firing.fingerprint}${firing.startsAt.text}${again}`);
  return {
    id,
    status: 'open',
    severity: firing.severity,
    title: '',
    openedAt: now,
    startsAt: Math.min(now, firing.startsAt.ms),
    updatedAt: now,
    resolvedAt: null,
    resolution: null,
    resolvedBy: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    alertCount: 0,
    firingCount: 0,
    domains: [],
    receivers: [],
    deliveryIds: [],
    parts: [],
    rootCauses: [],
    groupKey: firing.groupKey,
    version: 0,
    newsVersion: 0,
    urgentVersion: 0,
    owed: [],
    failedAlerts: 0,
  };
}

function membershipIn(incident: Incident, firing: Firing, known: AlertState | undefined): Membership {
  const present = known?.membership;
  if (present?.incidentId === incident.id) return { ...present, occurrences: present.occurrences + 1 };
  return { incidentId: incident.id, startsAt: firing.startsAt, occurrences: 1 };
}

/** What is remembered of an alert that fires. */
export function stateOf(firing: Firing, membership: Membership | null, now: Instant): AlertState {
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
    doubtful: null,
    source,
  };
}

interface Concern {
  readonly firing: Firing;
  readonly known: AlertState | undefined;
  readonly place: Place;
  readonly membership: Membership;
  readonly now: Instant;
  readonly policy: Policy;
}

function concern(draft: Draft, incident: Incident, { firing, known, place, membership, now, policy }: Concern): Incident {
  const joins = membership.occurrences === 1;
  const starts = joins || known?.status !== 'firing';
  const { parts, spread } = withOnset(incident.parts, { ...firing, at: now, joins, starts });
  const rises = incident.version > 0 && worse(firing.severity, incident.severity) && firing.severity === 'critical';
  const reopens = place.kind === 'reopen';
  const surprising = incident.acknowledgedAt !== null && firing.severity === 'critical' && joins && !explained(incident, firing.entity, draft.topology(policy));
  const changed = {
    severity: worst(incident.severity, firing.severity),
    startsAt: Math.min(incident.startsAt, firing.startsAt.ms),
    alertCount: incident.alertCount + (joins ? 1 : 0),
    firingCount: incident.firingCount + (starts ? 1 : 0),
    parts,
    domains: withDomain(incident.domains, firing.domain),
  };
  return touch(draft, incident, now, reopens ? { ...changed, ...REOPENED } : changed, { news: true, urgent: rises || reopens || surprising, spread });
}

/** Whether the first cause of an incident is, or can make alert, the entity. */
function explained(incident: Incident, entity: string | null, topology: Topology): boolean {
  const cause = incident.rootCauses[0]?.entity;
  return cause !== undefined && entity !== null && (cause === entity || topology.upstreamOf(entity, 6).has(cause));
}

function record(draft: Draft, incident: Incident, firing: Firing, place: Place, now: Instant): void {
  const what = firing.entity === null ? firing.rule : `${firing.rule} on ${firing.entity}`;
  const entry = {
    open: () => ({
      kind: 'opened',
      summary: `${what} opened it`,
      evidence: place.kind === 'open' && place.fault !== null ? [...firing.evidence, place.fault] : firing.evidence,
    }),
    join: () => ({ kind: 'joined', summary: `${what} joined it`, evidence: [...(place.kind === 'join' ? place.because : []), ...firing.evidence] }),
    again: () => ({ kind: 'fired-again', summary: `${what} fired again`, evidence: [] }),
    reopen: () => ({ kind: 'reopened', summary: `${what} fired again and reopened it`, evidence: place.kind === 'reopen' ? [place.because] : [] }),
  }[place.kind]();
  draft.record(incident.id, { at: now, fingerprint: firing.fingerprint, ...entry });
}
