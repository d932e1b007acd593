// The page at `/index`: what is going on, and where to look, without scripts.

import { SEVERITIES, type Severity } from '../model/severity.ts';
import { escapeHtml, htmlPage } from './html-page.ts';
import { PROBLEM_TITLES } from './problem-codes.ts';

const LINKS: readonly (readonly [path: string, description: string])[] = [
  ['/', 'the web page, which is live and needs scripts'],
  ['/api/v1/incidents?status=open&status=acknowledged', 'incidents that are not over'],
  ['/api/v1/incidents', 'all incidents, newest first'],
  ['/api/v1/alerts?status=firing', 'alerts that fire'],
  ['/api/v1/suppressions', 'what was held back, and why'],
  ['/api/v1/silences', 'silences, those in force first'],
  ['/api/v1/ledger', 'what became of every alert received'],
  ['/api/v1/deliveries?status=failed', 'messages that were given up on'],
  ['/api/v1/failures', 'alerts that could not be understood'],
  ['/api/v1/changes', 'changes that were reported'],
  ['/api/v1/topology', 'the dependency graph in force'],
  ['/api/v1/audit', 'what people and tokens changed'],
  ['/api/v1/events', 'incidents as they change, as a stream of server-sent events'],
  ['/api/v1/config', 'the configuration in force, secrets masked'],
  ['/-/ready', 'readiness and warnings'],
  ['/metrics', 'Prometheus metrics'],
  ['/openapi.json', 'the API as an OpenAPI document'],
  ['/errors', 'the codes of errors'],
];

/** The index page, with how many incidents are not over, by severity. */
export function indexPage(unresolved: ReadonlyMap<Severity, number>): string {
  const counts = SEVERITIES.map((severity) => `<li>${severity}: ${unresolved.get(severity) ?? 0}</li>`).join('\n');
  const links = LINKS.map(
    ([path, description]) => `<li><a href="${escapeHtml(path)}"><code>${escapeHtml(path)}</code></a> ${escapeHtml(description)}</li>`,
  ).join('\n');
  return htmlPage('Winnow', `<h1>Winnow</h1>\n<h2>Incidents that are not over</h2>\n<ul>\n${counts}\n</ul>\n<h2>What is there</h2>\n<ul>\n${links}\n</ul>`);
}

/** The page at `/errors`, which the `type` of a problem document leads to. */
export function errorsPage(): string {
  const codes = Object.entries(PROBLEM_TITLES).map(
    ([code, title]) => `<dt id="${escapeHtml(code)}"><code>${escapeHtml(code)}</code></dt>\n<dd>${escapeHtml(title)}.</dd>`,
  );
  return htmlPage(
    'Errors of Winnow',
    `<h1>Errors</h1>\n<p>Error answers are problem documents (RFC 9457) with one of these codes.</p>\n<dl>\n${codes.join('\n')}\n</dl>`,
  );
}
