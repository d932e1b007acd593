// A stand-in for PagerDuty's Events API v2.

import { type Answer, type Failure, type ReceivedRequest, startScriptedServer } from './scripted-server.ts';

/** An incident as it stands under a routing key and a `dedup_key`. */
export interface StandInIncident {
  readonly routingKey: string;
  readonly dedupKey: string;
  status: 'open' | 'acknowledged' | 'resolved';
  /** The payload of the latest trigger. */
  payload: Readonly<Record<string, unknown>>;
  /** How many triggers it had. */
  triggers: number;
}

/** A running stand-in. */
export interface PagerDutyStandIn {
  /** The URL that events are posted to. */
  readonly url: string;
  /** Oldest first; a trigger after a resolve opens another one. */
  readonly incidents: readonly StandInIncident[];
  /** The change events that were taken, oldest first. */
  readonly changes: readonly Readonly<Record<string, unknown>>[];
  /** Every event, oldest first, refused ones included; null for a body that is not JSON. */
  readonly calls: readonly { readonly event: Readonly<Record<string, unknown>> | null; readonly request: ReceivedRequest }[];
  failNext(failure: Failure, times?: number): void;
  recover(): void;
  close(): Promise<void>;
}

type Json = Readonly<Record<string, unknown>>;

const MAX_BODY = 512 * 1024;
const SEVERITIES = ['critical', 'error', 'warning', 'info'];

/** Starts the stand-in. */
export async function startPagerDuty({ port = 0 }: { readonly port?: number } = {}): Promise<PagerDutyStandIn> {
  const incidents: StandInIncident[] = [];
  const changes: Json[] = [];

  const apply = (event: Json, dedupKey: string): void => {
    const routingKey = String(event['routing_key']);
    const standing = incidents.find((incident) => incident.routingKey === routingKey && incident.dedupKey === dedupKey && incident.status !== 'resolved');
    if (event['event_action'] === 'trigger') {
      const payload = event['payload'] as Json;
      if (standing === undefined) incidents.push({ routingKey, dedupKey, status: 'open', payload, triggers: 1 });
      else Object.assign(standing, { payload, triggers: standing.triggers + 1 });
    } else if (standing !== undefined) {
      standing.status = event['event_action'] === 'resolve' ? 'resolved' : 'acknowledged';
    }
  };

  const answer = (request: ReceivedRequest): Answer => {
    const isChange = request.path === '/v2/change/enqueue';
    if (request.method !== 'POST' || !(isChange || request.path === '/v2/enqueue')) return { status: 404, body: '' };
    if (Buffer.byteLength(request.body) > MAX_BODY) return { status: 413, body: '' };
    const event = parsed(request);
    const faults = event === null ? ['body is not a JSON object'] : isChange ? faultsOfChange(event) : faultsOf(event);
    if (event === null || faults.length > 0) return { status: 400, body: { status: 'invalid event', message: 'Event object is invalid', errors: faults } };
    if (isChange) {
      changes.push(event);
      return { status: 202, body: { status: 'success', message: 'Change event processed' } };
    }
    const dedupKey = typeof event['dedup_key'] === 'string' ? event['dedup_key'] : `made-up-${incidents.length}`;
    apply(event, dedupKey);
    return { status: 202, body: { status: 'success', message: 'Event processed', dedup_key: dedupKey } };
  };

  const server = await startScriptedServer(answer, port);
  return {
    url: `${server.origin}/v2/enqueue`,
    incidents,
    changes,
    get calls() {
      return server.calls.map((request) => ({ event: parsed(request), request }));
    },
    failNext: server.failNext,
    recover: server.recover,
    close: server.close,
  };
}

function parsed({ body }: ReceivedRequest): Json | null {
  try {
    const event: unknown = JSON.parse(body);
    return typeof event === 'object' && event !== null ? (event as Json) : null;
  } catch {
    return null;
  }
}

function faultsOf(event: Json): string[] {
  const faults: string[] = [];
  const { routing_key: routingKey, event_action: action, dedup_key: dedupKey } = event;
  if (typeof routingKey !== 'string' || routingKey.length !== 32) faults.push("Length of 'routing_key' is incorrect (should be 32 characters)");
  if (!['trigger', 'acknowledge', 'resolve'].includes(String(action))) faults.push("'event_action' is invalid");
  if (action !== 'trigger' && dedupKey === undefined) faults.push("'dedup_key' is missing or blank");
  if (dedupKey !== undefined && !isText(dedupKey, 255)) faults.push("'dedup_key' is invalid");
  if (action === 'trigger') faults.push(...faultsOfPayload(event['payload']));
  if (event['links'] !== undefined && !(Array.isArray(event['links']) && event['links'].every((link) => isText(link?.href, 2048))))
    faults.push("'links' is invalid");
  return faults;
}

function faultsOfChange(event: Json): string[] {
  const payload = event['payload'] as Json | undefined;
  const { routing_key: routingKey } = event;
  return [
    ...(typeof routingKey === 'string' && routingKey.length === 32 ? [] : ["Length of 'routing_key' is incorrect (should be 32 characters)"]),
    ...(isText(payload?.['summary'], 1024) ? [] : ["'payload.summary' is missing or too long"]),
  ];
}

function faultsOfPayload(payload: unknown): string[] {
  if (typeof payload !== 'object' || payload === null) return ["'payload' is missing or blank"];
  const { summary, source, severity, timestamp, component, group, class: kind } = payload as Json;
  const faults: string[] = [];
  if (!isText(summary, 1024)) faults.push("'payload.summary' is missing or too long");
  if (!isText(source, 1024)) faults.push("'payload.source' is missing or blank");
  if (!SEVERITIES.includes(String(severity)))
    faults.push("'payload.severity' is invalid (must be one of the following: 'critical', 'warning', 'error' or 'info')");
  if (timestamp !== undefined && (typeof timestamp !== 'string' || Number.isNaN(Date.parse(timestamp)))) faults.push("'payload.timestamp' is invalid");
  for (const [name, value] of Object.entries({ component, group, class: kind })) {
    if (value !== undefined && !isText(value, 1024)) faults.push(`'payload.${name}' is invalid`);
  }
  return faults;
}

function isText(value: unknown, limit: number): boolean {
  return typeof value === 'string' && value.trim() !== '' && Array.from(value).length <= limit;
}
