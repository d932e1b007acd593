// Decides what PagerDuty is told: an event of its Events API v2.

import type { SentReference } from '../../model/delivery.ts';
import type { Severity } from '../../model/severity.ts';
import { formatInstant } from '../../model/time.ts';
import type { IncidentView } from '../integration.ts';
import { composeMessage, type Message } from '../message.ts';
import { type MessageAlert, standingOf } from '../message-alert.ts';
import { cutText } from '../plain-text.ts';

/** The body of `POST /v2/enqueue`. A resolve needs no payload. */
export interface PagerDutyEvent {
  readonly routing_key: string;
  readonly event_action: 'trigger' | 'resolve';
  readonly dedup_key: string;
  readonly payload?: PagerDutyPayload;
  readonly links?: readonly { readonly href: string; readonly text: string }[];
  readonly client?: string;
  readonly client_url?: string;
}

/** What a trigger says. Texts are plain; `custom_details` is shown as a table. */
export interface PagerDutyPayload {
  readonly summary: string;
  readonly source: string;
  readonly severity: Severity;
  readonly timestamp: string;
  readonly component?: string;
  readonly group?: string;
  readonly class?: string;
  readonly custom_details: Readonly<Record<string, string | number | readonly string[]>>;
}

/** The most that an event may take in bytes of UTF-8; PagerDuty refuses 512 KB. */
const BUDGET = 64 * 1024;
const MAX_SUMMARY = 1024;
const MAX_KEY = 255;

/** What an event is made of. */
export interface PagerDutyEventInput {
  readonly view: IncidentView;
  readonly reference: SentReference;
  readonly routingKey: string;
}

/**
 * The event about an incident as it stands, as JSON text: a resolve when it is resolved, else a
 * trigger. Its `dedup_key` is the one used before, or the incident's id. Alerts are left out from
 * the last one on until it fits into 64 KiB.
 */
export function pagerDutyEvent({ view, reference, routingKey }: PagerDutyEventInput): { readonly json: string; readonly dedupKey: string } {
  const message = composeMessage(view);
  const dedupKey = reference.dedupKey ?? view.incident.id.slice(0, MAX_KEY);
  const head = { routing_key: routingKey, dedup_key: dedupKey };
  if (message.status === 'resolved') return { json: JSON.stringify({ ...head, event_action: 'resolve' } satisfies PagerDutyEvent), dedupKey };
  for (let shown = message.alerts.length; ; shown--) {
    const json = JSON.stringify({ ...head, ...trigger(message, shown) } satisfies PagerDutyEvent);
    if (shown === 0 || new TextEncoder().encode(json).length <= BUDGET) return { json, dedupKey };
  }
}

function trigger(message: Message, shown: number): Omit<PagerDutyEvent, 'routing_key' | 'dedup_key'> {
  const page = message.links.find(({ kind }) => kind === 'incident');
  return {
    event_action: 'trigger',
    payload: payload(message, shown),
    links: message.links.map(({ url, label }) => ({ href: url, text: label })),
    client: 'Winnow',
    ...(page === undefined ? {} : { client_url: page.url }),
  };
}

function payload(message: Message, shown: number): PagerDutyPayload {
  const cause = message.causes[0];
  const first = message.alerts[0];
  const component = first?.entity ?? cause?.entity;
  const group = message.affected.map(({ domain }) => domain).join(', ');
  return {
    summary: cutText(withoutSeverity(message), MAX_SUMMARY),
    source: cause?.entity || first?.entity || 'winnow',
    severity: message.severity,
    timestamp: formatInstant(message.startsAt),
    ...(component ? { component } : {}),
    ...(group === '' ? {} : { group }),
    ...(first === undefined ? {} : { class: first.rule }),
    custom_details: details(message, shown),
  };
}

/** PagerDuty shows the severity beside the summary. */
function withoutSeverity({ text, title }: Message): string {
  const start = text.indexOf(title);
  return start < 0 ? text : text.slice(start);
}

function details(message: Message, shown: number): PagerDutyPayload['custom_details'] {
  const [cause, ...others] = message.causes;
  const more = message.alertCount - shown;
  return {
    ...(cause === undefined ? {} : { likely_cause: `${cause.entity} (score ${cause.score.toFixed(2)})`, evidence: cause.evidence }),
    ...(cause?.alert ? { cause_alert: cause.alert } : {}),
    ...(others.length === 0
      ? {}
      : { other_causes: others.map(({ entity, score, evidence }) => [`${entity} (score ${score.toFixed(2)})`, ...evidence.slice(0, 1)].join(': ')) }),
    standing: message.standing,
    ...(message.acknowledgedBy === null ? {} : { acknowledged_by: message.acknowledgedBy }),
    affected: message.affected.map(
      ({ domain, alerts, firing, entities, moreEntities }) =>
        `${domain}: ${firing} of ${alerts} firing${entities.length === 0 ? '' : `, ${entities.join(', ')}`}${moreEntities === 0 ? '' : ` and ${moreEntities} more`}`,
    ),
    alert_count: message.alertCount,
    alerts: [...message.alerts.slice(0, shown).map(alertLine), ...(more > 0 ? [`and ${more} more`] : [])],
    incident: message.incidentId,
  };
}

function alertLine(alert: MessageAlert): string {
  const { rule, entity, summary, startsAt } = alert;
  return `${standingOf(alert)}: ${rule}${entity === null ? '' : ` on ${entity}`} since ${formatInstant(startsAt)}${summary === '' ? '' : `: ${summary}`}`;
}
