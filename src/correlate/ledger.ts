// The ledger: every received alert is in exactly one account, and the accounts add up.

import type { SuppressionReason } from '../model/evidence.ts';

/** The accounts that a received alert can be in. */
export interface Totals {
  readonly received: number;
  readonly notified: number;
  readonly pending: number;
  readonly duplicate: number;
  readonly failed: number;
  readonly suppressedByReason: ReadonlyMap<SuppressionReason, number>;
}

/** An empty ledger. */
export const EMPTY_TOTALS: Totals = { received: 0, notified: 0, pending: 0, duplicate: 0, failed: 0, suppressedByReason: new Map() };

/** The accounts that an alert leaves or enters by a decision. */
export type Account = 'notified' | 'pending' | 'duplicate' | 'failed' | { readonly suppressed: SuppressionReason };

/** A ledger that bookings are made in; every booking keeps the sum, except that of what is received. */
export class Ledger {
  #totals: { -readonly [K in keyof Omit<Totals, 'suppressedByReason'>]: number };
  #suppressed: ReadonlyMap<SuppressionReason, number>;

  constructor(totals: Totals) {
    const { suppressedByReason, ...counts } = totals;
    this.#totals = { ...counts };
    this.#suppressed = suppressedByReason;
  }

  /** Books newly received alerts into an account. */
  receive(count: number, account: Account): void {
    this.#totals.received += count;
    this.#add(account, count);
  }

  /** Moves alerts from one account to another. */
  move(count: number, from: Account, to: Account): void {
    if (count === 0) return;
    this.#add(from, -count);
    this.#add(to, count);
  }

  /** The ledger as it now stands. */
  totals(): Totals {
    return { ...this.#totals, suppressedByReason: this.#suppressed };
  }

  #add(account: Account, count: number): void {
    if (typeof account === 'string') {
      this.#totals[account] += count;
      return;
    }
    const suppressed = new Map(this.#suppressed);
    suppressed.set(account.suppressed, (suppressed.get(account.suppressed) ?? 0) + count);
    this.#suppressed = suppressed;
  }
}

/** How many alerts are in the account `suppressed`, all reasons together. */
export function suppressedIn(totals: Totals): number {
  let sum = 0;
  for (const count of totals.suppressedByReason.values()) sum += count;
  return sum;
}

/** Whether the accounts add up to what was received. */
export function balances(totals: Totals): boolean {
  return totals.received === totals.notified + totals.pending + suppressedIn(totals) + totals.duplicate + totals.failed;
}
