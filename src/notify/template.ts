// Decides what a template is given, and what becomes of what it makes.
//
// What it makes is text from alerts like any other: made plain here, and escaped by each integration.

import { formatOptional } from '../model/incident-document.ts';
import { labelsToObject } from '../model/labels.ts';
import { formatInstant } from '../model/time.ts';
import type { IncidentView } from './integration.ts';
import type { MessageCause } from './message-cause.ts';
import type { MessageLink } from './message-link.ts';
import type { AffectedDomain } from './message-scope.ts';
import { plainText } from './plain-text.ts';
import type { MessageTemplate, Template } from './target.ts';

/** A line of a message with a name, as a template makes it. */
export interface MessageField {
  readonly title: string;
  readonly value: string;
}

const MAX_TITLE = 140;
const MAX_TEXT = 500;
const MAX_FIELD = 300;

/** What is told without a template, as far as one can name it. */
export interface PlainMessage {
  readonly title: string;
  readonly says: string;
  readonly standing: string;
  readonly acknowledgedBy: string | null;
  readonly causes: readonly MessageCause[];
  readonly affected: readonly AffectedDomain[];
  readonly links: readonly MessageLink[];
}

/** What templates replace of a message. */
export interface Templated {
  readonly title: string;
  readonly says: string;
  readonly fields: readonly MessageField[];
}

/**
 * The message's title, text and fields as its receiver's template has them. A part whose template fails, or makes
 * nothing, is as without a template, since a message that looks otherwise is better than none.
 */
export function templated(view: IncidentView, plain: PlainMessage, template: MessageTemplate | undefined): Templated {
  if (template === undefined) return { title: plain.title, says: plain.says, fields: [] };
  const data = templateData(view, plain);
  const made = (part: Template | null, limit: number): string => plainText(attempt(part, data), limit);
  return {
    title: made(template.title, MAX_TITLE) || plain.title,
    says: made(template.text, MAX_TEXT) || plain.says,
    fields: template.fields.map(({ title, value }) => ({ title, value: made(value, MAX_FIELD) })).filter(({ value }) => value !== ''),
  };
}

function attempt(part: Template | null, data: object): string {
  try {
    return part?.render(data) ?? '';
  } catch {
    return '';
  }
}

/** What a template can name; `docs/templates.md` lists it. */
export function templateData({ incident, alerts, externalUrl }: IncidentView, message: PlainMessage): object {
  const { title, standing, says, causes, affected, links } = message;
  return {
    title,
    text: says,
    standing,
    id: incident.id,
    status: incident.status,
    severity: incident.severity,
    startsAt: formatInstant(incident.startsAt),
    resolvedAt: formatOptional(incident.resolvedAt),
    acknowledgedBy: message.acknowledgedBy,
    domains: incident.domains,
    receivers: incident.receivers,
    alertCount: incident.alertCount,
    firingCount: incident.firingCount,
    externalUrl,
    causes,
    affected,
    links,
    alerts: alerts.map(({ member, document }) => ({
      status: member.status,
      severity: member.severity,
      rule: member.rule,
      entity: member.entity,
      domain: member.domain,
      startsAt: member.lastStartsAt.text,
      labels: labelsToObject(document.labels),
      annotations: labelsToObject(document.annotations),
    })),
  };
}
