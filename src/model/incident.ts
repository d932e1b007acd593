// Incidents: alerts that belong together, what caused them, and what is owed to people about them.

import type { Evidence } from './evidence.ts';
import type { Domain, Severity, Symptom } from './severity.ts';
import type { Instant, Milliseconds } from './time.ts';
import type { Unrecovered } from './unrecovered.ts';

/** Whether an incident is worked on, and whether it is over. */
export type IncidentStatus = 'open' | 'acknowledged' | 'resolved';

/** How one entity is concerned by an incident: what joining and root causes are decided on. */
export interface EntityPart {
  /** `kind/name`, or null for alerts that name none. */
  readonly entity: string | null;
  readonly domain: Domain;
  readonly severity: Severity;
  /** Event time of the first onset on it here, and of the latest; one that fires again moves the latter only as far as it is rare. */
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  /** The alert that was first, and its rule. */
  readonly fingerprint: string;
  readonly rule: string;
  /** How many alerts it has here, and how many of them fire. */
  readonly alerts: number;
  readonly firing: number;
  /** Event time of the latest end here; null before the first. */
  readonly endedAt: Instant | null;
  /** The chance rate of the alert that came last, per millisecond. */
  readonly rate: number;
  /** Whether it is about something that changes slowly, such as drift or revenue. */
  readonly slow: boolean;
  /** What sort of symptom its rule reports. */
  readonly symptom: Symptom;
  /** The time resolution of its rule; 0 when that is not known. */
  readonly resolution: Milliseconds;
  /** The values of labels that its alerts share, as `LabelValue` numbers them, the rarest kinds of them. */
  readonly labels: readonly number[];
  /** Whether it counts all that the incident has no room to tell apart. */
  readonly others?: true;
}

/** A likely cause of an incident. */
export interface RootCause {
  readonly rank: number;
  /** Between 0 and 1. */
  readonly score: number;
  readonly entity: string;
  readonly fingerprint: string | null;
  readonly changeId: string | null;
  readonly evidence: readonly Evidence[];
}

/** How many alerts of an incident that fire tell nobody in the Alertmanager that they come from. */
export interface MutedUpstream {
  readonly silenced: number;
  readonly inhibited: number;
}

/** None. */
export const NOT_MUTED: MutedUpstream = { silenced: 0, inhibited: 0 };

/** How many alerts are muted in Alertmanager, in words; null when none is. */
export function mutedInWords({ silenced, inhibited }: MutedUpstream): string | null {
  const parts = [...(silenced === 0 ? [] : [`${silenced} silenced`]), ...(inhibited === 0 ? [] : [`${inhibited} inhibited`])];
  return parts.length === 0 ? null : `${parts.join(' and ')} in Alertmanager`;
}

/** What a person said of a cause. */
export interface CauseFeedback {
  readonly entity: string;
  /** Whether it is the cause. */
  readonly correct: boolean;
  readonly by: string;
  readonly at: Instant;
}

/** Received alerts that a version of an incident tells of, pending in the ledger until it is told. */
export interface OwedAlerts {
  readonly version: number;
  readonly count: number;
}

/** That alerts of an incident are silenced or inhibited. */
export interface Hush {
  /** How many that fire. It may be 0 when the last of them has ended. */
  readonly count: number;
  readonly reason: 'silenced' | 'inhibited';
  /** Why, as of the last of them, in one line. */
  readonly because: string;
}

