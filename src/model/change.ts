// Changes: what people and pipelines did to the system, for a root-cause hint to name.

import type { Instant } from './time.ts';

/** A deployment, a model promotion, a migration: something that was changed on an entity. */
export interface Change {
  readonly id: string;
  /** `kind/name`. */
  readonly entity: string;
  readonly summary: string;
  /** Free text such as `deployment` or `model-promotion`. */
  readonly kind: string;
  readonly at: Instant;
  readonly link: string | null;
}
