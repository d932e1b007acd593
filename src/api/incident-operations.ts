// Answers what is asked and done about incidents.

import type { Incident } from '../model/incident.ts';
import { parseTimestamp } from '../model/time.ts';
import { timelineDocument } from '../model/timeline-document.ts';
import type { ApiDependencies } from './dependencies.ts';
import { alertsOf, incidentDocuments, LISTED_ALERTS } from './incident-alerts.ts';
import { fulfils, type IncidentFilter, liesBefore, someAlertMatches } from './incident-filter.ts';
import { matchersOf } from './matcher-query.ts';
import type { Handlers, OperationRequest } from './operation.ts';
import { answerPage } from './page.ts';
import type { ReadModel } from './read-model.ts';
import { assertDone, notFound } from './refusal.ts';

type IncidentOperation = 'listIncidents' | 'getIncident' | 'getIncidentTimeline' | 'acknowledgeIncident' | 'resolveIncident';

/** The handlers of the operations on incidents. */
export function incidentOperations({ readModel, commands, now }: ApiDependencies): Handlers<IncidentOperation> {
  const takeAction = async (action: 'acknowledge' | 'resolve', { path, body }: OperationRequest<'acknowledgeIncident' | 'resolveIncident'>) => {
    const by = body?.by ?? 'anonymous';
    const comment = body?.comment ?? null;
    assertDone(await commands.submit({ kind: 'action', receivedAt: now(), action, incidentId: path.id, fingerprints: [], by, comment }));
    return oneIncident(readModel, path.id);
  };
  return {
    listIncidents: async ({ query }) => {
      const filter = filterOf(query);
      const { records, nextCursor } = await answerPage('incidents', query, {
        read: (range) => readModel.incidents(range),
        wanted: (incidents) => choose(readModel, filter, incidents),
        ended: (incident) => liesBefore(filter, incident),
      });
      return { items: await incidentDocuments(readModel, records, LISTED_ALERTS), nextCursor };
    },
    getIncident: ({ path }) => oneIncident(readModel, path.id),
    getIncidentTimeline: async ({ path }) => {
      await existing(readModel, path.id);
      return { items: timelineDocument(await readModel.timeline(path.id)) };
    },
    acknowledgeIncident: (request) => takeAction('acknowledge', request),
    resolveIncident: (request) => takeAction('resolve', request),
  };
}

function filterOf({ status = [], severity = [], domain = [], matcher, since, until }: OperationRequest<'listIncidents'>['query']): IncidentFilter {
  return { status, severity, domain, matchers: matchersOf(matcher), since: instantOf(since), until: instantOf(until) };
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
