// How records stand in Redis: the version of the codec as one character, then JSON.

import type { AlertDocument } from '../model/alert.ts';
import { labelsFromObject, labelsToObject } from '../model/labels.ts';
import type { Instant } from '../model/time.ts';

/** The version that is written; older ones that are still read are listed in `decode`. */
const VERSION = '1';

/** A stored record that this service cannot read. */
export class UnreadableRecord extends Error {
  override readonly name = 'UnreadableRecord';
}

/** Writes a record of plain JSON values. */
export function encode(record: unknown): string {
  return VERSION + JSON.stringify(record);
}

/** Reads a record; throws `UnreadableRecord` for a version that is not known. */
export function decode<T>(text: string): T {
  if (text[0] !== VERSION)
    throw new UnreadableRecord(`a stored record of version ${JSON.stringify(text[0])} cannot be read; this service knows version ${VERSION}`);
  return JSON.parse(text.slice(1)) as T;
}

/** Writes what an alert says, and when it was said; labels stand as objects. */
export function encodeDocument({ fingerprint, labels, annotations, links, source }: AlertDocument, writtenAt: Instant): string {
  return encode({ writtenAt, fingerprint, labels: labelsToObject(labels), annotations: labelsToObject(annotations), links, source });
}

/** Reads what an alert says. */
export function decodeDocument(text: string): AlertDocument & { readonly writtenAt: Instant } {
  const stored = decode<StoredDocument>(text);
  return { ...stored, labels: labelsFromObject(stored.labels), annotations: labelsFromObject(stored.annotations) };
}

interface StoredDocument extends Omit<AlertDocument, 'labels' | 'annotations'> {
  readonly writtenAt: Instant;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}
