// Decides what the list of incidents says: a line for each, and what can be filtered by.

import type { Incident } from './api.ts';
import { asksForAll, DOMAINS, type Filter, filterHref, NO_FILTER, SEVERITIES, STATUSES, toggled } from './filter.ts';
import { type Html, html } from './html.ts';
import { counted, domainMarks, scoreMark, severityMark, statusMark } from './marks.ts';
import { timeHtml } from './relative-time.ts';
import { incidentHref } from './route.ts';

/** What a list shows. */
export interface IncidentList {
  readonly filter: Filter;
  /** In the order in which they are to stand. */
  readonly incidents: readonly Incident[];
  /** Whether there are more, which a button brings. */
  readonly more: boolean;
  readonly now: number;
}

/** The whole list with its filters. */
export function incidentListHtml({ filter, incidents, more, now }: IncidentList): Html {
  return html`<h1 class="unseen">Incidents</h1>${filtersHtml(filter)}${
    incidents.length === 0
      ? html`<p class="nothing">${nothing(filter, more)}</p>`
      : html`<ol class="incidents">${incidents.map((incident) => incidentRow(incident, now))}</ol>`
  }${more && html`<p><button type="button" id="more" data-action="more">Show more</button></p>`}${
    !filter.status.includes('resolved') &&
    html`<p class="aside"><a href="${filterHref({ ...filter, status: ['resolved'] })}">Show those that are resolved</a></p>`
  }`;
}

/** One incident in a line. */
export function incidentRow(incident: Incident, now: number): Html {
  const { id, status, severity, title, startsAt, resolvedAt, acknowledgedBy, snoozedUntil, alertCount, domains, receivers } = incident;
  return html`<li id="row-${id}" class="incident ${severity} ${status}">
<span class="badges">${severityMark(severity)} ${statusMark(status)}</span>
<span class="what"><a href="${incidentHref(id)}">${title}</a>${causeLine(incident)}</span>
<span class="facts"><span class="since">${status === 'resolved' && resolvedAt !== null ? html`resolved ${timeHtml(resolvedAt, now)}` : timeHtml(startsAt, now)}</span><span>${counted(alertCount, 'alert')}</span>${domainMarks(domains)}${
    receivers.length > 0 && html`<span class="receivers">to ${receivers.join(', ')}</span>`
  }${acknowledgedBy !== null && status === 'acknowledged' && html`<span>by ${acknowledgedBy}</span>`}${snoozedUntil !== null && html`<span>snoozed, ends ${timeHtml(snoozedUntil, now)}</span>`}</span>
</li>`;
}

function causeLine({ rootCauses: [first] }: Incident): Html | null {
  if (first === undefined) return null;
  const [why] = first.evidence;
  return html`<span class="cause">likely cause <b>${first.entity}</b> ${scoreMark(first.score)}${why !== undefined && html`<span class="why">${why.summary}</span>`}</span>`;
}

function filtersHtml(filter: Filter): Html {
  return html`<section class="filters" aria-label="Filters"><details id="filters"><summary>Filter</summary><div>${[
    choiceHtml('status', STATUSES, filter),
    choiceHtml('severity', SEVERITIES, filter),
    choiceHtml('domain', DOMAINS, filter),
  ]}<form data-action="add-matcher"><label>matcher <input name="matcher" id="matcher" placeholder="service=&quot;ranker&quot;" autocomplete="off" autocapitalize="off" spellcheck="false"></label> <button id="add-matcher">Add</button></form></div></details>${chosenHtml(filter)}</section>`;
}

function chosenHtml(filter: Filter): Html | null {
  if (asksForAll(filter)) return null;
  const chosen = (['status', 'severity', 'domain', 'matcher'] as const).flatMap((name) => filter[name].map((value) => ({ name, value })));
  return html`<span class="choices">${chosen.map(({ name, value }) => {
    const without = { ...filter, [name]: toggled<string>(filter[name], value) };
    return html`<a class="choice chosen" href="${filterHref(without)}" title="take it out">${value} ×</a> `;
  })}<a href="${filterHref(NO_FILTER)}">all that is not over</a></span>`;
}

function choiceHtml<Name extends 'status' | 'severity' | 'domain'>(name: Name, values: Filter[Name], filter: Filter): Html {
  const chosen: readonly string[] = filter[name];
  return html`<span class="choices" role="group" aria-label="${name}"><span class="name" aria-hidden="true">${name}</span>${values.map((value) => {
    const on = chosen.includes(value);
    return html` <a class="choice${on && ' chosen'}" aria-current="${on ? 'true' : 'false'}" href="${filterHref({ ...filter, [name]: toggled<string>(chosen, value) })}">${value}</a>`;
  })}</span>`;
}

function nothing(filter: Filter, more: boolean): string {
  if (more) return 'None among those looked at yet.';
  return asksForAll(filter) ? 'Nothing is open. What comes is shown here at once.' : 'No incident is like that.';
}
