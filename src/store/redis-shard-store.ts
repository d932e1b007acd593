// A shard's state in Redis: its lease, its commits, and how it is loaded.

import type { Redis } from 'ioredis';
import { EMPTY_TOTALS, type Totals } from '../correlate/ledger.ts';
import type { EventResult } from '../correlate/person.ts';
import type { Changes, StateRecords } from '../correlate/state.ts';
import type { Bulletin } from '../model/bulletin.ts';
import type { Change } from '../model/change.ts';
import type { Delivery } from '../model/delivery.ts';
import { incidentEvent } from '../model/incident-event.ts';
import type { Silence } from '../model/silence.ts';
import { type Commit, CommitRefused, type Lease, type LoadedShard, type ShardStore } from '../shard/shard-store.ts';
import { decodeAlert, encodeAlert, encodeMember } from './alert-codec.ts';
import { CommitWrites } from './commit-script.ts';
import { decodeDelivery } from './delivery-codec.ts';
import { encodeDocument } from './document-codec.ts';
import { encodeEntry, encodeReasons } from './evidence-codec.ts';
import { decodeIncident, encodeIncident } from './incident-codec.ts';
import type { ShardKeys } from './keys.ts';
import { decodeLearned, encodeLearned } from './learned-codec.ts';
import { readDocuments } from './read-documents.ts';
import { decode, encode } from './record-codec.ts';
import { packLines, RECORDED_BYTES } from './recording.ts';

/** How many handled batches are remembered: more than can be unacknowledged at any time. */
const MOST_HANDLED = 1000;
/** How many suppressions, failed alerts, entries of the audit log and commits in the stream of events are kept. */
const MOST_KEPT = 10_000;
/** Room for the ids of a stream's entries that one commit makes. */
const ENTRIES_PER_VERSION = 1_000_000;
/** How many records are asked for in one command when loading. */
const PAGE = 5000;

const ACQUIRE = `if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return redis.call('HINCRBY', KEYS[2], 'fence', 1) end return false`;
const RENEW = `
local held = redis.call('GET', KEYS[1])
if held == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
if held or redis.call('HGET', KEYS[2], 'fence') ~= ARGV[3] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`;
const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/** The store of one shard. The connection must fail fast: an error means that the outcome is unknown. */
export function createShardStore({ redis, keys }: { readonly redis: Redis; readonly keys: ShardKeys }): ShardStore {
  return {
    async acquire(holder, length): Promise<Lease | null> {
      const fence = (await redis.eval(ACQUIRE, 2, keys.lease, keys.meta, holder, length)) as number | null;
      return fence === null ? null : { fence };
    },
    async renew(holder, { fence }, length) {
      return Number(await redis.eval(RENEW, 2, keys.lease, keys.meta, holder, length, fence)) === 1;
    },
    async announce({ fence }) {
      await redis.hset(keys.meta, 'deciding', fence);
    },
    async release(holder) {
      await redis.eval(RELEASE, 1, keys.lease, holder);
    },
    load: () => load(redis, keys),
    documents: (fingerprints) => readDocuments(redis, keys, fingerprints),
    async commit(commit: Commit) {
      const writes = new CommitWrites();
      write(writes, keys, commit);
      record(writes, keys, commit);
      const answer = await writes.run(redis, keys.meta, { fence: commit.lease.fence, version: commit.version });
      if (answer !== 'ok') throw new CommitRefused(answer === 'fence' ? 'another process owns the shard' : 'the state has moved on');
    },
  };
}

/** Adds what the batch brought to the recording. */
function record(writes: CommitWrites, keys: ShardKeys, { changes, version, recorded }: Commit): void {
  if (recorded.length === 0) return;
  const packed = packLines(recorded);
  writes.add('XADD', keys.recording, [entryId(changes, version, 0), 'lines', packed], 3);
  writes.add('HINCRBY', keys.meta, [RECORDED_BYTES, packed.length], 2);
}

