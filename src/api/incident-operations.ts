// Answers what is asked and done about incidents.

import type { Deed } from '../correlate/event.ts';
import type { Incident } from '../model/incident.ts';
import { DAY, parseTimestamp } from '../model/time.ts';
import { timelineDocument } from '../model/timeline-document.ts';
import type { ApiDependencies } from './dependencies.ts';
import { alertsOf, incidentDocuments, LISTED_ALERTS } from './incident-alerts.ts';
import { fulfils, type IncidentFilter, liesBefore, someAlertMatches } from './incident-filter.ts';
import { matchersOf } from './matcher-query.ts';
import type { Handlers, OperationRequest } from './operation.ts';
import { answerPage } from './page.ts';
import { Problem } from './problem.ts';
import type { ReadModel } from './read-model.ts';
import { assertDone, notFound } from './refusal.ts';

type ActionOperation = 'acknowledgeIncident' | 'resolveIncident' | 'snoozeIncident' | 'mergeIncident' | 'splitIncident' | 'giveFeedback';
type IncidentOperation = 'listIncidents' | 'getIncident' | 'getIncidentTimeline' | ActionOperation;

/** How long an incident can be snoozed: whoever snoozes it looks at it again within a week. */
const LONGEST_SNOOZE = 7 * DAY;

/** The handlers of the operations on incidents. */
export function incidentOperations({ readModel, commands, now }: ApiDependencies): Handlers<IncidentOperation> {
  const act = async (deed: Deed, request: OperationRequest<ActionOperation>, fingerprints: readonly string[] = []) => {
    const { path, body, headers, actor } = request;
    const key = headers['idempotency-key'];
    const result = await commands.submit({
      kind: 'action',
      receivedAt: now(),
      ...deed,
      incidentId: path.id,
      fingerprints,
      by: actor ?? body?.by ?? 'anonymous',
      comment: body?.comment ?? null,
      ...(typeof key === 'string' ? { key: `${actor ?? ''} ${key}` } : {}),
    });
    if (!result.ok && result.code === 'not-found' && (await readModel.incident(path.id)) !== null) {
      // It is kept, but can no longer be changed.
      if (deed.action === 'resolve') return oneIncident(readModel, path.id);
      throw new Problem({ status: 409, code: 'already-resolved', detail: 'the incident was resolved long ago' });
    }
    assertDone(result);
    return oneIncident(readModel, (result.ok ? result.incidentId : null) ?? path.id);
  };
  return {
    listIncidents: async ({ query }) => {
      const filter = filterOf(query);
      const { records, nextCursor } = await answerPage('incidents', query, {
        read: (range) => readModel.incidents(range),
        wanted: (incidents) => choose(readModel, filter, incidents),
        ended: (incident) => liesBefore(filter, incident),
      });
      return { items: await incidentDocuments(readModel, records, query.alerts ?? LISTED_ALERTS), nextCursor };
    },
    getIncident: ({ path }) => oneIncident(readModel, path.id),
    getIncidentTimeline: async ({ path }) => {
      await existing(readModel, path.id);
      return { items: timelineDocument(await readModel.timeline(path.id)) };
    },
    acknowledgeIncident: (request) => act({ action: 'acknowledge' }, request),
    resolveIncident: (request) => act({ action: 'resolve' }, request),
    snoozeIncident: (request) => act({ action: 'snooze', until: snoozedUntil(request.body.until, now()) }, request),
    mergeIncident: async (request) => {
      const { into } = request.body;
      if ((await readModel.incident(into)) === null)
        throw new Problem({ status: 404, code: 'not-found', detail: `there is no incident ${JSON.stringify(into)}`, pointer: '/into' });
      return act({ action: 'merge', into }, request);
    },
    splitIncident: (request) => act({ action: 'split' }, request, request.body.fingerprints),
    giveFeedback: (request) => {
      const { entity, correct } = request.body;
      return act({ action: 'feedback', entity, correct }, request);
    },
  };
}

function filterOf({ status = [], severity = [], domain = [], matcher, since, until }: OperationRequest<'listIncidents'>['query']): IncidentFilter {
  return { status, severity, domain, matchers: matchersOf(matcher), since: instantOf(since), until: instantOf(until) };
}

function snoozedUntil(text: string, now: number): number {
  const until = instantOf(text) ?? 0;
  if (until > now && until <= now + LONGEST_SNOOZE) return until;
  throw new Problem({
    status: 400,
    code: 'invalid-request',
    detail: 'the body has an until that is not in the future, or more than seven days away',
    pointer: '/until',
  });
}

/** Validation has let only RFC 3339 times through. */
function instantOf(text: string | undefined): number | null {
  return text === undefined ? null : (parseTimestamp(text)?.ms ?? null);
}

async function choose(readModel: ReadModel, filter: IncidentFilter, incidents: readonly Incident[]): Promise<ReadonlySet<Incident>> {
  const candidates = incidents.filter((incident) => fulfils(filter, incident));
  if (filter.matchers.length === 0) return new Set(candidates);
  const alerts = await alertsOf(readModel, candidates);
  return new Set(
    candidates.filter(({ id }) =>
      someAlertMatches(
        filter,
        (alerts.get(id) ?? []).map(({ document }) => document.labels),
      ),
    ),
  );
}

async function oneIncident(readModel: ReadModel, id: string) {
  const incident = await existing(readModel, id);
  const [document] = await incidentDocuments(readModel, [incident]);
  if (document === undefined) throw notFound('incident', id);
  return document;
}

async function existing(readModel: ReadModel, id: string): Promise<Incident> {
  const incident = await readModel.incident(id);
  if (incident === null) throw notFound('incident', id);
  return incident;
}
