// Asks an Alertmanager which alerts it has, and how long it runs.

import type { Upstream } from '../../config/config.ts';
import { type Instant, type Milliseconds, parseTimestamp } from '../../model/time.ts';
import { isJsonObject } from '../json-object.ts';
import { type ListedAlert, readListedAlerts } from './listed-alerts.ts';

/** What it answered. */
export interface UpstreamAnswer {
  readonly listed: ReadonlyMap<string, ListedAlert>;
  readonly uptime: Milliseconds;
}

/** Asks; rejects with what failed, without secrets. */
export async function askUpstream(upstream: Upstream, now: Instant, timeout: Milliseconds): Promise<UpstreamAnswer> {
  const { receiver } = upstream;
  const of = receiver === null ? '' : `?receiver=${encodeURIComponent(`^(?:${receiver.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')})$`)}`;
  const [status, alerts] = await Promise.all([get(upstream, '/api/v2/status', timeout), get(upstream, `/api/v2/alerts${of}`, timeout)]);
  const started = isJsonObject(status) && typeof status['uptime'] === 'string' ? parseTimestamp(status['uptime']) : null;
  const listed = readListedAlerts(alerts, now);
  if (started === null || listed === null) throw new Error(`${upstream.url} does not answer as an Alertmanager does`);
  return { listed, uptime: now - started.ms };
}

async function get({ url, basic, authorization }: Upstream, path: string, timeout: Milliseconds): Promise<unknown> {
  const credentials =
    basic !== null
      ? `Basic ${Buffer.from(`${basic.username}:${basic.password.reveal()}`).toString('base64')}`
      : authorization === null
        ? null
        : `${authorization.scheme} ${authorization.credentials.reveal()}`;
  const headers = { accept: 'application/json', 'user-agent': 'winnow', ...(credentials === null ? {} : { authorization: credentials }) };
  const response = await fetch(`${url}${path}`, { headers, redirect: 'manual', signal: AbortSignal.timeout(timeout) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}
