// The budget of pages: beyond so many an hour, what is not critical waits and is named in the receiver's digest.

import type { Delivery } from '../../model/delivery.ts';
import type { Incident } from '../../model/incident.ts';
import { learnedKey, type PageTimes } from '../../model/learned.ts';
import { HOUR, type Instant } from '../../model/time.ts';
import type { Draft } from '../draft.ts';
import type { Policy } from '../policy.ts';
import { addToDigest } from './digest.ts';

/**
 * Spends a page, or answers until when the first message of an incident waits because none is left; null when it goes
 * out. Only what pages people has a budget; critical incidents always go out, and count.
 */
export function pageWaits(draft: Draft, delivery: Delivery, incident: Incident, now: Instant, policy: Policy): Instant | null {
  const { pagesPerHour } = policy.suppression;
  if (pagesPerHour === null || delivery.destination.digests) return null;
  const key = learnedKey.pages(delivery.destination.id);
  const pages = (draft.learned.get<PageTimes>(key)?.pages ?? []).filter((at) => now - at < HOUR);
  const oldest = pages[0];
  if (incident.severity === 'critical' || oldest === undefined || pages.length < pagesPerHour) {
    draft.learned.set(key, { pages: [...pages, now].slice(-pagesPerHour) });
    return null;
  }
  const until = oldest + HOUR;
  const evidence = [
    { kind: 'budget', summary: `${pages.length} pages went out within the hour, as many as are allowed`, value: pages.length, threshold: pagesPerHour },
  ];
  const alert = draft.alertsIn(incident.id)[0];
  const routes = delivery.receivers.map((receiver) => ({ receiver, timing: delivery.timing }));
  const hold = {
    reason: 'budget',
    rule: null,
    since: now,
    until,
    digest: true,
    thin: true,
    alone: true,
    conditions: null,
    evidence,
    received: 0,
    routes,
  } as const;
  if (alert !== undefined) addToDigest(draft, alert, hold, now, policy);
  draft.record(incident.id, { at: now, kind: 'held', summary: `${delivery.receivers.join(', ')} hears of it later, or in a digest`, evidence });
  return until;
}
