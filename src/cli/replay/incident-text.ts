// The JSON of an incident that is over, with gaps for what its alerts say: the latest of them is known only at the end.

import type { AlertDocument, AlertState, Member } from '../../model/alert.ts';
import type { Incident } from '../../model/incident.ts';
import { incidentDocument } from '../../model/incident-document.ts';
import { labelsToObject, NO_LABELS } from '../../model/labels.ts';

/** An incident as text: a fraction of what its records take in memory. */
export interface IncidentText {
  readonly json: string;
  /** Whose documents fill the gaps, in their order. */
  readonly fingerprints: readonly string[];
}

const BLANK: AlertDocument = { fingerprint: '', labels: NO_LABELS, annotations: NO_LABELS, links: {}, source: 'alertmanager' };
/** What a blank document is written as. Within a text of JSON a quote is escaped, so that this is found nowhere else. */
const GAP = /"labels":\{\},"annotations":\{\},"links":\{\}|"source":"alertmanager"/;

/** Writes an incident without what its alerts say; `stateOf` has those of them that flap or are held back. */
export function incidentText(incident: Incident, members: readonly Member[], stateOf: (fingerprint: string) => AlertState | null): IncidentText {
  const document = incidentDocument({ incident, alerts: members.map((member) => ({ member, document: BLANK, alert: stateOf(member.fingerprint) })) });
  return { json: JSON.stringify(document), fingerprints: document.alerts.map(({ fingerprint }) => fingerprint) };
}

/** What fills the two gaps of an alert. */
export type DocumentText = readonly [labels: string, source: string];

/** Writes what an alert says for `filled`. */
export function documentText({ labels, annotations, links, source }: AlertDocument): DocumentText {
  return [
    `"labels":${JSON.stringify(labelsToObject(labels))},"annotations":${JSON.stringify(labelsToObject(annotations))},"links":${JSON.stringify(links)}`,
    `"source":${JSON.stringify(source)}`,
  ];
}

/** The whole JSON of an incident. */
export function filled({ json, fingerprints }: IncidentText, documentOf: (fingerprint: string) => DocumentText): string {
  const pieces = json.split(GAP);
  let whole = pieces[0] ?? '';
  for (const [i, fingerprint] of fingerprints.entries()) {
    const [labels, source] = documentOf(fingerprint);
    whole += labels + (pieces[2 * i + 1] ?? '') + source + (pieces[2 * i + 2] ?? '');
  }
  return whole;
}
