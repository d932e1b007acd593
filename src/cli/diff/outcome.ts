// What a replay came to, incident by incident: which alerts, who was told when, and why others were not.

import type { Evidence, Suppression, SuppressionReason } from '../../model/evidence.ts';
import type { Severity } from '../../model/severity.ts';
import type { Instant } from '../../model/time.ts';
import type { Archive, Notification } from '../replay/archive.ts';

/** An alert in an incident, with the time over which it began there, the first start to the last. */
export interface AlertSpan {
  readonly fingerprint: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly occurrences: number;
  readonly joinedBecause: readonly Evidence[];
}

/** An incident, with those that were merged into it. */
export interface IncidentOutcome {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly openedAt: Instant;
  readonly receivers: readonly string[];
  readonly alerts: readonly AlertSpan[];
  /** The new messages about it, oldest first, and those of them that page somebody. */
  readonly triggers: readonly Notification[];
  readonly pages: readonly Notification[];
  /** Whether a digest named it. */
  readonly digested: boolean;
  /** Whether a person acknowledged or resolved it. */
  readonly acted: boolean;
  /** The decisions not to tell of its alerts that lasted until their ends. */
  readonly untold: readonly Suppression[];
}

/** A run: its incidents by id, the oldest first, and how many messages there were. */
export interface Outcome {
  readonly incidents: ReadonlyMap<string, IncidentOutcome>;
  readonly messages: number;
  readonly pages: number;
  /** The decisions not to tell of alerts that are in no incident. */
  readonly elsewhere: readonly Suppression[];
}

/** Which new messages page people. */
export type IsPage = (notification: Notification) => boolean;

/** What PagerDuty gets is a page; where there is none, what is critical. */
export function pagesOf(hasPagerDuty: boolean): IsPage {
  return ({ kind, integration, severity }) => kind === 'trigger' && (hasPagerDuty ? integration === 'pagerduty' : severity === 'critical');
}

/** Suppressions that say nothing of whether people heard that an alert fires. */
const BESIDE: ReadonlySet<SuppressionReason> = new Set(['send-resolved-off', 'heartbeat']);

/** Reads a run; `acted` are the ids of the incidents that people did something to. */
export function outcomeOf(archive: Archive, acted: ReadonlySet<string>, isPage: IsPage): Outcome {
  const home = (id: string) => homeOf(archive, id);
  const triggers = new Map<string, Notification[]>();
  const digested = new Set<string>();
  let pages = 0;
  for (const notification of archive.notifications) {
    if (isPage(notification)) pages += 1;
    if (notification.incidentId === null) for (const id of notification.incidentIds) digested.add(home(id));
    else if (notification.kind === 'trigger') listOf(triggers, home(notification.incidentId)).push(notification);
  }
  const untold = new Map<string, Suppression[]>();
  for (const suppression of archive.suppressions) {
    if (suppression.outcome !== 'untold' || BESIDE.has(suppression.reason)) continue;
    listOf(untold, suppression.incidentId === null ? '' : home(suppression.incidentId)).push(suppression);
  }
  const touched = new Set([...acted].map(home));
  const incidents = new Map<string, IncidentOutcome>();
  for (const id of [...archive.incidents.keys()].sort()) {
    const incident = archive.incidents.get(id);
    if (incident === undefined || incident.mergedInto !== null) continue;
    const told = triggers.get(id) ?? [];
    incidents.set(id, {
      id,
      title: incident.title,
      severity: incident.severity,
      openedAt: incident.openedAt,
      receivers: incident.receivers,
      alerts: [...(archive.members.get(id)?.values() ?? [])].map(({ fingerprint, startsAt, lastStartsAt, occurrences, joinedBecause }) => ({
        fingerprint,
        from: startsAt.ms,
        to: Math.max(startsAt.ms, lastStartsAt.ms),
        occurrences,
        joinedBecause,
      })),
      triggers: told,
      pages: told.filter(isPage),
      digested: digested.has(id),
      acted: touched.has(id),
      untold: untold.get(id) ?? [],
    });
  }
  return { incidents, messages: archive.notifications.length, pages, elsewhere: untold.get('') ?? [] };
}

/** The incident that one goes on as after it was merged. */
export function homeOf(archive: Archive, id: string): string {
  let home = id;
  for (let into = archive.incidents.get(home)?.mergedInto; into !== null && into !== undefined; into = archive.incidents.get(home)?.mergedInto) home = into;
  return home;
}

/** The list that is gathered under a key. */
export function listOf<T>(lists: Map<string, T[]>, key: string): T[] {
  let list = lists.get(key);
  if (list === undefined) {
    list = [];
    lists.set(key, list);
  }
  return list;
}
