// Decides what PagerDuty is told of a change: a change event, which calls nobody.

import type { Change } from '../../model/change.ts';
import { formatInstant } from '../../model/time.ts';
import { safeUrl } from '../message-link.ts';
import { plainText } from '../plain-text.ts';

const MAX_SUMMARY = 1024;

/** The body of `POST /v2/change/enqueue`, as JSON text. */
export function pagerDutyChangeEvent(change: Change, routingKey: string): string {
  const { id, entity, summary, kind, at } = change;
  const href = change.link === null ? null : safeUrl(change.link);
  return JSON.stringify({
    routing_key: routingKey,
    payload: {
      summary: plainText(`${kind} on ${entity}: ${summary}`, MAX_SUMMARY),
      source: plainText(entity, 255) || 'winnow',
      timestamp: formatInstant(at),
      custom_details: { entity: plainText(entity, 255), kind: plainText(kind, 255), change: plainText(id, 255) },
    },
    ...(href === null ? {} : { links: [{ href, text: 'Change' }] }),
  });
}

/** Where change events are posted, beside where events are. */
export function changeUrl(eventsUrl: string): string {
  return eventsUrl.replace(/\/enqueue\/?$/, '/change/enqueue');
}
