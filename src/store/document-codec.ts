// How what an alert says stands in Redis. Its fingerprint is the name of the field that holds it.

import type { AlertDocument, AlertLinks, AlertSource } from '../model/alert.ts';
import { labelsFromObject, labelsToObject } from '../model/labels.ts';
import type { Instant } from '../model/time.ts';
import { decodeFields, encodeFields } from './record-codec.ts';

type StoredLabels = Readonly<Record<string, string>>;
type Fields = readonly [writtenAt: Instant, labels: StoredLabels, annotations: StoredLabels, links: AlertLinks, source: AlertSource];

interface OldDocument extends Omit<AlertDocument, 'labels' | 'annotations'> {
  readonly writtenAt: Instant;
  readonly labels: StoredLabels;
  readonly annotations: StoredLabels;
}

/** Writes what an alert says, and when it was said. */
export function encodeDocument({ labels, annotations, links, source }: AlertDocument, writtenAt: Instant): string {
  return encodeFields([writtenAt, labelsToObject(labels), labelsToObject(annotations), links, source] satisfies Fields);
}

/** Reads what an alert says. */
export function decodeDocument(text: string, fingerprint: string): AlertDocument & { readonly writtenAt: Instant } {
  const read = ([writtenAt, labels, annotations, links, source]: Fields) => ({
    fingerprint,
    labels: labelsFromObject(labels),
    annotations: labelsFromObject(annotations),
    links,
    source,
    writtenAt,
  });
  return decodeFields(text, read, ({ writtenAt, labels, annotations, links, source }: OldDocument) => read([writtenAt, labels, annotations, links, source]));
}
