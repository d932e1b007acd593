// The records as committed, for the API: read from Redis, in any process.

import type { Redis } from 'ioredis';
import type { Listed, ListRange, ReadModel } from '../api/read-model.ts';
import { ServiceUnavailable } from '../api/service-unavailable.ts';
import { EMPTY_TOTALS, type Totals } from '../correlate/ledger.ts';
import type { FailedAlert } from '../correlate/state.ts';
import type { Member, MemberState } from '../model/alert.ts';
import type { AuditEntry } from '../model/audit.ts';
import { type Bulletin, isBulletin } from '../model/bulletin.ts';
import type { Change } from '../model/change.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Suppression } from '../model/evidence.ts';
import type { IncidentEvent } from '../model/incident-event.ts';
import type { LabelEdge, LearnedEdgeRecord, LearnedRecord } from '../model/learned.ts';
import type { Severity } from '../model/severity.ts';
import type { Silence } from '../model/silence.ts';
import { presentHold } from '../model/suppression-document.ts';
import type { Edge } from '../model/topology.ts';
import { decodeAlert, decodeMember } from './alert-codec.ts';
import { decodeEntry, decodeReasons } from './evidence-codec.ts';
import { beginsAmongHeld, countHolds, heldIn } from './held-list.ts';
import { decodeIncident } from './incident-codec.ts';
import type { ShardKeys } from './keys.ts';
import { decodeLearned } from './learned-codec.ts';
import { readDocuments } from './read-documents.ts';
import { decode } from './record-codec.ts';
import { changePosition, decodeTotals } from './redis-shard-store.ts';

const RETRY_AFTER_SECONDS = 5;

/** Reads totals and handled batches as of one commit: KEYS are the meta hash and the list. A transaction would be refused while Redis is full. */
const ACCOUNTS = `return {redis.call('HGET', KEYS[1], 'totals'), redis.call('LRANGE', KEYS[2], 0, -1)}`;

/** How many alerts stand in the queue: those that wait, by the id of their batch, and those whose batch cannot be read. */
export interface QueuedAlerts {
  readonly waiting: ReadonlyMap<string, number>;
  readonly unreadable: number;
}

/** What the read model works with. */
export interface ReadModelOptions {
  readonly redis: Redis;
  readonly keys: ShardKeys;
  readonly queued: () => Promise<QueuedAlerts>;
}

