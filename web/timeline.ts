// Decides how the decisions about an incident are shown: newest first, each with its evidence, the older ones on demand.

import type { TimelineEntry } from './api.ts';
import { type Html, html } from './html.ts';
import { evidenceList } from './marks.ts';
import { timeHtml } from './relative-time.ts';

/** How many decisions are shown until more are asked for. */
const AT_FIRST = 50;
/** How many pieces of evidence stand unfolded. */
const OPENLY = 2;

/** The timeline, its newest entry first. */
export function timelineHtml(entries: readonly TimelineEntry[], whole: boolean, now: number): Html {
  const shown = whole ? entries : entries.slice(-AT_FIRST);
  const numbered = shown.map((entry, i) => ({ entry, number: entries.length - shown.length + i }));
  return html`<ol class="timeline" reversed>${numbered.reverse().map(({ entry, number }) => entryHtml(entry, number, now))}</ol>${
    shown.length < entries.length &&
    html`<p><button type="button" id="whole-timeline" data-action="whole" data-domain="timeline">Show ${entries.length - shown.length} older</button></p>`
  }`;
}

function entryHtml({ at, kind, summary, evidence }: TimelineEntry, number: number, now: number): Html {
  const what = html`<span title="${kind}">${summary}</span>`;
  const told =
    evidence.length <= OPENLY
      ? html`${what}${evidenceList(evidence)}`
      : html`<details id="why-${number}"><summary>${what}</summary>${evidenceList(evidence)}</details>`;
  return html`<li id="entry-${number}" class="entry"><span class="at">${timeHtml(at, now)}</span> ${told}</li>`;
}
