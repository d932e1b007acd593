// Decides what a generic webhook says: Alertmanager's own format, version 4, with the incident under one more key.
//
// What reads Alertmanager's webhooks reads these: a group is an incident.

import type { NotificationKind } from '../../model/delivery.ts';
import { type IncidentDocument, incidentDocument } from '../../model/incident-document.ts';
import { type Labels, labelsToObject } from '../../model/labels.ts';
import { formatInstant } from '../../model/time.ts';
import { composeBulletin } from '../bulletin-message.ts';
import type { BulletinView, IncidentView, ViewedAlert } from '../integration.ts';
import { incidentUrl } from '../message-link.ts';

/** An alert as Alertmanager writes it. */
export interface WebhookAlert {
  readonly status: 'firing' | 'resolved';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  /** `0001-01-01T00:00:00Z` while it fires. */
  readonly endsAt: string;
  readonly generatorURL: string;
  readonly fingerprint: string;
}

/** The body about an incident. */
export interface WebhookDocument {
  readonly version: '4';
  /** The same for an incident from first to last. */
  readonly groupKey: string;
  /** How many alerts are left out, by `max_alerts`. */
  readonly truncatedAlerts: number;
  readonly status: 'firing' | 'resolved';
  readonly receiver: string;
  readonly groupLabels: Readonly<Record<string, string>>;
  readonly commonLabels: Readonly<Record<string, string>>;
  readonly commonAnnotations: Readonly<Record<string, string>>;
  readonly externalURL: string;
  /** The most important first. */
  readonly alerts: readonly WebhookAlert[];
  /** `url` is where the web page shows the incident; null when that is not known. */
  readonly winnow: { readonly kind: NotificationKind; readonly url: string | null; readonly incident: Omit<IncidentDocument, 'alerts'> };
}

/** What the body is made of. */
export interface WebhookMessage {
  readonly view: IncidentView;
  readonly kind: NotificationKind;
  readonly receiver: string;
}

const NEVER = '0001-01-01T00:00:00Z';

/** The body about an incident; what its alerts have in common is of those shown, as in Alertmanager. */
export function webhookDocument({ view, kind, receiver }: WebhookMessage): WebhookDocument {
  const { incident, alerts, externalUrl } = view;
  const { alerts: _, ...rest } = incidentDocument({ incident, alerts: [] });
  return {
    version: '4',
    groupKey: `{}:{incident=${JSON.stringify(incident.id)}}`,
    truncatedAlerts: Math.max(0, incident.alertCount - alerts.length),
    status: incident.status === 'resolved' ? 'resolved' : 'firing',
    receiver,
    groupLabels: { incident: incident.id },
    commonLabels: labelsToObject(common(alerts.map(({ document }) => document.labels))),
    commonAnnotations: labelsToObject(common(alerts.map(({ document }) => document.annotations))),
    externalURL: externalUrl ?? '',
    alerts: alerts.map(webhookAlert),
    winnow: { kind, url: incidentUrl(externalUrl, incident.id), incident: rest },
  };
}

function webhookAlert({ member, document }: ViewedAlert): WebhookAlert {
  return {
    status: member.status,
    labels: labelsToObject(document.labels),
    annotations: labelsToObject(document.annotations),
    startsAt: member.lastStartsAt.text,
    endsAt: member.status === 'firing' ? NEVER : (member.endsAt?.text ?? NEVER),
    generatorURL: document.links.source ?? '',
    fingerprint: member.fingerprint,
  };
}

function common([first, ...others]: readonly Labels[]): Labels {
  return new Map([...(first ?? [])].filter(([name, value]) => others.every((labels) => labels.get(name) === value)));
}

/** The body about several alerts at once: a document of its own, as Alertmanager has none for it. */
export function webhookBulletin(view: BulletinView): unknown {
  const { kind, over, title, text, severity, firstAt, lastAt, lines, more, url } = composeBulletin(view);
  return {
    winnow: {
      kind,
      over,
      title,
      text,
      severity,
      firstAt: formatInstant(firstAt),
      lastAt: formatInstant(lastAt),
      rules: lines.map((line) => ({ ...line, firstAt: formatInstant(line.firstAt), lastAt: formatInstant(line.lastAt) })),
      moreAlerts: more,
      url,
    },
  };
}
