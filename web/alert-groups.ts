// Decides how the alerts of an incident are shown: by domain, those that fire first, each with why it joined.

import type { Domain, Incident, IncidentAlert } from './api.ts';
import { DOMAINS } from './filter.ts';
import { type Html, html } from './html.ts';
import { counted, evidenceList } from './marks.ts';
import { offsetOf, timeHtml } from './relative-time.ts';
import { safeLink } from './safe-link.ts';

/** How many alerts of a domain are shown until more are asked for. */
const AT_FIRST = 20;

/** What of an incident's alerts is shown. */
export interface AlertsShown {
  readonly incident: Incident;
  /** The domains of which all are to be shown. */
  readonly whole: ReadonlySet<string>;
  readonly now: number;
}

/** All alerts of an incident by domain. */
export function alertGroupsHtml({ incident, whole, now }: AlertsShown): Html {
  const groups = DOMAINS.map((domain) => [domain, inOrder(incident.alerts.filter((alert) => alert.domain === domain))] as const);
  return html`${groups.map(([domain, alerts]) => alerts.length > 0 && groupHtml(domain, alerts, { incident, whole, now }))}`;
}

function groupHtml(domain: Domain, alerts: readonly IncidentAlert[], { incident, whole, now }: AlertsShown): Html {
  const shown = whole.has(domain) ? alerts : alerts.slice(0, AT_FIRST);
  const firing = alerts.filter(({ status }) => status === 'firing').length;
  return html`<section class="group" id="domain-${domain}"><h3>${domain} <span class="count">${firing} of ${counted(alerts.length, 'alert')} firing</span></h3>
<ul class="alerts">${shown.map((alert) => alertHtml(alert, incident, now))}</ul>${
    shown.length < alerts.length &&
    html`<p><button type="button" id="whole-${domain}" data-action="whole" data-domain="${domain}">Show ${alerts.length - shown.length} more</button></p>`
  }</section>`;
}

function alertHtml(alert: IncidentAlert, { startsAt }: Incident, now: number): Html {
  const { fingerprint, status, labels, annotations, entity, lastStartsAt, endsAt, occurrences, flapping, held, joinedBecause } = alert;
  const summary = annotations['summary'] ?? annotations['description'] ?? annotations['message'] ?? '';
  return html`<li id="alert-${fingerprint}" class="alert ${status}">
<p class="head"><b>${labels['alertname'] ?? 'alert without a name'}</b> <span class="entity">${entity ?? ''}</span>${labels['severity'] !== undefined && html` <span class="label">${labels['severity']}</span>`}${
    status === 'resolved' && html` <span class="label">ended</span>`
  }${flapping && html` <span class="label loud">flapping</span>`}${held && html` <span class="label loud">held back</span>`}</p>
${summary !== '' && html`<p class="summary">${summary}</p>`}
<p class="facts"><span title="after the incident began">${offsetOf(alert.startsAt, startsAt)}</span><span>${
    status === 'firing' ? html`since ${timeHtml(lastStartsAt, now)}` : endsAt === null ? 'ended' : html`ended ${timeHtml(endsAt, now)}`
  }</span>${occurrences > 1 && html`<span>fired ${occurrences} times</span>`}${linksOf(alert).map((link) => html`<span>${link}</span>`)}</p>
<details id="more-${fingerprint}"><summary>${
    joinedBecause[0] === undefined ? 'opened the incident; labels' : html`joined: <span class="summary">${joinedBecause[0].summary}</span>`
  }</summary>${evidenceList(joinedBecause)}<p class="labels">${Object.entries(labels).map(([name, value]) => html`<code>${name}="${value}"</code> `)}</p></details>
</li>`;
}

function linksOf({ annotations, links }: IncidentAlert): readonly Html[] {
  const offered = [
    safeLink('Runbook', annotations['runbook_url'] ?? annotations['runbook']),
    safeLink('Dashboard', annotations['dashboard_url'] ?? annotations['dashboard'] ?? links.panel ?? links.dashboard),
    safeLink('Source', links.source),
    safeLink('Silence', links.silence),
  ];
  return offered.filter((link) => link !== null);
}

function inOrder(alerts: readonly IncidentAlert[]): readonly IncidentAlert[] {
  return [...alerts].sort((a, b) => (a.status === b.status ? Date.parse(a.startsAt) - Date.parse(b.startsAt) : a.status === 'firing' ? -1 : 1));
}
