// How an alert that could not be understood is written as JSON.

import type { components } from '../generated/openapi.d.ts';
import { formatInstant, type Instant } from './time.ts';

/** The JSON of a malformed alert, as `openapi/winnow.yaml` describes it. */
export type FailureDocument = components['schemas']['Failure'];

/** A malformed alert as it is kept: where it is wrong, why, and its JSON text. */
export interface KeptFailure {
  readonly at: Instant;
  readonly pointer: string;
  readonly detail: string;
  readonly raw: string;
}

/** Writes a malformed alert as JSON. */
export function failureDocument({ at, pointer, detail, raw }: KeptFailure): FailureDocument {
  return { at: formatInstant(at), pointer, detail, raw };
}
