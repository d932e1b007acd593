// What a replay prints: one JSON document, written piece by piece, or a table.

import type { Incident } from '../../model/incident.ts';
import { compareText, NO_LABELS } from '../../model/labels.ts';
import { ledgerDocument } from '../../model/ledger-document.ts';
import { suppressionDocument } from '../../model/suppression-document.ts';
import { formatDuration, formatInstant } from '../../model/time.ts';
import { printable } from '../printable.ts';
import type { Archive, Notification } from './archive.ts';
import { type DocumentText, documentText, filled, type IncidentText, incidentText } from './incident-text.ts';

/** The JSON document in pieces, so that a large one is never one string. Incidents come by id, the oldest first. */
export class JsonReport {
  readonly #archive: Archive;
  readonly #closed = new Map<string, IncidentText>();

  constructor(archive: Archive) {
    this.#archive = archive;
  }

  /** Takes an incident that cannot change any more out of the archive. */
  close(id: string): void {
    const incident = this.#archive.incidents.get(id);
    if (incident === undefined) return;
    this.#closed.set(id, this.#textOf(incident));
    this.#archive.incidents.delete(id);
    this.#archive.members.delete(id);
  }

  /** Writes the document. */
  *pieces(): Generator<string> {
    const { incidents, suppressions, documents, notifications, totals } = this.#archive;
    const texts = new Map(this.#closed);
    for (const [id, incident] of incidents) texts.set(id, this.#textOf(incident));
    const known = new Map<string, DocumentText>();
    const documentOf = (fingerprint: string): DocumentText => {
      const document = documents.get(fingerprint);
      const text = known.get(fingerprint) ?? (document === undefined ? (['', ''] as const) : documentText(document));
      known.set(fingerprint, text);
      return text;
    };
    yield '{"incidents":[';
    yield* listed(
      [...texts].sort(([a], [b]) => compareText(a, b)),
      ([, text]) => filled(text, documentOf),
    );
    yield '],\n"suppressions":[';
    yield* listed(suppressions, (s) => JSON.stringify(suppressionDocument(s, documents.get(s.fingerprint)?.labels ?? NO_LABELS)));
    yield '],\n"notifications":[';
    yield* listed(notifications, (n) => JSON.stringify(notificationDocument(n)));
    yield `],\n"ledger":${JSON.stringify(ledgerDocument(totals))}}\n`;
  }

  #textOf(incident: Incident): IncidentText {
    const members = [...(this.#archive.members.get(incident.id)?.values() ?? [])];
    return incidentText(
      incident,
      members.filter(({ fingerprint }) => this.#archive.documents.has(fingerprint)),
      (fingerprint) => {
        const alert = this.#archive.voiced.get(fingerprint);
        return alert?.membership?.incidentId === incident.id ? alert : null;
      },
    );
  }
}

/** The JSON document of a replay that has ended, in pieces. */
export function jsonReport(archive: Archive): Generator<string> {
  return new JsonReport(archive).pieces();
}

function* listed<T>(items: Iterable<T>, write: (item: T) => string): Generator<string> {
  let separator = '\n';
  for (const item of items) {
    yield separator;
    yield write(item);
    separator = ',\n';
  }
}

function sortedIncidents(archive: Archive) {
  return [...archive.incidents.values()].sort((a, b) => compareText(a.id, b.id));
}

function notificationDocument(n: Notification) {
  return {
    at: formatInstant(n.at),
    incidentId: n.incidentId,
    incidentIds: n.incidentIds,
    receiver: n.receiver,
    integration: n.integration,
    kind: n.kind,
    severity: n.severity,
  };
}

/** A table for people: incidents by start, then counts of messages, then the ledger; at most 80 columns wide. */
export function* tableReport(archive: Archive): Generator<string> {
  yield `${'start (UTC)'.padEnd(20)} ${'severity'.padEnd(8)} ${'alerts'.padStart(6)} ${'lasted'.padEnd(12)} likeliest cause\n`;
  for (const incident of sortedIncidents(archive)) {
    const lasted = incident.resolvedAt === null ? incident.status : formatDuration(incident.resolvedAt - incident.openedAt);
    const cause = incident.rootCauses[0];
    const named = cause === undefined ? incident.title : `${cause.entity} (${cause.score.toFixed(2)})`;
    yield `${formatInstant(Math.floor(incident.openedAt / 1000) * 1000).padEnd(20)} ${incident.severity.padEnd(8)} ${String(incident.alertCount).padStart(6)} ${lasted.padEnd(12)} ${printable(named, 30)}\n`;
  }
  const kinds = new Map<string, number>();
  for (const { kind, integration } of archive.notifications) kinds.set(`${integration} ${kind}`, (kinds.get(`${integration} ${kind}`) ?? 0) + 1);
  yield `\n${archive.incidents.size} incidents, ${archive.notifications.length} messages\n`;
  for (const [kind, count] of [...kinds].sort(([a], [b]) => compareText(a, b))) yield `  ${kind.padEnd(20)} ${String(count).padStart(7)}\n`;
  const { suppressedByReason, ...accounts } = ledgerDocument(archive.totals);
  yield '\nledger\n';
  for (const [name, count] of Object.entries(accounts)) yield `  ${name.padEnd(20)} ${String(count).padStart(7)}\n`;
  for (const [reason, count] of Object.entries(suppressedByReason)) yield `    ${reason.padEnd(18)} ${String(count).padStart(7)}\n`;
}
