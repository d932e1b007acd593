// Connections to Redis: some fail at once, so that callers can answer; some wait without end, for workers.

import { Redis, type RedisOptions } from 'ioredis';
import { type Milliseconds, SECOND } from '../model/time.ts';

/** Where Redis is: a URL (`redis://`, `rediss://`) or a Unix socket (`unix:/path`, or the bare path). */
export type RedisAddress = string;

/** A Redis URL that cannot be used. */
export class RedisAddressError extends Error {
  override readonly name = 'RedisAddressError';
}

const RECONNECT_AFTER: Milliseconds = 100;

/** A connection whose commands fail at once while Redis is away, and after `timeout` when it does not answer. */
export function failFastConnection(address: RedisAddress, timeout: Milliseconds): Redis {
  return connect(address, { enableOfflineQueue: false, autoResendUnfulfilledCommands: false, maxRetriesPerRequest: 0, commandTimeout: timeout });
}

/** A connection whose commands wait until Redis is there; BullMQ's workers ask for it. */
export function patientConnection(address: RedisAddress): Redis {
  return connect(address, { maxRetriesPerRequest: null });
}

function connect(
  address: RedisAddress,
  options: Pick<RedisOptions, 'enableOfflineQueue' | 'autoResendUnfulfilledCommands' | 'maxRetriesPerRequest' | 'commandTimeout'>,
): Redis {
  const common = { ...options, lazyConnect: false, connectTimeout: 2 * SECOND, retryStrategy: () => RECONNECT_AFTER };
  const socket = SOCKET.exec(address)?.[1];
  if (socket !== undefined) return new Redis(socket, common);
  if (isRedisUrl(address)) return new Redis(address, common);
  throw new RedisAddressError('REDIS_URL must be of the form redis://HOST:PORT, rediss://HOST:PORT or unix:/PATH');
}

/** A socket's absolute path, bare or after `unix:` or `unix://`. */
const SOCKET = /^(?:unix:(?:\/\/(?=\/))?)?(\/(?!\/).*)$/;

function isRedisUrl(address: string): boolean {
  if (!/^rediss?:\/\//.test(address)) return false;
  try {
    return new URL(address).hostname !== '';
  } catch {
    return false;
  }
}

/** Resolves once the connection can be written to; rejects after `within`, naming no secret. */
export async function whenReady(redis: Redis, within: Milliseconds): Promise<void> {
  if (redis.status === 'ready') return;
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      redis.off('ready', ready);
      reject(new Error(`Redis does not answer within ${within / SECOND} s`));
    }, within);
    const ready = () => {
      clearTimeout(timer);
      resolve();
    };
    redis.once('ready', ready);
  });
}
