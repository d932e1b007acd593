// What of an alert is kept out of messages and records: the labels and annotations that the configuration names.

import type { AlertDocument } from '../model/alert.ts';
import type { Labels } from '../model/labels.ts';
import type { Redaction } from './policy.ts';

/** What an alert says without what is redacted. The link that silences it is left out with any label, as it repeats them all. */
export function redactedDocument(
  { fingerprint, labels, annotations, links, source }: AlertDocument,
  redaction: Pick<Redaction, 'labels' | 'annotations'>,
): AlertDocument {
  const { silence: _, ...others } = links;
  return {
    fingerprint,
    labels: without(labels, redaction.labels),
    annotations: without(annotations, redaction.annotations),
    links: redaction.labels.size === 0 ? links : others,
    source,
  };
}

/** Labels without those named; the same ones when there are none of them. */
export function without(labels: Labels, names: ReadonlySet<string>): Labels {
  for (const name of names) if (labels.has(name)) return new Map([...labels].filter(([each]) => !names.has(each)));
  return labels;
}

/** Labels whose values may be kept and compared: a pseudonym stands for each that is redacted. */
export function comparable(labels: Labels, { labels: names, pseudonym }: Redaction): Labels {
  for (const name of names)
    if (labels.has(name)) return new Map([...labels].map(([each, value]) => [each, names.has(each) && value !== '' ? pseudonym(value) : value]));
  return labels;
}

/** The JSON text of a malformed alert without what is redacted; nothing of it where it cannot be read. */
export function redactedRaw(raw: string, { labels, annotations }: Pick<Redaction, 'labels' | 'annotations'>): string {
  if (labels.size === 0 && annotations.size === 0) return raw;
  try {
    const alert: unknown = JSON.parse(raw);
    if (!isObject(alert)) return WITHHELD;
    return JSON.stringify({ ...alert, ...omitted(alert, 'labels', labels), ...omitted(alert, 'annotations', annotations) });
  } catch {
    return WITHHELD;
  }
}

const WITHHELD = '"(withheld: it cannot be read, and something in it may have to be redacted)"';

function omitted(alert: Readonly<Record<string, unknown>>, part: string, names: ReadonlySet<string>): Readonly<Record<string, unknown>> {
  const given = alert[part];
  if (given === undefined || names.size === 0) return {};
  return { [part]: isObject(given) ? Object.fromEntries(Object.entries(given).filter(([name]) => !names.has(name))) : null };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
