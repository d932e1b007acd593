// What a replay prints: one JSON document, written piece by piece, or a table.

import type { Member } from '../../model/alert.ts';
import { incidentDocument } from '../../model/incident-document.ts';
import { compareText } from '../../model/labels.ts';
import { ledgerDocument } from '../../model/ledger-document.ts';
import { suppressionDocument } from '../../model/suppression-document.ts';
import { formatDuration, formatInstant } from '../../model/time.ts';
import { printable } from '../printable.ts';
import type { Archive, Notification } from './archive.ts';

/** The JSON document in pieces, so that a large one is never one string. Incidents come by id, the oldest first. */
export function* jsonReport(archive: Archive): Generator<string> {
  yield '{"incidents":[';
  yield* listed(sortedIncidents(archive).map((incident) => () => JSON.stringify(incidentDocument({ incident, alerts: documented(archive, incident.id) }))));
  yield '],\n"suppressions":[';
  yield* listed(archive.suppressions.map((s) => () => JSON.stringify(suppressionDocument(s, archive.documents.get(s.fingerprint)?.labels ?? new Map()))));
  yield '],\n"notifications":[';
  yield* listed(archive.notifications.map((n) => () => JSON.stringify(notificationDocument(n))));
  yield `],\n"ledger":${JSON.stringify(ledgerDocument(archive.totals))}}\n`;
}

function* listed(items: readonly (() => string)[]): Generator<string> {
  let separator = '';
  for (const item of items) {
    yield `${separator}\n${item()}`;
    separator = ',';
  }
}

function sortedIncidents(archive: Archive) {
  return [...archive.incidents.values()].sort((a, b) => compareText(a.id, b.id));
}

function documented(archive: Archive, incidentId: string) {
  const members: Member[] = [...(archive.members.get(incidentId)?.values() ?? [])];
  return members.flatMap((member) => {
    const document = archive.documents.get(member.fingerprint);
    return document === undefined ? [] : [{ member, document }];
  });
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