/** What the engine knows of an incident. */
export interface Incident {
  readonly id: string;
  readonly status: IncidentStatus;
  /** The worst severity that one of its alerts had. */
  readonly severity: Severity;
  readonly title: string;
  /** Event time of the opening, and the earliest start of an alert, which may be before. */
  readonly openedAt: Instant;
  readonly startsAt: Instant;
  readonly updatedAt: Instant;
  readonly resolvedAt: Instant | null;
  /**
   * How it ended, or will have by `calmAt`: its alerts recovered, a person said so, the last of its alerts ended without recovering,
   * or it goes on as another one; null while something fires.
   */
  readonly resolution: 'alerts' | 'person' | 'merged' | Unrecovered | null;
  /** Who resolved it, when a person did. */
  readonly resolvedBy: string | null;
  /** The incident that it goes on as. */
  readonly mergedInto: string | null;
  readonly acknowledgedAt: Instant | null;
  readonly acknowledgedBy: string | null;
  /** Until when only what must be told at once is told; null when it is not snoozed. */
  readonly snoozedUntil: Instant | null;
  /** Who said so last; null when it is not snoozed, or that is not known. */
  readonly snoozedBy: string | null;
  /** What people said of its causes, of each entity the latest. */
  readonly feedback: readonly CauseFeedback[];
  /** The incidents that a person has split it from: what evidence says they have in common does not join them. */
  readonly apartFrom: readonly string[];
  readonly mutedUpstream: MutedUpstream;
  readonly alertCount: number;
  readonly firingCount: number;
  readonly domains: readonly Domain[];
  readonly receivers: readonly string[];
  /** The keys of what is to be told, see `Delivery`. */
  readonly deliveryIds: readonly string[];
  readonly parts: readonly EntityPart[];
  readonly rootCauses: readonly RootCause[];
  /** Counts every visible change; what a message shows is a version. */
  readonly version: number;
  /** How many of its alerts are held back. */
  readonly held: number;
  /** Null when none of its alerts is silenced or inhibited. */
  readonly hush: Hush | null;
  /** Since when there is something to tell; null while all that it holds is held back. */
  readonly audibleAt: Instant | null;
  /** When it is over if nothing fires until then; null while something fires, or when it is over at once. */
  readonly calmAt: Instant | null;
  /** The last version with news: something new joined, or something worse happened. */
  readonly newsVersion: number;
  /** The last version that a message which can be edited is to show soon, though it is no news: who has it in hand, what caused it. */
  readonly shownVersion: number;
  /** The last version with lesser news, such as an alert that fires again: told the later the more often. */
  readonly minorVersion: number;
  /** The last version that is to be told at once, whatever `group_interval`. */
  readonly urgentVersion: number;
  readonly owed: readonly OwedAlerts[];
  /** How many received alerts stand in the ledger's account `failed` because nobody could be told of this incident. */
  readonly failedAlerts: number;
}

/** An incident changed in some fields. Each field is named, as V8 takes many times as long for a spread of so many. */
export function incidentWith(incident: Incident, changed: Partial<Incident>): Incident {
  return {
    id: incident.id,
    status: incident.status,
    severity: incident.severity,
    title: incident.title,
    openedAt: incident.openedAt,
    startsAt: incident.startsAt,
    updatedAt: incident.updatedAt,
    resolvedAt: incident.resolvedAt,
    resolution: incident.resolution,
    resolvedBy: incident.resolvedBy,
    mergedInto: incident.mergedInto,
    acknowledgedAt: incident.acknowledgedAt,
    acknowledgedBy: incident.acknowledgedBy,
    snoozedUntil: incident.snoozedUntil,
    snoozedBy: incident.snoozedBy,
    feedback: incident.feedback,
    apartFrom: incident.apartFrom,
    mutedUpstream: incident.mutedUpstream,
    alertCount: incident.alertCount,
    firingCount: incident.firingCount,
    domains: incident.domains,
    receivers: incident.receivers,
    deliveryIds: incident.deliveryIds,
    parts: incident.parts,
    rootCauses: incident.rootCauses,
    version: incident.version,
    held: incident.held,
    hush: incident.hush,
    audibleAt: incident.audibleAt,
    calmAt: incident.calmAt,
    shownVersion: incident.shownVersion,
    minorVersion: incident.minorVersion,
    newsVersion: incident.newsVersion,
    urgentVersion: incident.urgentVersion,
    owed: incident.owed,
    failedAlerts: incident.failedAlerts,
    ...changed,
  };
}

/** Whether every alert of an incident that fires is silenced or inhibited, or was when it ended. */
export function isHushed({ hush, firingCount }: Pick<Incident, 'hush' | 'firingCount'>): boolean {
  return hush !== null && hush.count === firingCount;
}

/** A part of an incident changed in some fields. Each field is named, as V8 takes many times as long for a spread of so many. */
export function partWith(part: EntityPart, changed: Partial<EntityPart>): EntityPart {
  const next: EntityPart = {
    entity: part.entity,
    domain: part.domain,
    severity: part.severity,
    firstAt: part.firstAt,
    lastAt: part.lastAt,
    fingerprint: part.fingerprint,
    rule: part.rule,
    alerts: part.alerts,
    firing: part.firing,
    endedAt: part.endedAt,
    rate: part.rate,
    slow: part.slow,
    symptom: part.symptom,
    resolution: part.resolution,
    labels: part.labels,
    ...changed,
  };
  return part.others === true ? { ...next, others: true } : next;
}
