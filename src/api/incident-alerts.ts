// Loads the alerts of incidents with what they say.

import type { AlertDocument, Member } from '../model/alert.ts';
import type { Incident } from '../model/incident.ts';
import { compareMembers, type DocumentedMember, type IncidentDocument, incidentDocument } from '../model/incident-document.ts';
import { NO_LABELS } from '../model/labels.ts';
import type { ReadModel } from './read-model.ts';

/** How many alerts an incident has in a list, unless fewer are asked for. */
export const LISTED_ALERTS = 20;

const NONE: ReadonlyMap<string, readonly DocumentedMember[]> = new Map();

/** The alerts of each incident, by the incident's id, the earliest first and at most `cap` of each. */
export async function alertsOf(
  readModel: ReadModel,
  incidents: readonly Incident[],
  cap = Number.POSITIVE_INFINITY,
): Promise<ReadonlyMap<string, readonly DocumentedMember[]>> {
  const ids = incidents.map(({ id }) => id);
  const members = await readModel.members(ids);
  const chosen = new Map(ids.map((id) => [id, [...(members.get(id) ?? [])].sort(compareMembers).slice(0, cap)]));
  const fingerprints = new Set([...chosen.values()].flat().map(({ fingerprint }) => fingerprint));
  const [documents, alerts] = await Promise.all([readModel.documents([...fingerprints]), readModel.alertsNamed([...fingerprints])]);
  const documented = (id: string, member: Member): DocumentedMember => {
    const document = documents.get(member.fingerprint) ?? unknownDocument(member);
    const alert = alerts.get(member.fingerprint);
    return alert?.membership?.incidentId === id ? { member, document, alert } : { member, document };
  };
  return new Map([...chosen].map(([id, list]) => [id, list.map((member) => documented(id, member))]));
}

/** The JSON of incidents, each with at most `cap` of its alerts. */
export async function incidentDocuments(readModel: ReadModel, incidents: readonly Incident[], cap?: number): Promise<IncidentDocument[]> {
  const alerts = cap === 0 ? NONE : await alertsOf(readModel, incidents, cap);
  return incidents.map((incident) => incidentDocument({ incident, alerts: alerts.get(incident.id) ?? [] }));
}

/** Stands for what an alert says when that is no longer kept: its rule is still known from its part in the incident. */
export function unknownDocument({ fingerprint, rule }: Pick<Member, 'fingerprint' | 'rule'>): AlertDocument {
  const labels = rule === '' ? NO_LABELS : new Map([['alertname', rule]]);
  return { fingerprint, labels, annotations: NO_LABELS, links: {}, source: 'alertmanager' };
}
