// What the shard's owner needs of the store.

import type { EventResult } from '../correlate/person.ts';
import type { Changes, StateRecords } from '../correlate/state.ts';
import type { AlertDocument } from '../model/alert.ts';
import type { Milliseconds } from '../model/time.ts';

/** The right to write a shard's state, until it is lost or given back. */
export interface Lease {
  /** Grows with every change of owner; a commit under an older one is refused. */
  readonly fence: number;
}

/** What the state was loaded as. */
export interface LoadedShard {
  readonly records: StateRecords;
  readonly version: number;
  /** The ids of batches that were committed lately, and what they answered. */
  readonly handled: ReadonlyMap<string, readonly (EventResult | null)[]>;
}

/** One atomic commit. */
export interface Commit {
  readonly lease: Lease;
  /** The version that the changes were computed from; the commit makes the next one. */
  readonly version: number;
  readonly changes: Changes;
  /** The batch that is thereby handled; null for timers. */
  readonly batch: { readonly id: string; readonly results: readonly (EventResult | null)[] } | null;
  /** What the batch brought, as lines of a recording; none when nothing is recorded. */
  readonly recorded: readonly string[];
}

/** The state of one shard, durable. */
export interface ShardStore {
  /** Takes the lease if nobody holds it; null when somebody does. */
  acquire(holder: string, length: Milliseconds): Promise<Lease | null>;
  /**
   * Extends the lease. One that ran out is taken up again when nobody else has had it since: then
   * nothing was committed by another, and what is in memory still holds. False when somebody has.
   */
  renew(holder: string, lease: Lease, length: Milliseconds): Promise<boolean>;
  /** Says that the holder of the lease has loaded the state and decides from now on. */
  announce(lease: Lease): Promise<void>;
  /** Gives the lease back, if it is still the holder's. */
  release(holder: string): Promise<void>;
  load(): Promise<LoadedShard>;
  /** What alerts say, by fingerprint, as committed; one that is not known is left out. */
  documents(fingerprints: readonly string[]): Promise<ReadonlyMap<string, AlertDocument>>;
  /**
   * Commits everything or nothing. Throws `CommitRefused` when another owner has moved on; after any
   * other error the outcome is unknown, and only loading tells.
   */
  commit(commit: Commit): Promise<void>;
}

/** Another owner has moved on: this one's state is out of date. */
export class CommitRefused extends Error {
  override readonly name = 'CommitRefused';
}
