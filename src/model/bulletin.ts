// A message about several alerts or incidents at once: what was held back but deserves to be known, or a storm.

import type { Destination, SentReference } from './delivery.ts';
import type { SuppressionReason } from './evidence.ts';
import type { Severity } from './severity.ts';
import type { Instant } from './time.ts';

/** What a bulletin says of one alert. */
export interface BulletinEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly entity: string | null;
  readonly severity: Severity;
  readonly reason: SuppressionReason;
  /** The incidents that it was held back in, the latest last, at most 20. */
  readonly incidentIds: readonly string[];
  /** How often it was held back since the bulletin before. */
  readonly count: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  /** Why, in the words of the latest of them. */
  readonly because: string;
}

/** A bulletin handed to a sender. */
export interface BulletinInFlight {
  readonly seq: number;
  readonly at: Instant;
  /** What it says. */
  readonly entries: readonly BulletinEntry[];
  readonly more: number;
}

/**
 * The bulletin of one destination. There is one record for each kind and destination; what comes while a message is
 * under way is told in the next.
 */
export interface Bulletin {
  /** `digest~DESTINATION` or `storm~DESTINATION`. */
  readonly id: string;
  readonly destination: Destination;
  /** The receivers that lead there, sorted. */
  readonly receivers: readonly string[];
  /** What has yet to be said, at most `MOST_ENTRIES`, and how much more there is without room. */
  readonly entries: readonly BulletinEntry[];
  readonly more: number;
  /** When it is sent; null when there is nothing to say. */
  readonly due: Instant | null;
  readonly inFlight: BulletinInFlight | null;
  /** How many were handed over so far. */
  readonly seq: number;
  readonly reference: SentReference;
  /** Why the last one was given up on; null when it was not. */
  readonly lastError: string | null;
}

/** Whether a message handed to a sender is a bulletin, by its id, and not about one incident. */
export function isBulletin(id: string): boolean {
  return id.startsWith('digest~') || id.startsWith('storm~');
}
