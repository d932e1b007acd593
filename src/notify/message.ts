// Decides what people are told about an incident, before any integration gives it a form.
//
// Pure: times come from the view, and every text has been made plain. What fits is up to each integration.

import { type Incident, type IncidentStatus, isHushed, mutedInWords } from '../model/incident.ts';
import type { Severity } from '../model/severity.ts';
import { formatDuration, formatInstant, type Instant } from '../model/time.ts';
import { unrecoveredInWords } from '../model/unrecovered.ts';
import { blindedInWords } from './blinded-rule.ts';
import type { IncidentView } from './integration.ts';
import { type MessageAlert, messageAlert } from './message-alert.ts';
import { type MessageCause, messageCauses } from './message-cause.ts';
import { type MessageLink, messageLinks } from './message-link.ts';
import { type AffectedDomain, affectedDomains } from './message-scope.ts';
import { counted, cutText, plainText } from './plain-text.ts';
import { type MessageField, templated } from './template.ts';

/** What is told about an incident, the same everywhere. */
export interface Message {
  readonly incidentId: string;
  /** What is broken; at most 140 code points. */
  readonly title: string;
  /** All that matters in one line, for a phone's lock screen; at most 500 code points. */
  readonly text: string;
  readonly severity: Severity;
  readonly status: IncidentStatus;
  /** Whether it is known to have recovered, or a person said so, when it is over. */
  readonly recovered: boolean;
  /** Where it stands in one sentence without a full stop: how many alerts fire, or how and after how long it ended. */
  readonly standing: string;
  /** What the most important alert says of itself; empty when it says nothing. */
  readonly says: string;
  /** Who has taken it on, or null. */
  readonly acknowledgedBy: string | null;
  /** Until when people wanted not to hear of it, and who said so if that is known; null when it is over or nobody did. */
  readonly snoozed: { readonly until: Instant; readonly by: string | null } | null;
  readonly startsAt: Instant;
  readonly resolvedAt: Instant | null;
  readonly causes: readonly MessageCause[];
  readonly affected: readonly AffectedDomain[];
  /** The alerts that matter most, in the view's order. */
  readonly alerts: readonly MessageAlert[];
  /** How many alerts the incident has, shown or not. */
  readonly alertCount: number;
  readonly links: readonly MessageLink[];
  /** What a template adds. */
  readonly fields: readonly MessageField[];
}

/** Composes the message about an incident as it stands. */
export function composeMessage(view: IncidentView): Message {
  const { incident } = view;
  const title = plainText(incident.title, 140) || `Incident ${incident.id}`;
  const alerts = view.alerts.map(messageAlert);
  const plain = {
    incidentId: incident.id,
    title,
    says: sayingOf(alerts, title, incident.alertCount <= alerts.length),
    severity: incident.severity,
    status: incident.status,
    recovered: incident.resolution === 'person' || (incident.resolution === 'alerts' && alerts.every(({ recovered }) => recovered)),
    standing: standing(incident, alerts),
    acknowledgedBy: incident.acknowledgedBy === null ? null : plainText(incident.acknowledgedBy, 60),
    snoozed: snoozed(incident),
    startsAt: incident.startsAt,
    resolvedAt: incident.resolvedAt,
    causes: messageCauses(view),
    affected: affectedDomains(incident),
    alerts,
    alertCount: Math.max(incident.alertCount, view.alerts.length),
    links: messageLinks(view),
  };
  const message = { ...plain, ...templated(view, plain, view.template) };
  return { ...message, text: oneLine(message) };
}

function standing(incident: Incident, alerts: readonly MessageAlert[]): string {
  const { alertCount, firingCount } = incident;
  if (incident.status !== 'resolved') {
    const firing = firingCount === alertCount ? `${counted(alertCount, 'alert')} firing` : `${firingCount} of ${counted(alertCount, 'alert')} firing`;
    const upstream = mutedInWords(incident.mutedUpstream);
    const heard = upstream === null ? firing : `${firing}, ${upstream}`;
    if (incident.hush === null || !isHushed(incident)) return heard;
    return `${heard}, ${firingCount === 1 ? '' : 'all of them '}${plainText(incident.hush.because, 200)}`;
  }
  const lasted = incident.resolvedAt === null ? '' : ` after ${formatDuration(incident.resolvedAt - incident.startsAt)}`;
  switch (incident.resolution) {
    case 'silence':
    case 'no-data':
    case 'error':
    case 'missing-series':
    case 'rule-paused':
    case 'rule-deleted':
    case 'rule-updated':
      return `Closed${lasted}: ${unrecoveredInWords(incident.resolution)}, and not known to have recovered`;
    case 'person': {
      const by = incident.resolvedBy === null ? 'by hand' : `by ${plainText(incident.resolvedBy, 60)}`;
      return `Resolved ${by}${lasted}${firingCount > 0 ? `, while ${counted(firingCount, 'alert')} still ${firingCount === 1 ? 'fires' : 'fire'}` : ''}`;
    }
    default:
      if (!alerts.every(({ recovered }) => recovered)) return `Closed${lasted}: not all of its ${alertCount} alerts are known to have recovered`;
      return `Resolved${lasted}: ${alertCount === 1 ? 'its alert has' : `all ${alertCount} alerts have`} cleared`;
  }
}

function snoozed({ status, snoozedUntil, snoozedBy }: Incident): Message['snoozed'] {
  if (status === 'resolved' || snoozedUntil === null) return null;
  return { until: snoozedUntil, by: snoozedBy === null ? null : plainText(snoozedBy, 60) };
}

/** That an incident is snoozed, by whom and until when, the time written as the integration writes times. */
export function snoozedInWords({ until, by }: NonNullable<Message['snoozed']>, time: (at: Instant) => string): string {
  return `Snoozed${by === null ? '' : ` by ${by}`} until ${time(until)}`;
}

/** The first alert's own words, with its name where the title does not give it; `all` says that every alert is given. */
function sayingOf(alerts: readonly MessageAlert[], title: string, all: boolean): string {
  const [alert] = alerts;
  if (alert === undefined || alert.summary === '') return '';
  if (alert.blinds !== null)
    return blindedInWords(
      alerts.map(({ blinds }) => blinds),
      all,
    );
  return title.includes(alert.rule) ? alert.summary : `${alert.rule}: ${alert.summary}`;
}

function oneLine(message: Omit<Message, 'text'>): string {
  if (message.status === 'resolved') return cutText(`${message.title}. ${message.standing}`, 500);
  const cause = message.causes[0];
  const sentences = [`${severityName(message.severity)}: ${message.title}`];
  if (message.says !== '') sentences.push(message.says.replace(/\.$/, ''));
  if (cause !== undefined) sentences.push(`Likely cause ${cause.entity}${cause.evidence[0] === undefined ? '' : ` (${cause.evidence[0]})`}`);
  const where = message.affected.map(({ domain }) => domain).join(', ');
  sentences.push(`${message.standing}${where === '' ? '' : ` in ${where}`}`);
  if (message.acknowledgedBy !== null) sentences.push(`Acknowledged by ${message.acknowledgedBy}`);
  if (message.snoozed !== null) sentences.push(snoozedInWords(message.snoozed, formatInstant));
  return cutText(sentences.join('. '), 500);
}

/** A severity as a word that begins a sentence. */
export function severityName(severity: Severity): string {
  return { critical: 'Critical', warning: 'Warning', info: 'Info' }[severity];
}
