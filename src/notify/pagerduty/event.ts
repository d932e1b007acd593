// Decides what PagerDuty is told: an event of its Events API v2.

import type { Severity } from '../../model/severity.ts';
import { formatInstant } from '../../model/time.ts';
import type { IncidentView } from '../integration.ts';
import { composeMessage, type Message, snoozedInWords } from '../message.ts';
import { type MessageAlert, standingOf } from '../message-alert.ts';
import { safeUrl } from '../message-link.ts';
import { cutText, plainText } from '../plain-text.ts';
import type { PagerDutyCall } from './calls.ts';

/** The body of `POST /v2/enqueue`. Only a trigger needs a payload. */
export interface PagerDutyEvent {
  readonly routing_key: string;
  readonly event_action: PagerDutyCall['action'];
  readonly dedup_key: string;
  readonly payload?: PagerDutyPayload;
  readonly images?: readonly { readonly src: string; readonly href?: string; readonly alt: string }[];
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
const MAX_IMAGES = 3;

/** What an event is made of. */
export interface PagerDutyEventInput {
  readonly call: PagerDutyCall;
  readonly view: IncidentView;
  readonly routingKey: string;
}

/**
 * The event as JSON text. A trigger tells of the incident as it stands; alerts are left out from the last one on until it
 * fits into 64 KiB.
 */
export function pagerDutyEvent({ call, view, routingKey }: PagerDutyEventInput): string {
  const head = { routing_key: routingKey, dedup_key: call.dedupKey };
  if (call.action !== 'trigger') return JSON.stringify({ ...head, event_action: call.action } satisfies PagerDutyEvent);
  const message = composeMessage(view);
  for (let shown = message.alerts.length; ; shown--) {
    const json = JSON.stringify({ ...head, ...trigger(message, shown), ...images(view) } satisfies PagerDutyEvent);
    if (shown === 0 || new TextEncoder().encode(json).length <= BUDGET) return json;
  }
}

/** The pictures that come with the alerts shown; PagerDuty takes https alone. */
function images({ alerts }: IncidentView): Pick<PagerDutyEvent, 'images'> {
  const found = new Map<string, { readonly src: string; readonly href?: string; readonly alt: string }>();
  for (const { member, document } of alerts) {
    const src = safeUrl(document.links.image ?? '');
    const href = safeUrl(document.links.panel ?? document.links.dashboard ?? '');
    if (src?.startsWith('https:') === true && found.size < MAX_IMAGES)
      found.set(src, { src, ...(href === null ? {} : { href }), alt: plainText(member.rule, 80) });
  }
  return found.size === 0 ? {} : { images: [...found.values()] };
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
    ...(message.snoozed === null ? {} : { snoozed: snoozedInWords(message.snoozed, formatInstant) }),
    affected: message.affected.map(
      ({ domain, alerts, firing, entities, moreEntities }) =>
        `${domain}: ${firing} of ${alerts} firing${entities.length === 0 ? '' : `, ${entities.join(', ')}`}${moreEntities === 0 ? '' : ` and ${moreEntities} more`}`,
    ),
    alert_count: message.alertCount,
    alerts: [...message.alerts.slice(0, shown).map(alertLine), ...(more > 0 ? [`and ${more} more`] : [])],
    incident: message.incidentId,
    ...Object.fromEntries(message.fields.map(({ title, value }) => [title, value])),
  };
}

function alertLine(alert: MessageAlert): string {
  const { rule, entity, summary, startsAt } = alert;
  return `${standingOf(alert)}: ${rule}${entity === null ? '' : ` on ${entity}`} since ${formatInstant(startsAt)}${summary === '' ? '' : `: ${summary}`}`;
}
