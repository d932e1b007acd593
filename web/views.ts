// Fetches what a view shows, and makes its HTML.

import type { Delivery, Incident, Ledger, Page, Suppression, TimelineEntry } from './api.ts';
import type { Client } from './client.ts';
import { type Filter, NO_FILTER, queryOf } from './filter.ts';
import type { Html } from './html.ts';
import { incidentListHtml } from './incident-list.ts';
import { worstFirst } from './incident-order.ts';
import { incidentPageHtml } from './incident-page.ts';
import { type Counts, countsOf } from './summary.ts';
import { suppressionListHtml } from './suppression-list.ts';

/** How many incidents that are not over are looked at, and how many of a list that goes back come at a time. */
const MOST = 1000;
const AT_A_TIME = 50;
/** How many pages are looked through for one that is not empty. */
const MOST_EMPTY = 20;

/** What a person has asked to see of a view. */
export interface Asked {
  /** How many portions of a list that goes back. */
  readonly portions: number;
  /** What is to be shown whole. */
  readonly whole: ReadonlySet<string>;
  /** Whether it is asked who acts. */
  readonly asksWho: boolean;
}

/** Counts of what is not over, and the ledger. */
export async function loadSummary(client: Client): Promise<{ readonly counts: Counts; readonly ledger: Ledger }> {
  const [{ items, more }, ledger] = await Promise.all([incidentsLike(client, NO_FILTER, MOST), client.get<Ledger>('api/v1/ledger')]);
  return { counts: countsOf(items, more), ledger };
}

/** The list of incidents: what is not over whole and the worst first, what is resolved newest first in portions. */
export async function loadIncidents(client: Client, filter: Filter, { portions }: Asked): Promise<Html> {
  const back = filter.status.includes('resolved');
  const { items, more } = await incidentsLike(client, filter, back ? portions * AT_A_TIME : MOST);
  return incidentListHtml({ filter, incidents: back ? items : worstFirst(items), more, now: Date.now() });
}

/** The page of one incident, and its title. */
export async function loadIncident(client: Client, id: string, { whole, asksWho }: Asked): Promise<{ readonly page: Html; readonly incident: Incident }> {
  const path = `api/v1/incidents/${encodeURIComponent(id)}`;
  const [incident, { items: timeline }, { items: deliveries }] = await Promise.all([
    client.get<Incident>(path),
    client.get<{ readonly items: readonly TimelineEntry[] }>(`${path}/timeline`),
    client.get<Page<Delivery>>(`api/v1/deliveries?${new URLSearchParams({ incident: id, limit: '100' })}`),
  ]);
  return { incident, page: incidentPageHtml({ incident, timeline, deliveries, whole, asksWho, now: Date.now() }) };
}

/** What is held back. */
export async function loadSuppressions(client: Client, { portions }: Asked): Promise<Html> {
  const { items, more } = await listed<Suppression>(client, 'api/v1/suppressions', new URLSearchParams(), portions * AT_A_TIME);
  return suppressionListHtml(items, more, Date.now());
}

function incidentsLike(client: Client, filter: Filter, most: number) {
  const query = queryOf(filter);
  query.set('alerts', '0');
  return listed<Incident>(client, 'api/v1/incidents', query, most);
}

/** The first records of a list, across as many of its pages as that takes. */
async function listed<T>(
  client: Client,
  path: string,
  query: URLSearchParams,
  most: number,
): Promise<{ readonly items: readonly T[]; readonly more: boolean }> {
  const items: T[] = [];
  let cursor: string | null = null;
  for (let empty = 0; empty < MOST_EMPTY; ) {
    const asked = new URLSearchParams(query);
    asked.set('limit', String(Math.min(500, most - items.length)));
    if (cursor !== null) asked.set('cursor', cursor);
    const page: Page<T> = await client.get<Page<T>>(`${path}?${asked}`);
    items.push(...page.items);
    if (page.items.length === 0) empty += 1;
    cursor = page.nextCursor;
    if (cursor === null || items.length >= most) break;
  }
  return { items, more: cursor !== null };
}
