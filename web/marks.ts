// Decides how the small things look that stand everywhere: severity, status, domains, scores, evidence, counts.

import type { Domain, Evidence, IncidentStatus, Severity } from './api.ts';
import { type Html, html } from './html.ts';

/** The severity, by its word as well as by colour. */
export function severityMark(severity: Severity): Html {
  return html`<span class="severity ${severity}">${severity}</span>`;
}

/** The status. */
export function statusMark(status: IncidentStatus): Html {
  return html`<span class="status ${status}">${status}</span>`;
}

/** The domains, each a word. */
export function domainMarks(domains: readonly Domain[]): Html {
  return html`<span class="domains">${domains.map((domain) => html`<span class="domain">${domain}</span> `)}</span>`;
}

/** A score between 0 and 1, as a number and as a bar. */
export function scoreMark(score: number): Html {
  const width = Math.round(Math.min(1, Math.max(0, score)) * 100);
  return html`<span class="score" title="how probable it is that this is the cause, between 0 and 1"><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="100" height="8" class="rest"/><rect width="${width}" height="8"/></svg> ${score.toFixed(2)}</span>`;
}

/** Pieces of evidence as a list, each with its figures where it has more than the sentence says; null without any. */
export function evidenceList(evidence: readonly Evidence[]): Html | null {
  if (evidence.length === 0) return null;
  return html`<ul class="evidence">${evidence.map((each) => html`<li title="${figuresOf(each)}">${each.summary}</li>`)}</ul>`;
}

/** A number with its noun: `1 alert`, `12 alerts`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function figuresOf({ kind, value, threshold, observations }: Evidence): string {
  const figures = Object.entries({ value, threshold, observations }).flatMap(([name, figure]) => (figure === undefined ? [] : [`${name} ${rounded(figure)}`]));
  return [kind, ...figures].join(' · ');
}

function rounded(figure: number): string {
  return String(Number(figure.toPrecision(4)));
}