function write(writes: CommitWrites, keys: ShardKeys, commit: Commit): void {
  const { changes, batch } = commit;
  const meta: (string | number)[] = ['clock', changes.clock, 'longestRedelivery', changes.longestRedelivery, 'totals', encodeTotals(changes.totals)];
  if (changes.putEdges !== null) meta.push('putEdges', encode(changes.putEdges));
  writes.add('HSET', keys.meta, meta, 2);
  if (batch !== null) {
    writes.add('LPUSH', keys.handled, [`${batch.id} ${JSON.stringify(batch.results)}`]);
    writes.add('LTRIM', keys.handled, [0, MOST_HANDLED - 1]);
  }
  writeRecords(writes, keys.alerts, changes.alerts, encodeAlert);
  const remembered = [...changes.alerts].filter(([, alert]) => alert !== null);
  writes.add(
    'ZADD',
    keys.fingerprints,
    remembered.flatMap(([fingerprint]) => [0, fingerprint]),
    2,
  );
  writes.add(
    'ZREM',
    keys.fingerprints,
    [...changes.alerts].flatMap(([fingerprint, alert]) => (alert === null ? [fingerprint] : [])),
  );
  writeHolds(writes, keys, changes);
  writeRecords(writes, keys.documents, changes.documents, (document) => encodeDocument(document, changes.clock));
  for (const { from, to, fingerprint, played, because } of changes.moves) {
    if (played) writes.add('HDEL', keys.members(from), [fingerprint, `${fingerprint}+`]);
    else writes.move(keys.members(from), keys.members(to), fingerprint, because.length === 0 ? '' : encodeReasons(because));
  }
  writeIncidents(writes, keys, changes);
  writeRecords(writes, keys.learned, changes.learned, encodeLearned);
  writeRecords(writes, keys.deliveries, changes.deliveries);
  writeRecords(writes, keys.bulletins, changes.bulletins);
  // One that comes again begins to count anew, and must not be taken for one that was sent.
  writes.add(
    'HDEL',
    keys.claims,
    [...changes.bulletins].flatMap(([id, bulletin]) => (bulletin === null ? [id] : [])),
  );
  writeChanges(writes, keys, changes);
  writeRecords(writes, keys.silences, changes.silences, ({ id, matchers, startsAt, endsAt, updatedAt, createdBy, comment }) =>
    encode({ id, matchers, startsAt, endsAt, updatedAt, createdBy, comment } satisfies Silence),
  );
  const timelines = new Map<string, string[]>();
  for (const { incidentId, entry } of changes.timeline) gather(timelines, incidentId).push(encodeEntry(entry));
  for (const [incidentId, entries] of timelines) writes.add('RPUSH', keys.timeline(incidentId), entries);
  append(writes, keys.suppressions, changes.suppressions, commit);
  append(writes, keys.failures, changes.failures, commit);
  append(writes, keys.audit, changes.audit, commit);
  if (changes.incidents.size > 0) append(writes, keys.events, [[...changes.incidents.values()].map(incidentEvent)], commit);
}

function writeRecords<T>(writes: CommitWrites, key: string, records: ReadonlyMap<string, T | null>, written: (record: T, id: string) => string = encode): void {
  const set: string[] = [];
  const gone: string[] = [];
  for (const [id, record] of records) {
    if (record === null) gone.push(id);
    else set.push(id, written(record, id));
  }
  writes.add('HSET', key, set, 2);
  writes.add('HDEL', key, gone);
}

/** Which alerts are held back is found without looking at all of them. */
function writeHolds(writes: CommitWrites, keys: ShardKeys, { alerts }: Changes): void {
  const held: string[] = [];
  const others: string[] = [];
  for (const [fingerprint, alert] of alerts) {
    if (alert === null || alert.hold === null) others.push(fingerprint);
    else held.push(fingerprint, `${alert.hold.since} ${alert.hold.reason}`);
  }
  writes.add('HSET', keys.held, held, 2);
  writes.add('HDEL', keys.held, others);
}

function writeIncidents(writes: CommitWrites, keys: ShardKeys, changes: Changes): void {
  writeRecords(writes, keys.incidents, changes.incidents, encodeIncident);
  const ids = [...changes.incidents.keys()];
  writes.add('SADD', keys.active, ids);
  writes.add('SREM', keys.active, [...changes.released]);
  writes.add(
    'ZADD',
    keys.incidentIds,
    ids.flatMap((id) => [0, id]),
    2,
  );
  for (const [id, incident] of changes.incidents) {
    if (incident.resolvedAt !== null) writes.add('ZADD', keys.resolved, [incident.resolvedAt, id]);
    else writes.add('ZREM', keys.resolved, [id]);
  }
  const members = new Map<string, string[]>();
  for (const { incidentId, member, joinedBecause } of changes.members.values()) {
    const fields = gather(members, incidentId);
    fields.push(member.fingerprint, encodeMember(member));
    if (joinedBecause !== null && joinedBecause.length > 0) fields.push(`${member.fingerprint}+`, encodeReasons(joinedBecause));
  }
  for (const [incidentId, fields] of members) writes.add('HSET', keys.members(incidentId), fields, 2);
}

/** The list that is gathered under a key. */
function gather(lists: Map<string, string[]>, key: string): string[] {
  let list = lists.get(key);
  if (list === undefined) {
    list = [];
    lists.set(key, list);
  }
  return list;
}

function writeChanges(writes: CommitWrites, keys: ShardKeys, changes: Changes): void {
  for (const [id, change] of changes.changes) {
    if (change === null) {
      writes.add('SREM', keys.activeChanges, [id]);
      continue;
    }
    writes.add('HSET', keys.changes, [id, encode(change)]);
    writes.add('ZADD', keys.changeTimes, [0, changePosition(change)]);
    writes.add('SADD', keys.activeChanges, [id]);
  }
}

