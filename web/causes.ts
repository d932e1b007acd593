// Decides how likely causes are shown: best first, with what speaks for each, and whether it is right.

import type { Incident, RootCause } from './api.ts';
import { type Html, html } from './html.ts';
import { evidenceList, scoreMark } from './marks.ts';

/** Below this score a cause is shown on demand only. */
const SLIGHT = 0.01;

/** The likely causes of an incident, each with two buttons for who knows better. */
export function causesHtml({ rootCauses, alerts }: Incident): Html {
  if (rootCauses.length === 0) return html`<p class="nothing">No cause can be named yet.</p>`;
  const ruleOf = (cause: RootCause) => alerts.find(({ fingerprint }) => fingerprint === cause.fingerprint)?.labels['alertname'] ?? '';
  const list = (causes: readonly RootCause[]) => html`<ol class="causes">${causes.map((cause) => causeHtml(cause, ruleOf(cause)))}</ol>`;
  const likely = rootCauses.filter(({ score, rank }) => score >= SLIGHT || rank === 1);
  const slight = rootCauses.filter((cause) => !likely.includes(cause));
  return html`${list(likely)}${slight.length > 0 && html`<details id="slight"><summary>${slight.length} less likely</summary>${list(slight)}</details>`}`;
}

function causeHtml({ rank, score, entity, fingerprint, changeId, evidence }: RootCause, rule: string): Html {
  const what = changeId !== null ? html`change <code>${changeId}</code>` : fingerprint === null ? 'has no alert of its own' : rule;
  return html`<li id="cause-${rank}"><p class="head">${scoreMark(score)} <b>${entity}</b> <span class="of">${what}</span> <span class="verdict">${verdict(rank, entity, true)} ${verdict(rank, entity, false)}</span></p>${evidenceList(evidence)}</li>`;
}

function verdict(rank: number, entity: string, correct: boolean): Html {
  const means = `${entity} ${correct ? 'is' : 'is not'} the cause`;
  return html`<button type="button" id="${correct ? 'right' : 'wrong'}-${rank}" data-action="feedback" data-rank="${rank}" data-correct="${String(correct)}" aria-label="${correct ? 'Right' : 'Wrong'}: ${means}" title="say that ${means}">${correct ? 'Right' : 'Wrong'}</button>`;
}
