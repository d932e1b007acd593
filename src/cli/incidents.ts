// `winnow incidents list|show|ack`: what is going on, over REST.

import type { components } from '../generated/openapi.d.ts';
import { askService, type ServiceAddress, ServiceRefusal } from './service-client.ts';

type Incident = components['schemas']['Incident'];
type Timeline = components['schemas']['Timeline'];

/** What the commands are run with. */
export interface IncidentsOptions {
  readonly verb: 'list' | 'show' | 'ack';
  readonly ids: readonly string[];
  readonly service: ServiceAddress;
  /** Whether resolved incidents are listed too. */
  readonly all: boolean;
  readonly json: boolean;
  readonly by: string | null;
  readonly comment: string | null;
  /** Take a line each, without its line break. */
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/** Runs a command; answers its exit status: 0, or 1 when the service refused or cannot be reached. */
export async function incidents(options: IncidentsOptions): Promise<number> {
  try {
    await run(options);
    return 0;
  } catch (error) {
    if (!(error instanceof ServiceRefusal)) throw error;
    options.err(`winnow: ${error.message}`);
    return 1;
  }
}

async function run({ verb, ids, service, all, json, by, comment, out }: IncidentsOptions): Promise<void> {
  if (verb === 'list') {
    const filter = all ? '' : '&status=open&status=acknowledged';
    const found: Incident[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const at = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: { items: Incident[]; nextCursor: string | null } = await askService(service, `/api/v1/incidents?limit=100${filter}${at}`);
      found.push(...page.items);
      // All incidents of a month are more than a terminal is for.
      cursor = all ? null : page.nextCursor;
    }
    if (json) out(JSON.stringify(found));
    else for (const incident of found) out(lineOf(incident));
    return;
  }
  for (const id of ids) {
    const path = `/api/v1/incidents/${encodeURIComponent(id)}`;
    if (verb === 'ack') {
      const incident = await askService<Incident>(service, `${path}/acknowledge`, {
        method: 'POST',
        body: { ...(by === null ? {} : { by }), ...(comment === null ? {} : { comment }) },
      });
      out(json ? JSON.stringify(incident) : lineOf(incident));
      continue;
    }
    const [incident, { items }] = await Promise.all([askService<Incident>(service, path), askService<Timeline>(service, `${path}/timeline`)]);
    if (json) out(JSON.stringify({ ...incident, timeline: items }));
    else for (const line of shown(incident, items)) out(line);
  }
}

function lineOf({ id, status, severity, startsAt, alertCount, title, acknowledgedBy }: Incident): string {
  const who = acknowledgedBy === null ? '' : ` (${plain(acknowledgedBy)})`;
  return `${id}  ${severity.padEnd(8)}  ${status.padEnd(12)}  ${startsAt.slice(0, 19)}Z  ${String(alertCount).padStart(4)}  ${plain(title)}${who}`;
}

function* shown(incident: Incident, timeline: Timeline['items']): Generator<string> {
  yield lineOf(incident);
  for (const { rank, score, entity, evidence } of incident.rootCauses) {
    yield `  cause ${rank}  ${score.toFixed(2)}  ${plain(entity)}${evidence.map(({ summary }) => `; ${plain(summary)}`).join('')}`;
  }
  for (const { status, labels, entity, lastStartsAt } of incident.alerts) {
    yield `  ${status.padEnd(8)}  ${lastStartsAt.slice(0, 19)}Z  ${plain(labels['alertname'] ?? '')}${entity === null ? '' : ` on ${plain(entity)}`}`;
  }
  for (const { at, summary } of timeline) yield `  ${at.slice(0, 19)}Z  ${plain(summary)}`;
}

/** Text from alerts moves no cursor and fakes no line. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, ' ');
}
