// A message about several alerts or incidents at once: what was held back but deserves to be known, or a storm.

import type { Destination, SentReference } from './delivery.ts';
import type { SuppressionReason } from './evidence.ts';
import type { Severity } from './severity.ts';
import type { Instant } from './time.ts';

/** What sort of bulletin: what was held back and ended, or what goes on in a storm. */
export type BulletinKind = 'digest' | 'storm';

/** What a bulletin says of one alert, or of those of a rule that there is no room to name. */
export interface BulletinEntry {
  /** Empty for the alerts of a rule that are counted and not named. */
  readonly fingerprint: string;
  readonly rule: string;
  readonly entity: string | null;
  readonly severity: Severity;
  readonly reason: SuppressionReason;
  /** The incidents that it was held back in, the latest last, at most 20. */
  readonly incidentIds: readonly string[];
  /** How often it was held back since the bulletin before, or since the storm began. */
  readonly count: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  /** Why, in the words of the latest of them. */
  readonly because: string;
  /** How an alert of a storm went on; left out while it is held back, and in a digest, where all have ended. */
  readonly outcome?: 'ended' | 'told';
}

/** A bulletin handed to a sender. */
export interface BulletinInFlight {
  readonly seq: number;
  readonly at: Instant;
  /** What it says. */
  readonly entries: readonly BulletinEntry[];
  readonly more: number;
  /** Whether it says that a storm is over. */
  readonly over: boolean;
  /** The message that it changes; empty for a new one. */
  readonly reference: SentReference;
}

/**
 * The bulletin of one destination. There is one record for each kind and destination. A digest says what came since
 * the one before; what comes while it is under way is told in the next. A storm's message says everything since the
 * storm began, and is changed as it grows; the next storm is told in a new one.
 */
export interface Bulletin {
  /** `digest~DESTINATION` or `storm~DESTINATION`. */
  readonly id: string;
  readonly destination: Destination;
  /** The receivers that lead there, sorted. */
  readonly receivers: readonly string[];
  readonly createdAt: Instant;
  /** What is to be said, and how many alerts more there are without room. */
  readonly entries: readonly BulletinEntry[];
  readonly more: number;
  /** Whether a storm's message has grown since it was last handed over; false in a digest. */
  readonly unsaid: boolean;
  /** When it is sent, or a storm's is looked at again; null when there is nothing to say. */
  readonly due: Instant | null;
  readonly inFlight: BulletinInFlight | null;
  /** How many were handed over so far. */
  readonly seq: number;
  /** The storm's message that stands there; empty before the first, and for a digest. */
  readonly reference: SentReference;
  /** When one was last sent; null when none was. */
  readonly sentAt: Instant | null;
  /** Why the last one was given up on; null when it was not. */
  readonly lastError: string | null;
}

/** The sort of bulletin that an id names; null when it names a delivery of one incident. */
export function bulletinKind(id: string): BulletinKind | null {
  return id.startsWith('digest~') ? 'digest' : id.startsWith('storm~') ? 'storm' : null;
}

/** Whether a message handed to a sender is a bulletin, by its id, and not about one incident. */
export function isBulletin(id: string): boolean {
  return bulletinKind(id) !== null;
}
