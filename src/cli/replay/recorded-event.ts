// One line of a recording: what came in, and when.

import type { Deed, EngineEvent } from '../../correlate/event.ts';
import { changeOf } from '../../model/change-document.ts';
import { type SilenceRequest, silenceOf } from '../../model/silence-document.ts';
import { formatInstant, type Instant, parseTimestamp } from '../../model/time.ts';
import { readWebhook } from '../../receivers/webhook-body.ts';

/** A line that cannot be read; `message` says what is wrong and what is allowed. */
export interface UnreadableLine {
  readonly kind: 'unreadable';
  readonly message: string;
}

const SOURCES = 'alertmanager, grafana, change, action, silence, topology, config or upstream';

/** Reads a line of a recording. */
export function readRecordedEvent(line: string): EngineEvent | UnreadableLine {
  let recorded: unknown;
  try {
    recorded = JSON.parse(line);
  } catch {
    return unreadable('is not JSON');
  }
  if (!isObject(recorded)) return unreadable('is not an object with receivedAt, source and body');
  const { receivedAt: text, source, body } = recorded as { receivedAt?: unknown; source?: unknown; body?: unknown };
  const receivedAt = typeof text === 'string' ? parseTimestamp(text)?.ms : undefined;
  if (receivedAt === undefined) return unreadable('/receivedAt must be a time in RFC 3339');
  switch (source) {
    case 'alertmanager':
    case 'grafana': {
      const webhook = readWebhook(body, { source, receivedAt });
      return webhook.kind === 'webhook' ? webhook : unreadable(`/body${webhook.pointer} ${webhook.detail}`);
    }
    case 'change':
      return readChange(body, receivedAt);
    case 'action':
      return readAction(body, receivedAt);
    case 'topology':
      return readTopology(body, receivedAt);
    case 'silence':
      return readSilence(body, receivedAt);
    case 'config':
      return readReload(body, receivedAt);
    case 'upstream':
      return readUpstream(body, receivedAt);
    default:
      return unreadable(`/source must be ${SOURCES}`);
  }
}

function readChange(body: unknown, receivedAt: Instant): EngineEvent | UnreadableLine {
  if (!isObject(body)) return unreadable('/body must be a change');
  const { id, entity, summary, kind, at, link } = body;
  if (typeof entity !== 'string' || !entity.includes('/')) return unreadable('/body/entity must be a text of the form kind/name');
  if (typeof summary !== 'string' || typeof kind !== 'string') return unreadable('/body/summary and /body/kind must be texts');
  const change = changeOf({
    entity,
    summary,
    kind,
    at: typeof at === 'string' ? at : formatInstant(receivedAt),
    ...(typeof id === 'string' && id !== '' ? { id } : {}),
    ...(typeof link === 'string' ? { link } : {}),
  });
  return change === null ? unreadable('/body/at must be a time in RFC 3339') : { kind: 'change', receivedAt, change };
}

function readAction(body: unknown, receivedAt: Instant): EngineEvent | UnreadableLine {
  if (!isObject(body)) return unreadable('/body must be an action');
  const { incidentId, fingerprints, by, comment, idempotencyKey } = body;
  const deed = readDeed(body);
  if (typeof deed === 'string') return unreadable(deed);
  const found = Array.isArray(fingerprints) ? fingerprints.filter((f): f is string => typeof f === 'string') : [];
  if (typeof incidentId !== 'string' && found.length === 0) return unreadable('/body must name an incidentId or fingerprints');
  return {
    kind: 'action',
    receivedAt,
    ...deed,
    incidentId: typeof incidentId === 'string' ? incidentId : null,
    fingerprints: found,
    by: typeof by === 'string' ? by : 'anonymous',
    comment: typeof comment === 'string' ? comment : null,
    ...(typeof idempotencyKey === 'string' && idempotencyKey !== '' ? { key: idempotencyKey } : {}),
  };
}

