// Decides whether an alert fires or has ended, and when it started and ended.

import type { AlertStatus } from '../model/alert.ts';
import { type Instant, parseTimestamp, type Timestamp, timestampOf } from '../model/time.ts';
import { describeJson, type Fault, fault } from './fault.ts';
import type { JsonObject } from './json-object.ts';

/** An alert's state and times, as `ReceivedAlert` holds them. */
export interface Episode {
  readonly status: AlertStatus;
  readonly startsAt: Timestamp | null;
  readonly endsAt: Timestamp | null;
}

/** What the whole webhook says, for an alert that does not say it itself. */
export interface EpisodeContext {
  readonly bodyStatus: AlertStatus | null;
  readonly receivedAt: Instant;
}

/** Alertmanager's two words, and those of Grafana's `state`. */
const STATUS_WORDS: ReadonlyMap<string, AlertStatus> = new Map([
  ['firing', 'firing'],
  ['resolved', 'resolved'],
  ['alerting', 'firing'],
  ['ok', 'resolved'],
]);

/** What a status word means, in any case; null when it is none. */
export function statusOf(word: unknown): AlertStatus | null {
  if (typeof word !== 'string') return null;
  return STATUS_WORDS.get(word) ?? STATUS_WORDS.get(word.trim().toLowerCase()) ?? null;
}

/**
 * Reads an alert's state, or says what is wrong. An alert without a status has ended when its own
 * `endsAt` is not after its receipt (Alertmanager's `Alert.ResolvedAt`); else the webhook's status
 * holds, and without one it fires: to tell too much is the lesser evil.
 *
 * `endsAt` is null while firing, whatever was sent, and the time of receipt when something ended
 * without saying when. A missing, empty or year-1 `startsAt` is null.
 */
export function readEpisode(alert: JsonObject, pointer: string, context: EpisodeContext): Episode | Fault {
  const startsAt = readTime(alert['startsAt']);
  if (startsAt === undefined) return fault(`${pointer}/startsAt`, notATime(alert['startsAt']));
  const word = alert['status'];
  const own = statusOf(word);
  if (own === null && !isAbsent(word)) return fault(`${pointer}/status`, 'must be firing or resolved');
  // Almost every alert: the year 1 that Go writes need not be read to be known.
  if (own === 'firing') return { status: 'firing', startsAt, endsAt: null };
  const endsAt = readTime(alert['endsAt']);
  if (endsAt === undefined) return fault(`${pointer}/endsAt`, notATime(alert['endsAt']));
  const status = own ?? (endsAt !== null && endsAt.ms <= context.receivedAt ? 'resolved' : (context.bodyStatus ?? 'firing'));
  if (status === 'firing') return { status, startsAt, endsAt: null };
  return { status, startsAt, endsAt: endsAt ?? timestampOf(Math.max(context.receivedAt, startsAt?.ms ?? 0)) };
}

/** Go's zero time is in the year 1; so is what a sender in another zone makes of it, or in the year 0. */
const ZERO_TIME_ENDS: Instant = Date.parse('0002-01-01T00:00:00Z');

function readTime(value: unknown): Timestamp | null | undefined {
  if (isAbsent(value)) return null;
  const time = typeof value === 'string' ? parseTimestamp(value) : null;
  if (time === null) return undefined;
  return time.ms < ZERO_TIME_ENDS ? null : time;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function notATime(value: unknown): string {
  return `must be an RFC 3339 time such as 2026-03-01T10:00:00Z, not ${typeof value === 'string' ? 'another text' : describeJson(value)}`;
}
