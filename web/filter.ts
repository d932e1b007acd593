// Decides which incidents are asked for, and how a choice is written into the address.

import type { Domain, IncidentStatus, Severity } from './api.ts';

/** The values that can be chosen, in the order in which they are offered. */
export const STATUSES: readonly IncidentStatus[] = ['open', 'acknowledged', 'resolved'];
export const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info'];
export const DOMAINS: readonly Domain[] = ['infra', 'data', 'model', 'application', 'business', 'unknown'];

/** What incidents have to be like; an empty list asks for nothing, but for the status: then for what is not over. */
export interface Filter {
  readonly status: readonly IncidentStatus[];
  readonly severity: readonly Severity[];
  readonly domain: readonly Domain[];
  /** As they were typed, such as `service="ranker"`. */
  readonly matcher: readonly string[];
}

/** Asks for all that is not over. */
export const NO_FILTER: Filter = { status: [], severity: [], domain: [], matcher: [] };

/** Reads a filter from an address; what is not known is passed over. */
export function filterOf(params: URLSearchParams): Filter {
  return {
    status: STATUSES.filter((each) => params.getAll('status').includes(each)),
    severity: SEVERITIES.filter((each) => params.getAll('severity').includes(each)),
    domain: DOMAINS.filter((each) => params.getAll('domain').includes(each)),
    matcher: [...new Set(params.getAll('matcher').map((each) => each.trim()))].filter((each) => each !== ''),
  };
}

/** The address of a list that is filtered so, for `href`. */
export function filterHref(filter: Filter): string {
  const query = paramsOf(filter).toString();
  return query === '' ? '#/' : `#/?${query}`;
}

/** The filter as parameters of `GET /api/v1/incidents`. */
export function queryOf(filter: Filter): URLSearchParams {
  return paramsOf(filter.status.length === 0 ? { ...filter, status: ['open', 'acknowledged'] } : filter);
}

/** Whether nothing but what is not over is asked for. */
export function asksForAll({ status, severity, domain, matcher }: Filter): boolean {
  return status.length + severity.length + domain.length + matcher.length === 0;
}

/** The list with the value taken out where it is in, and put in where it is not. */
export function toggled<T>(list: readonly T[], value: T): readonly T[] {
  return list.includes(value) ? list.filter((each) => each !== value) : [...list, value];
}

function paramsOf({ status, severity, domain, matcher }: Filter): URLSearchParams {
  const given = { status, severity, domain, matcher };
  return new URLSearchParams(Object.entries(given).flatMap(([name, values]) => values.map((value): [string, string] => [name, value])));
}