function readDeed({ action, until, into, entity, correct }: Readonly<Record<string, unknown>>): Deed | string {
  switch (action) {
    case 'acknowledge':
    case 'resolve':
    case 'split':
      return { action };
    case 'snooze': {
      const at = typeof until === 'string' ? parseTimestamp(until)?.ms : undefined;
      return at === undefined ? '/body/until must be a time in RFC 3339' : { action, until: at };
    }
    case 'merge':
      return typeof into === 'string' ? { action, into } : '/body/into must be the id of an incident';
    case 'feedback':
      if (typeof entity !== 'string' || !entity.includes('/')) return '/body/entity must be a text of the form kind/name';
      return typeof correct === 'boolean' ? { action, entity, correct } : '/body/correct must be true or false';
    default:
      return '/body/action must be acknowledge, resolve, snooze, merge, split or feedback';
  }
}

/** What is posted to make a silence, or `{action: expire, id, by?}`. Without an id it gets one made of all that it says. */
function readSilence(body: unknown, receivedAt: Instant): EngineEvent | UnreadableLine {
  if (!isObject(body)) return unreadable('/body must be a silence');
  const { id, matchers, startsAt, endsAt, createdBy, comment, action, by } = body;
  if (action === 'expire') {
    if (typeof id !== 'string') return unreadable('/body/id must be that of a silence');
    return { kind: 'silence-end', receivedAt, id, by: typeof by === 'string' ? by : 'anonymous' };
  }
  if (!Array.isArray(matchers)) return unreadable('/body/matchers must be a list');
  if (typeof endsAt !== 'string') return unreadable('/body/endsAt must be a time in RFC 3339');
  if (typeof createdBy !== 'string' || typeof comment !== 'string') return unreadable('/body/createdBy and /body/comment must be texts');
  const given = { matchers: matchers as SilenceRequest['matchers'], endsAt, createdBy, comment, ...(typeof startsAt === 'string' ? { startsAt } : {}) };
  const silence = silenceOf(given, { now: receivedAt, id: typeof id === 'string' && id !== '' ? id : null });
  return 'fault' in silence ? unreadable(`/body${silence.fault.pointer} ${silence.fault.detail}`) : { kind: 'silence', receivedAt, silence, matched: [] };
}

function readTopology(body: unknown, receivedAt: Instant): EngineEvent | UnreadableLine {
  const edges = isObject(body) ? body['edges'] : undefined;
  if (!Array.isArray(edges)) return unreadable('/body/edges must be an array');
  const read = edges.map((edge: unknown) =>
    isObject(edge) && typeof edge['from'] === 'string' && typeof edge['to'] === 'string'
      ? { from: edge['from'], to: edge['to'], origin: 'put' as const }
      : null,
  );
  const bad = read.indexOf(null);
  if (bad !== -1) return unreadable(`/body/edges/${bad} must have from and to of the form kind/name`);
  return { kind: 'topology', receivedAt, edges: read.filter((edge) => edge !== null) };
}

/** That another configuration came into force. A replay has its own throughout, and decides nothing by it. */
function readReload(body: unknown, receivedAt: Instant): EngineEvent | UnreadableLine {
  if (!isObject(body)) return unreadable('/body must be an object');
  const text = (name: string, otherwise: string) => (typeof body[name] === 'string' ? body[name] : otherwise);
  return { kind: 'config', receivedAt, by: text('by', 'anonymous'), before: text('before', ''), after: text('after', '') };
}

/** Which alerts an Alertmanager has no longer, and which it still has, by fingerprint. */
function readUpstream(body: unknown, receivedAt: Instant): EngineEvent | UnreadableLine {
  if (!isObject(body)) return unreadable('/body must have gone or heard');
  const { gone = [], heard = [] } = body;
  if (!isTexts(gone)) return unreadable('/body/gone must be an array of fingerprints');
  if (!isTexts(heard)) return unreadable('/body/heard must be an array of fingerprints');
  return { kind: 'upstream', receivedAt, gone, heard, silenced: [], inhibited: [] };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreadable(message: string): UnreadableLine {
  return { kind: 'unreadable', message };
}
