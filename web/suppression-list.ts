// Decides how is shown what is held back, and what was lately: what, why, since when and until when.

import type { Suppression } from './api.ts';
import { type Html, html } from './html.ts';
import { evidenceList } from './marks.ts';
import { timeHtml } from './relative-time.ts';
import { incidentHref } from './route.ts';

const OUTCOMES: Readonly<Record<Suppression['outcome'], string>> = {
  held: 'held back',
  untold: 'ended, nobody was told',
  released: 'told of after all',
  observed: 'told of; only watched',
};

/** The page of what is held back; `more` says that there is more, which a button brings. */
export function suppressionListHtml(suppressions: readonly Suppression[], more: boolean, now: number): Html {
  const held = suppressions.filter(({ outcome }) => outcome === 'held');
  const ended = suppressions.filter(({ outcome }) => outcome !== 'held');
  return html`<section><h1>Held back now <span class="count">${held.length}</span></h1>${listHtml(held, 'Nothing is held back.', now)}</section>
<section><h2>Held back lately</h2>${listHtml(ended, 'Nothing was.', now)}</section>
${more && html`<p><button type="button" id="more" data-action="more">Show more</button></p>`}`;
}

function listHtml(suppressions: readonly Suppression[], nothing: string, now: number): Html {
  if (suppressions.length === 0) return html`<p class="nothing">${nothing}</p>`;
  return html`<ul class="suppressions">${suppressions.map((each) => suppressionHtml(each, now))}</ul>`;
}

function suppressionHtml(suppression: Suppression, now: number): Html {
  const { fingerprint, labels, incidentId, reason, rule, since, until, outcome, evidence } = suppression;
  const { alertname, ...rest } = labels;
  return html`<li id="held-${fingerprint}-${Date.parse(since)}" class="suppression ${outcome}">
<p class="head"><span class="label">${reason}</span> <b>${alertname ?? 'alert without a name'}</b>${rule !== null && html` <span class="of">by the rule ${rule}</span>`}${
    incidentId !== null && html` <a href="${incidentHref(incidentId)}">its incident</a>`
  }</p>
<p class="facts"><span>${OUTCOMES[outcome]}</span><span>since ${timeHtml(since, now)}</span><span>${outcome === 'held' ? 'judged anew' : 'until'} ${timeHtml(until, now)}</span></p>
${evidenceList(evidence)}
<p class="labels">${Object.entries(rest).map(([name, value]) => html`<code>${name}="${value}"</code> `)}</p>
</li>`;
}
