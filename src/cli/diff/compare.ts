// What changes from one run to another: pages, first messages, incidents.

import type { Severity } from '../../model/severity.ts';
import { type Instant, type Milliseconds, SECOND } from '../../model/time.ts';
import type { Notification } from '../replay/archive.ts';
import { type Match, type Matches, matchIncidents } from './match.ts';
import type { IncidentOutcome, Outcome } from './outcome.ts';
import { tells, whyNot } from './reason.ts';

/** A page that only one run has, and why the other one lacks it. */
export interface ChangedPage {
  readonly at: Instant;
  readonly incident: IncidentOutcome;
  readonly receiver: string;
  readonly severity: Severity;
  readonly reason: string;
}

/** An incident whose first message comes sooner or later. */
export interface ChangedDelay {
  readonly incident: IncidentOutcome;
  /** From its opening before; 0 when it is part of what was told of already. */
  readonly before: Milliseconds;
  readonly after: Milliseconds;
}

/** An incident that is several in the other run. */
export interface Regrouped {
  readonly incident: IncidentOutcome;
  readonly others: readonly IncidentOutcome[];
}

/** An incident of which one run tells and the other does not. */
export interface ChangedIncident {
  readonly incident: IncidentOutcome;
  readonly reason: string;
  /** Whether a digest of the other run names it. */
  readonly digested: boolean;
}

/** What changes. Lists are in the order of time. */
export interface Comparison {
  readonly before: Outcome;
  readonly after: Outcome;
  readonly removedPages: readonly ChangedPage[];
  readonly addedPages: readonly ChangedPage[];
  readonly delays: readonly ChangedDelay[];
  /** Incidents of before that are several after, and incidents of after that were several before. */
  readonly split: readonly Regrouped[];
  readonly merged: readonly Regrouped[];
  readonly noLongerTold: readonly ChangedIncident[];
  readonly newlyTold: readonly ChangedIncident[];
  /** Those of `noLongerTold` that a person acknowledged or resolved. */
  readonly lost: readonly ChangedIncident[];
}

/** Compares two runs of the same recording. */
export function compare(before: Outcome, after: Outcome): Comparison {
  const [forward, backward] = [matchIncidents(before, after), matchIncidents(after, before)];
  const { removed, added } = changedPages(before, after, forward);
  const noLongerTold = untoldIn(before, after, forward);
  return {
    before,
    after,
    removedPages: removed.map(pageWith(forward, after)),
    addedPages: added.map(pageWith(backward, before)),
    delays: changedDelays(before, forward),
    split: regrouped(before, forward),
    merged: regrouped(after, backward),
    noLongerTold,
    newlyTold: untoldIn(after, before, backward),
    lost: noLongerTold.filter(({ incident }) => incident.acted),
  };
}

interface Page {
  readonly incident: IncidentOutcome;
  readonly page: Notification;
}

/** Takes each page of before together with one to the same receiver about the same alerts, if there is one left. */
function changedPages(before: Outcome, after: Outcome, matches: Matches): { readonly removed: readonly Page[]; readonly added: readonly Page[] } {
  const left = new Map([...after.incidents.values()].map((incident) => [incident.id, [...incident.pages]]));
  const removed = pagesIn(before).filter(({ incident, page }) => {
    for (const match of matches.get(incident.id) ?? []) {
      const pages = left.get(match.incident.id) ?? [];
      const same = pages.findIndex(({ receiver }) => receiver === page.receiver);
      if (same === -1) continue;
      pages.splice(same, 1);
      return false;
    }
    return true;
  });
  const added = pagesIn(after).filter(({ incident, page }) => left.get(incident.id)?.includes(page) === true);
  return { removed, added };
}

function pagesIn({ incidents }: Outcome): readonly Page[] {
  return [...incidents.values()].flatMap((incident) => incident.pages.map((page) => ({ incident, page }))).sort((a, b) => a.page.at - b.page.at);
}

function pageWith(matches: Matches, lacking: Outcome): (page: Page) => ChangedPage {
  return ({ incident, page }) => ({
    at: page.at,
    incident,
    receiver: page.receiver,
    severity: page.severity,
    reason: whyNot(incident, page, matches.get(incident.id) ?? [], lacking),
  });
}

function untoldIn(told: Outcome, lacking: Outcome, matches: Matches): readonly ChangedIncident[] {
  return [...told.incidents.values()].flatMap((incident) => {
    const [first] = incident.triggers;
    const others = matches.get(incident.id) ?? [];
    if (first === undefined || others.some(tells)) return [];
    return [{ incident, reason: whyNot(incident, first, others, lacking), digested: others.some((other) => other.incident.digested) }];
  });
}

function changedDelays(before: Outcome, matches: Matches): readonly ChangedDelay[] {
  return [...before.incidents.values()].flatMap((incident) => {
    const was = incident.triggers[0]?.at;
    const is = firstTold(matches.get(incident.id) ?? []);
    if (was === undefined || is === null || Math.abs(is - was) < SECOND) return [];
    const delay = (at: Instant) => Math.max(0, at - incident.openedAt);
    return delay(was) === delay(is) ? [] : [{ incident, before: delay(was), after: delay(is) }];
  });
}

function firstTold(matches: readonly Match[]): Instant | null {
  let first: Instant | null = null;
  for (const match of matches) {
    const at = match.incident.triggers[0]?.at;
    if (at !== undefined && tells(match) && (first === null || at < first)) first = at;
  }
  return first;
}

function regrouped({ incidents }: Outcome, matches: Matches): readonly Regrouped[] {
  return [...incidents.values()].flatMap((incident) => {
    const others = matches.get(incident.id) ?? [];
    return others.length < 2 ? [] : [{ incident, others: others.map((match) => match.incident) }];
  });
}
