// Bulletins and what they say, for tests: realistic ones, changed as a test says.

import type { Bulletin, BulletinEntry } from '../../../src/model/bulletin.ts';
import type { Destination } from '../../../src/model/delivery.ts';
import type { StormRecord } from '../../../src/model/learned.ts';
import { at } from './scenario.ts';

/** A channel whose messages can be changed, a terminal, and what pages people: it carries no bulletins. */
export const CHANNEL: Destination = { id: 'slack/#ml/1', integration: 'slack', edits: true, sendResolved: true, digests: true };
export const TERMINAL: Destination = { id: 'console', integration: 'console', edits: false, sendResolved: true, digests: true };
export const PAGER: Destination = { id: 'pagerduty/1', integration: 'pagerduty', edits: true, sendResolved: true, digests: false };

/** One full disk that cleared by itself at 10:04. */
export function entry(given: Partial<BulletinEntry> = {}): BulletinEntry {
  return {
    fingerprint: 'a',
    rule: 'DiskFull',
    entity: 'node/gpu-7',
    severity: 'warning',
    reason: 'transient',
    incidentIds: ['01KJMSEG0058H9CPQHM6CY8Q3T'],
    count: 1,
    firstAt: at('10:00'),
    lastAt: at('10:04'),
    because: '9 of 10 cleared within 6 min',
    ...given,
  };
}

/** The entries of so many alerts of a rule, each on a node of its own. */
export function entries(count: number, given: Partial<BulletinEntry> = {}): readonly BulletinEntry[] {
  return Array.from({ length: count }, (_, i) => entry({ fingerprint: `${given.rule ?? 'DiskFull'}-${i}`, entity: `node/gpu-${i}`, ...given }));
}

/** A digest for the channel of which nothing was said yet. */
export function digest(given: Partial<Bulletin> = {}): Bulletin {
  const nothing = { entries: [], more: 0, unsaid: false, due: null, inFlight: null, reference: {}, sentAt: null, lastError: null };
  return { id: 'digest~slack/#ml/1', destination: CHANNEL, receivers: ['slack'], createdAt: at('10:00'), ...nothing, seq: 0, ...given };
}

/** A storm's message that was posted to the channel at 10:01 and changed last at 10:05, as number 4. */
export function storm(given: Partial<Bulletin> = {}): Bulletin {
  const reference = { channel: 'C1', ts: '1.0' };
  return digest({ id: 'storm~slack/#ml/1', entries: [entry({ reason: 'storm' })], reference, sentAt: at('10:05'), seq: 4, ...given });
}

/** A storm since 10:00 in which as much as makes one began last at a time of day. */
export function stormRecord(lastHigh: string): StormRecord {
  return { minute: 0, counts: [60], since: at('10:00'), lastHigh: at(lastHigh), hours: [], seen: [], hour: 0 };
}
