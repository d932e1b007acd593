// An alert as it looks for its incident.

import type { Domain } from '../model/severity.ts';
import type { Instant, Milliseconds } from '../model/time.ts';
import type { CarriedLabel } from './label-values.ts';

/** What is known of an alert when it looks for its incident. */
export interface Arrival {
  readonly entity: string | null;
  readonly rule: string;
  readonly domain: Domain;
  /** Whether it is about something that changes slowly, such as drift or revenue. */
  readonly slow: boolean;
  /** When it began: its start, or event time when that is later. */
  readonly at: Instant;
  /** The time resolution of its rule; 0 when that is not known. */
  readonly resolution: Milliseconds;
  /** How often it comes anyway, per millisecond. */
  readonly rate: number;
  /** What it carries that others may share, the rarest first. */
  readonly labels: readonly CarriedLabel[];
  /** The end of its latest episode, null before the first, and how long that lasted. */
  readonly endedAt: Instant | null;
  readonly lasted: Milliseconds;
}
