// How reasons and the entries of timelines stand in Redis.

import type { Evidence, TimelineEntry } from '../model/evidence.ts';
import { decodeFields, encodeFields } from './record-codec.ts';

/** A reason; what it has no number for is null, and left out at the end. */
type EvidenceFields = readonly [kind: string, summary: string, value?: number | null, threshold?: number | null, observations?: number];

/** Writes reasons. */
export function encodeReasons(reasons: readonly Evidence[]): string {
  return encodeFields(reasons.map(fieldsOf));
}

/** Reads reasons. */
export function decodeReasons(text: string): readonly Evidence[] {
  return decodeFields(
    text,
    (reasons: readonly EvidenceFields[]) => reasons.map(evidenceOf),
    (stored: readonly Evidence[]) => stored,
  );
}

function fieldsOf({ kind, summary, value, threshold, observations }: Evidence): EvidenceFields {
  if (observations !== undefined) return [kind, summary, value ?? null, threshold ?? null, observations];
  if (threshold !== undefined) return [kind, summary, value ?? null, threshold];
  return value === undefined ? [kind, summary] : [kind, summary, value];
}

function evidenceOf([kind, summary, value, threshold, observations]: EvidenceFields): Evidence {
  return {
    kind,
    summary,
    ...(typeof value === 'number' ? { value } : {}),
    ...(typeof threshold === 'number' ? { threshold } : {}),
    ...(typeof observations === 'number' ? { observations } : {}),
  };
}

type EntryFields = readonly [at: number, kind: string, summary: string, evidence: readonly EvidenceFields[], fingerprint: string | null, by?: string];

/** Writes an entry of a timeline. */
export function encodeEntry({ at, kind, summary, evidence, fingerprint, by }: TimelineEntry): string {
  const fields: EntryFields = [at, kind, summary, evidence.map(fieldsOf), fingerprint ?? null];
  return encodeFields(by === undefined ? fields : [...fields, by]);
}

/** Reads an entry of a timeline. */
export function decodeEntry(text: string): TimelineEntry {
  return decodeFields(
    text,
    ([at, kind, summary, evidence, fingerprint, by]: EntryFields) => ({
      at,
      kind,
      summary,
      evidence: evidence.map(evidenceOf),
      ...(fingerprint === null ? {} : { fingerprint }),
      ...(by === undefined ? {} : { by }),
    }),
    (stored: TimelineEntry) => stored,
  );
}