/** Appends to a stream. */
function append(writes: CommitWrites, key: string, records: readonly unknown[], { changes, version }: Commit): void {
  for (const [i, record] of records.entries()) writes.add('XADD', key, ['MAXLEN', '~', MOST_KEPT, entryId(changes, version, i), 'record', encode(record)]);
}

/** The id of a stream's entry. It grows with the clock and the version, so that it is never refused. */
function entryId({ clock }: Changes, version: number, i: number): string {
  return `${clock}-${version * ENTRIES_PER_VERSION + i}`;
}

/** Who owns the shard and has loaded it: the holder of the lease, or null when nobody decides now. */
export async function decidingOwner(redis: Redis, keys: ShardKeys): Promise<string | null> {
  const [holder, [fence, deciding]] = await Promise.all([redis.get(keys.lease), redis.hmget(keys.meta, 'fence', 'deciding')]);
  return fence !== null && fence === deciding ? holder : null;
}

async function load(redis: Redis, keys: ShardKeys): Promise<LoadedShard> {
  const [meta, activeIds] = await Promise.all([redis.hgetall(keys.meta), redis.smembers(keys.active)]);
  const [alerts, learned] = await Promise.all([
    all(redis, keys.alerts, decodeAlert),
    all(redis, keys.learned, (text, key) => [key, decodeLearned(text, key)] as const),
  ]);
  const incidents = (await pick(redis, keys.incidents, activeIds, decodeIncident)).sort((a, b) => (a.id < b.id ? -1 : 1));
  const records: StateRecords = {
    clock: Number(meta['clock'] ?? 0),
    longestRedelivery: Number(meta['longestRedelivery'] ?? 0),
    totals: meta['totals'] === undefined ? EMPTY_TOTALS : decodeTotals(meta['totals']),
    putEdges: meta['putEdges'] === undefined ? [] : decode(meta['putEdges']),
    alerts,
    incidents,
    deliveries: await pick<Delivery>(
      redis,
      keys.deliveries,
      incidents.flatMap((incident) => incident.deliveryIds),
      decodeDelivery,
    ),
    bulletins: await all<Bulletin>(redis, keys.bulletins, decode),
    learned,
    silences: await all<Silence>(redis, keys.silences, decode),
    changes: await pick<Change>(redis, keys.changes, await redis.smembers(keys.activeChanges), decode),
  };
  const handled = (await redis.lrange(keys.handled, 0, -1)).reverse().map((line): [string, readonly (EventResult | null)[]] => {
    const space = line.indexOf(' ');
    return [line.slice(0, space), JSON.parse(line.slice(space + 1)) as (EventResult | null)[]];
  });
  return { records, version: Number(meta['version'] ?? 0), handled: new Map(handled) };
}

async function pick<T>(redis: Redis, key: string, ids: readonly string[], read: (text: string) => T): Promise<T[]> {
  const found: T[] = [];
  for (let i = 0; i < ids.length; i += PAGE) {
    for (const text of await redis.hmget(key, ...ids.slice(i, i + PAGE))) if (text !== null) found.push(read(text));
  }
  return found;
}

/** Reads all of a hash, in no order; the next page is on its way while one is read. A field may come twice. */
async function all<T>(redis: Redis, key: string, read: (text: string, field: string) => T): Promise<T[]> {
  const found: T[] = [];
  let page = redis.hscan(key, '0', 'COUNT', PAGE);
  for (;;) {
    const [cursor, fields] = await page;
    if (cursor !== '0') {
      page = redis.hscan(key, cursor, 'COUNT', PAGE);
      // When reading throws, nobody waits for it any more.
      page.catch(() => undefined);
    }
    for (let i = 0; i + 1 < fields.length; i += 2) found.push(read(fields[i + 1] ?? '', fields[i] ?? ''));
    if (cursor === '0') return found;
  }
}

function encodeTotals(totals: Totals): string {
  return encode({ ...totals, suppressedByReason: Object.fromEntries(totals.suppressedByReason) });
}

/** Where a change stands in the order of changes: its time, padded so that texts order as numbers do, then its id. */
export function changePosition({ at, id }: Change): string {
  return `${String(Math.max(0, at)).padStart(15, '0')} ${id}`;
}

/** Reads the ledger's accounts as they were committed. */
export function decodeTotals(text: string): Totals {
  const stored = decode<Omit<Totals, 'suppressedByReason'> & { suppressedByReason: Record<string, number> }>(text);
  return { ...stored, suppressedByReason: new Map(Object.entries(stored.suppressedByReason)) as Totals['suppressedByReason'] };
}
