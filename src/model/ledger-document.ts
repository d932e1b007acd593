// How the ledger is written as JSON, for the API and for `winnow replay` alike.

import type { components } from '../generated/openapi.d.ts';
import { compareText } from './labels.ts';

/** The JSON of the ledger, as `openapi/winnow.yaml` describes it. */
export type LedgerDocument = components['schemas']['Ledger'];

/** The accounts as the engine keeps them: received alerts are in exactly one of them. */
export interface LedgerAccounts {
  readonly received: number;
  readonly notified: number;
  readonly pending: number;
  readonly duplicate: number;
  readonly failed: number;
  readonly suppressedByReason: ReadonlyMap<string, number>;
}

/** Writes the ledger as JSON; reasons come by name, without those that no alert is under. */
export function ledgerDocument({ received, notified, pending, duplicate, failed, suppressedByReason }: LedgerAccounts): LedgerDocument {
  const reasons = [...suppressedByReason].filter(([, count]) => count !== 0).sort(([a], [b]) => compareText(a, b));
  const suppressed = reasons.reduce((sum, [, count]) => sum + count, 0);
  return { received, notified, pending, suppressed, duplicate, failed, suppressedByReason: Object.fromEntries(reasons) };
}