/** The read model of one shard. */
export function createReadModel({ redis, keys, queued }: ReadModelOptions): ReadModel {
  const one = async <T>(key: string, id: string, read: (text: string, id: string) => T = decode): Promise<T | null> => {
    const text = await redis.hget(key, id);
    return text === null ? null : read(text, id);
  };
  const many = async <T>(key: string, ids: readonly string[], read: (text: string, id: string) => T = decode): Promise<Map<string, T>> => {
    if (ids.length === 0) return new Map();
    const texts = await redis.hmget(key, ...ids);
    return new Map(ids.flatMap((id, i): [string, T][] => (typeof texts[i] === 'string' ? [[id, read(texts[i], id)]] : [])));
  };
  const newestIncidentIds = (after: string | null, limit: number) =>
    redis.zrevrangebylex(keys.incidentIds, after === null ? '+' : `(${after}`, '-', 'LIMIT', 0, limit);
  const stream = async <T>(key: string, { after, limit }: ListRange): Promise<Listed<T>[]> => {
    const entries = await redis.xrevrange(key, after === null ? '+' : `(${after}`, '-', 'COUNT', limit);
    return entries.map(([position, [, text]]) => ({ position, record: decode<T>(text ?? '') }));
  };
  const model: ReadModel = {
    incident: (id) => one(keys.incidents, id, decodeIncident),
    async incidents({ after, limit }) {
      return listed(await many(keys.incidents, await newestIncidentIds(after, limit), decodeIncident));
    },
    async openIncidents() {
      const counts = new Map<Severity, number>();
      for (const { status, severity } of (await many(keys.incidents, await redis.smembers(keys.active), decodeIncident)).values()) {
        if (status !== 'resolved') counts.set(severity, (counts.get(severity) ?? 0) + 1);
      }
      return counts;
    },
    async members(incidentIds) {
      const hashes = await Promise.all(incidentIds.map((id) => redis.hgetall(keys.members(id))));
      return new Map(incidentIds.map((id, i) => [id, membersOf(hashes[i] ?? {})]));
    },
    documents: (fingerprints) => readDocuments(redis, keys, fingerprints),
    async timeline(incidentId) {
      return (await redis.lrange(keys.timeline(incidentId), 0, -1)).map(decodeEntry);
    },
    alert: (fingerprint) => one(keys.alerts, fingerprint, decodeAlert),
    alertsNamed: (fingerprints) => many(keys.alerts, fingerprints, decodeAlert),
    learned: (names) => many(keys.learned, names, decodeLearned),
    async alerts({ after, limit }) {
      return listed(
        await many(keys.alerts, await redis.zrangebylex(keys.fingerprints, after === null ? '-' : `(${after}`, '+', 'LIMIT', 0, limit), decodeAlert),
      );
    },
    holds: async () => countHolds(await redis.hvals(keys.held)),
    async suppressions({ after, limit }) {
      if (!beginsAmongHeld(after)) return stream<Suppression>(keys.suppressions, { after, limit });
      const positions = heldIn(await redis.hgetall(keys.held), { after, limit });
      const alerts = await many(
        keys.alerts,
        positions.map(({ fingerprint }) => fingerprint),
        decodeAlert,
      );
      const held = positions.flatMap(({ position, fingerprint }) => {
        const alert = alerts.get(fingerprint);
        const record = alert === undefined ? null : presentHold(alert);
        return record === null ? [] : [{ position, record }];
      });
      return held.length === limit ? held : [...held, ...(await stream<Suppression>(keys.suppressions, { after: null, limit: limit - held.length }))];
    },
    async ledger() {
      // The queue is read first: a batch that is committed meanwhile is known by its id and not counted twice.
      const { waiting, unreadable } = await queued();
      const [totals, lines] = (await redis.eval(ACCOUNTS, 2, keys.meta, keys.handled)) as [string | null, string[]];
      const handled = new Set(lines.map((line) => line.slice(0, line.indexOf(' '))));
      return withQueued(
        totals === null ? EMPTY_TOTALS : decodeTotals(totals),
        [...waiting].reduce((sum, [id, count]) => (handled.has(id) ? sum : sum + count), 0),
        unreadable,
      );
    },
    change: (id) => one<Change>(keys.changes, id),
    async changes({ after, limit }) {
      const positions = await redis.zrevrangebylex(keys.changeTimes, after === null ? '+' : `(${after}`, '-', 'LIMIT', 0, limit);
      const changes = await many<Change>(
        keys.changes,
        positions.map((position) => position.slice(position.indexOf(' ') + 1)),
      );
      // A change that was reported again with another time stands at its old position too.
      return positions.flatMap((position) =>
        [...changes.values()].filter((change) => changePosition(change) === position).map((record) => ({ position, record })),
      );
    },
    silence: (id) => one<Silence>(keys.silences, id),
    async silences() {
      return (await redis.hvals(keys.silences)).map((text) => decode<Silence>(text));
    },
    async putEdges() {
      const text = await redis.hget(keys.meta, 'putEdges');
      return text === null ? [] : decode<Edge[]>(text);
    },
    async learnedEdges() {
      const [proven, learned] = await Promise.all(['e', 'g'].map((kind) => matching<LabelEdge | LearnedEdgeRecord>(redis, keys.learned, `${kind} *`)));
      return [...(proven ?? []), ...(learned ?? [])];
    },
    delivery: (id) => (isBulletin(id) ? one<Bulletin>(keys.bulletins, id) : one<Delivery>(keys.deliveries, id)),
    async deliveries({ after, limit }) {
      const found: Listed<Delivery | Bulletin>[] = [];
      // There are few bulletins, and their ids come after those of all incidents.
      if (after === null || isBulletin(after)) {
        const ids = (await redis.hkeys(keys.bulletins)).filter((id) => after === null || id < after);
        found.push(...listed(await many<Bulletin>(keys.bulletins, ids.sort().reverse())));
      }
      const current = after === null || isBulletin(after) ? null : after.slice(0, after.indexOf('~'));
      let incidentIds = current === null ? await newestIncidentIds(null, limit) : [current, ...(await newestIncidentIds(current, limit))];
      while (incidentIds.length > 0 && found.length < limit) {
        const incidents = await many(keys.incidents, incidentIds, decodeIncident);
        const ids = [...incidents.values()].flatMap((incident) => [...incident.deliveryIds].sort().reverse()).filter((id) => after === null || id < after);
        found.push(...listed(await many<Delivery>(keys.deliveries, ids)));
        incidentIds = await newestIncidentIds(incidentIds.at(-1) ?? null, limit);
      }
      return found.slice(0, limit);
    },
    failures: (range) => stream<FailedAlert>(keys.failures, range),
    audit: (range) => stream<AuditEntry>(keys.audit, range),
    async events(after, limit) {
      const entries = await redis.xrange(keys.events, `(${after}`, '+', 'COUNT', limit);
      return entries.map(([position, [, text]]) => ({ position, record: decode<readonly IncidentEvent[]>(text ?? '') }));
    },
    async eventRange() {
      const [[first], [last]] = await Promise.all([redis.xrange(keys.events, '-', '+', 'COUNT', 1), redis.xrevrange(keys.events, '+', '-', 'COUNT', 1)]);
      return first === undefined || last === undefined ? null : { oldest: first[0], newest: last[0] };
    },
  };
  return guarded(model);
}

