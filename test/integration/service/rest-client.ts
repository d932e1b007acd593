// Asks a running service over HTTP what it has decided.

import type { components } from '../../../src/generated/openapi.d.ts';
import { until } from './until.ts';

type Schemas = components['schemas'];

/** Documents as `openapi/winnow.yaml` describes them. */
export type IncidentAnswer = Schemas['Incident'];
export type LedgerAnswer = Schemas['Ledger'];
export type DeliveryAnswer = Schemas['Delivery'];

/** An answer that was not what was asked for. */
export class RefusedRequest extends Error {
  override readonly name = 'RefusedRequest';
  readonly status: number;
  /** The problem document's `code`. */
  readonly code: string;

  constructor(status: number, code: string, text: string) {
    super(`answered ${status}: ${text}`);
    this.status = status;
    this.code = code;
  }
}

/** Sends a request and answers its JSON; throws `RefusedRequest` for a status of 400 or more. */
export async function ask<T>(url: string, path: string, { method = 'GET', body }: { readonly method?: string; readonly body?: unknown } = {}): Promise<T> {
  const content = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(`${url}${path}`, { method, ...content });
  const text = await response.text();
  if (response.status >= 400) throw new RefusedRequest(response.status, /"code":"([^"]+)"/.exec(text)?.[1] ?? '', text);
  return JSON.parse(text) as T;
}

/** All incidents, the oldest first, each with all of its alerts. */
export async function incidentsOf(url: string): Promise<IncidentAnswer[]> {
  const found: IncidentAnswer[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { items: IncidentAnswer[]; nextCursor: string | null } = await ask(
      url,
      `/api/v1/incidents?limit=100${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    found.push(...page.items);
    cursor = page.nextCursor;
  }
  return Promise.all(found.reverse().map(({ id }) => ask<IncidentAnswer>(url, `/api/v1/incidents/${id}`)));
}

/** What the first alert of each incident is about, by name. */
export function openersOf(incidents: readonly IncidentAnswer[]): string[] {
  return incidents.map(({ alerts }) => alerts[0]?.entity ?? '').sort();
}

/** The ledger. */
export function ledgerOf(url: string): Promise<LedgerAnswer> {
  return ask(url, '/api/v1/ledger');
}

/** Whether the accounts add up to what was received. */
export function addsUp({ received, notified, pending, suppressed, duplicate, failed, suppressedByReason }: LedgerAnswer): boolean {
  const reasons = Object.values(suppressedByReason).reduce((sum, count) => sum + count, 0);
  return received === notified + pending + suppressed + duplicate + failed && suppressed === reasons;
}

/** The ledger once `received` alerts are in it and none of them is pending. */
export function settledLedger(url: string, received: number, within?: number): Promise<LedgerAnswer> {
  return until(
    `a ledger of ${received} alerts with none pending`,
    async () => {
      const ledger = await ledgerOf(url);
      if (ledger.received === received && ledger.pending === 0) return ledger;
      throw new Error(JSON.stringify(ledger));
    },
    within,
  );
}
