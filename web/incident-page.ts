// Decides what the page of one incident says, top to bottom: what it is, what to do, why, where, and what happened.

import { alertGroupsHtml } from './alert-groups.ts';
import type { Delivery, Incident, TimelineEntry } from './api.ts';
import { causesHtml } from './causes.ts';
import { deliveriesHtml } from './deliveries.ts';
import { type Html, html } from './html.ts';
import { counted, domainMarks, severityMark, statusMark } from './marks.ts';
import { timeHtml } from './relative-time.ts';
import { incidentHref } from './route.ts';
import { timelineHtml } from './timeline.ts';

/** What the page is made of. */
export interface IncidentPage {
  readonly incident: Incident;
  readonly timeline: readonly TimelineEntry[];
  readonly deliveries: readonly Delivery[];
  /** Domains, and `timeline`, of which all is to be shown. */
  readonly whole: ReadonlySet<string>;
  /** Whether it is asked who acts; with a token that is known. */
  readonly asksWho: boolean;
  readonly now: number;
}

/** The whole page of an incident. */
export function incidentPageHtml({ incident, timeline, deliveries, whole, asksWho, now }: IncidentPage): Html {
  const { severity, status, title, mergedInto } = incident;
  return html`<article class="one ${severity} ${status}">
<header><p class="badges">${severityMark(severity)} ${statusMark(status)}</p><h1 tabindex="-1">${title}</h1>${standing(incident, now)}</header>
${mergedInto !== null && html`<p class="merged">It goes on as <a href="${incidentHref(mergedInto)}">${mergedInto}</a>.</p>`}
${mergedInto === null && actionsHtml(incident, asksWho)}
<div class="columns"><div>
${
  mergedInto === null &&
  html`<section><h2>Likely causes</h2>${causesHtml(incident)}</section>
<section><h2>Alerts</h2>${alertGroupsHtml({ incident, whole, now })}</section>`
}
</div><div>
<section><h2>Told</h2>${deliveriesHtml(deliveries, now)}</section>
<section><h2>What happened, newest first</h2>${timelineHtml(timeline, whole.has('timeline'), now)}</section>
</div></div>
<p class="aside">incident <code>${incident.id}</code></p></article>`;
}

function standing(
  { status, startsAt, resolvedAt, acknowledgedAt, acknowledgedBy, snoozedUntil, snoozedBy, alertCount, alerts, domains, receivers }: Incident,
  now: number,
): Html {
  const firing = alerts.filter((alert) => alert.status === 'firing').length;
  return html`<p class="facts"><span>began ${timeHtml(startsAt, now)}</span><span>${firing} of ${counted(alertCount, 'alert')} firing</span>${domainMarks(domains)}${
    receivers.length > 0 && html`<span>to ${receivers.join(', ')}</span>`
  }${acknowledgedAt !== null && html`<span>acknowledged by ${acknowledgedBy ?? 'somebody'} ${timeHtml(acknowledgedAt, now)}</span>`}${
    snoozedUntil !== null && html`<span>snoozed${snoozedBy !== null && ` by ${snoozedBy}`}, ends ${timeHtml(snoozedUntil, now)}</span>`
  }${status === 'resolved' && resolvedAt !== null && html`<span>resolved ${timeHtml(resolvedAt, now)}</span>`}</p>`;
}

function actionsHtml({ status }: Incident, asksWho: boolean): Html | null {
  if (status === 'resolved') return null;
  return html`<form class="actions" data-action="none" aria-label="Actions">
${status === 'open' && html`<button type="button" id="acknowledge" class="primary" data-action="acknowledge">Acknowledge</button>`}
<button type="button" id="resolve" data-action="resolve">Resolve</button>
<span class="choices" role="group" aria-label="Snooze"><span class="name" aria-hidden="true">snooze</span>
<button type="button" id="snooze-1" data-action="snooze" data-hours="1">1 h</button>
<button type="button" id="snooze-4" data-action="snooze" data-hours="4">4 h</button>
<button type="button" id="snooze-morning" data-action="snooze" data-hours="morning" title="the next 9:00 where you are">until 9:00</button></span>
${asksWho && html`<label>by <input name="by" id="by" maxlength="256" autocomplete="nickname" placeholder="your name"></label>`}
<label>comment <input name="comment" id="comment" maxlength="4096" autocomplete="off" placeholder="optional"></label>
</form>`;
}