function listed<T>(records: ReadonlyMap<string, T>): Listed<T>[] {
  return [...records].map(([position, record]) => ({ position, record }));
}

/** What is learned whose key matches a pattern. */
async function matching<T extends LearnedRecord>(redis: Redis, key: string, pattern: string): Promise<readonly T[]> {
  const found = new Map<string, T>();
  for (let cursor = '0'; ; ) {
    const [next, fields] = await redis.hscan(key, cursor, 'MATCH', pattern, 'COUNT', 1000);
    for (let i = 0; i + 1 < fields.length; i += 2) found.set(fields[i] ?? '', decodeLearned(fields[i + 1] ?? '', fields[i] ?? '') as T);
    if (next === '0') return [...found.values()];
    cursor = next;
  }
}

function membersOf(fields: Readonly<Record<string, string>>): Member[] {
  return memberStatesOf(fields).map((member) => {
    const because = fields[`${member.fingerprint}+`];
    return { ...member, joinedBecause: because === undefined ? [] : decodeReasons(because) };
  });
}

/** Reads the fields of a members hash without why the members joined. */
export function memberStatesOf(fields: Readonly<Record<string, string>>): MemberState[] {
  return Object.entries(fields).flatMap(([field, text]) => (field.endsWith('+') ? [] : [decodeMember(text, field)]));
}

function withQueued(totals: Totals, waiting: number, unreadable: number): Totals {
  return { ...totals, received: totals.received + waiting + unreadable, pending: totals.pending + waiting, failed: totals.failed + unreadable };
}

/** Turns whatever a method rejects with into what the API answers with 503. */
function guarded(model: ReadModel): ReadModel {
  const entries = Object.entries(model as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>).map(([name, method]) => [
    name,
    async (...args: unknown[]) => {
      try {
        return await method(...args);
      } catch (error) {
        throw new ServiceUnavailable('the records cannot be read now', RETRY_AFTER_SECONDS, { cause: error });
      }
    },
  ]);
  return Object.fromEntries(entries) as ReadModel;
}
