// Decides which links a message offers, and makes sure that each leads where it says.

import type { AlertDocument } from '../model/alert.ts';
import { formatMatchers } from '../model/matcher.ts';
import type { IncidentView } from './integration.ts';
import { labelOr } from './message-alert.ts';
import { plainText } from './plain-text.ts';

/** A place to look at. The URL is http or https, in ASCII, without credentials. */
export interface MessageLink {
  readonly kind: 'runbook' | 'dashboard' | 'source' | 'silence' | 'incident';
  /** What it leads to, such as `Runbook NodeDown`. */
  readonly label: string;
  readonly url: string;
}

/** The longest URL that is offered, in characters; a cut one would lead elsewhere. */
const MAX_URL = 1000;

const LONE_SURROGATE = /\p{Cs}/gu;
const MAX_OF_KIND: Readonly<Record<MessageLink['kind'], number>> = { runbook: 3, dashboard: 2, source: 2, silence: 1, incident: 1 };
const NAMES: Readonly<Record<MessageLink['kind'], string>> = {
  runbook: 'Runbook',
  dashboard: 'Dashboard',
  source: 'Source',
  silence: 'Silence',
  incident: 'Incident',
};

/**
 * The text as a URL that can be offered, or null when it is none: only http and https, credentials
 * taken out, everything that could end a link in Slack or a terminal percent-encoded.
 */
export function safeUrl(text: string): string | null {
  if (text.length > MAX_URL || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  url.username = '';
  url.password = '';
  const href = url.href.replace(/[<>|`"'\\^{}*~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return href.length > MAX_URL ? null : href;
}

/** Where the web page shows an incident; null where it is not known how people reach it. */
export function incidentUrl(externalUrl: string | null, incidentId: string): string | null {
  return externalUrl === null ? null : `${externalUrl}/#/incidents/${encodeURIComponent(incidentId)}`;
}

/** The links of the alerts shown, each place once: runbooks, dashboards, sources, the form that silences the first of them that fires, then the incident itself. */
export function messageLinks(view: IncidentView): readonly MessageLink[] {
  const found: MessageLink[] = [];
  const offer = (kind: MessageLink['kind'], of: string, text: string | undefined) => {
    const url = text === undefined ? null : safeUrl(text);
    if (url === null || found.some((link) => link.url === url)) return;
    if (found.filter((link) => link.kind === kind).length >= MAX_OF_KIND[kind]) return;
    found.push({ kind, label: `${NAMES[kind]} ${of}`.trim(), url });
  };
  for (const { member, document } of view.alerts) {
    const { annotations, links } = document;
    const rule = plainText(member.rule, 60);
    offer('runbook', rule, labelOr(annotations, 'runbook_url', 'runbook'));
    offer('dashboard', rule, labelOr(annotations, 'dashboard_url', 'dashboard') ?? links.panel ?? links.dashboard);
    offer('source', rule, links.source);
    if (member.status === 'firing') offer('silence', rule, silenceForm(document));
  }
  offer('incident', '', incidentUrl(view.externalUrl, view.incident.id) ?? undefined);
  const order = Object.keys(NAMES);
  return found.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

/** Where the sender's form is that silences an alert: Grafana's own link, or Alertmanager's page for a new silence with all of the labels filled in. */
function silenceForm({ labels, links }: AlertDocument): string | undefined {
  if (links.silence !== undefined || links.alertmanager === undefined) return links.silence;
  const matchers = [...labels].map(([name, value]) => ({ name, operator: '=' as const, value: value.replace(LONE_SURROGATE, '\ufffd') }));
  return `${links.alertmanager.replace(/[/#?]+$/, '')}/#/silences/new?filter=${encodeURIComponent(formatMatchers(matchers))}`;
}
