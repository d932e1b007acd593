// The audit log: what people and tokens changed.

import type { components } from '../generated/openapi.d.ts';
import { formatInstant, type Instant } from './time.ts';

/** What stood there, as far as it was changed: plain values by name. */
export type AuditFacts = Readonly<Record<string, string | number | boolean | null>>;

/** One change by a person or a token. */
export interface AuditEntry {
  readonly at: Instant;
  /** The token's name, or the name that the person gave. */
  readonly by: string;
  /** What was done, a stable word such as `acknowledge` or `topology`. */
  readonly action: string;
  /** What it was done to: an incident's id, a delivery's, a change's; null when there is only one. */
  readonly target: string | null;
  /** Null when there was nothing before, or nothing is there now. */
  readonly before: AuditFacts | null;
  readonly after: AuditFacts | null;
  readonly comment: string | null;
}

/** The JSON of an audit entry, as `openapi/winnow.yaml` describes it. */
export type AuditEntryDocument = components['schemas']['AuditEntry'];

/** Writes an audit entry as JSON. */
export function auditDocument({ at, by, action, target, before, after, comment }: AuditEntry): AuditEntryDocument {
  return { at: formatInstant(at), by, action, target, before: before === null ? null : { ...before }, after: after === null ? null : { ...after }, comment };
}
