// Decides how likely causes are shown: best first, with what speaks for each, and whether it is right.

import type { Incident, RootCause } from './api.ts';
import { type Html, html } from './html.ts';
import { evidenceList, scoreMark } from './marks.ts';

/** The likely causes of an incident, each with two buttons for who knows better. */
export function causesHtml({ rootCauses, alerts }: Incident): Html {
  if (rootCauses.length === 0) return html`<p class="nothing">No cause can be named yet.</p>`;
  return html`<ol class="causes">${rootCauses.map((cause) => causeHtml(cause, alerts.find(({ fingerprint }) => fingerprint === cause.fingerprint)?.labels['alertname']))}</ol>`;
}

function causeHtml({ rank, score, entity, fingerprint, changeId, evidence }: RootCause, rule: string | undefined): Html {
  const what = changeId !== null ? html`change <code>${changeId}</code>` : fingerprint === null ? 'has no alert of its own' : (rule ?? '');
  return html`<li id="cause-${rank}"><p class="head">${scoreMark(score)} <b>${entity}</b> <span class="of">${what}</span> <span class="verdict"><button type="button" id="right-${rank}" data-action="feedback" data-rank="${rank}" data-correct="true" title="say that this is the cause">Right</button> <button type="button" id="wrong-${rank}" data-action="feedback" data-rank="${rank}" data-correct="false" title="say that this is not the cause">Wrong</button></span></p>${evidenceList(evidence)}</li>`;
}
