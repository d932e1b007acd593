// Finds the Redis of an instance: the one of REDIS_URL, or the embedded one, which is started when no service runs it.

import { realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Redis } from 'ioredis';
import { type Milliseconds, SECOND } from '../../model/time.ts';
import { socketPathFor } from '../../store/embedded/socket-path.ts';
import { startEmbeddedRedis } from '../../store/embedded-redis.ts';
import { failFastConnection, whenReady } from '../../store/redis-connection.ts';

/** Where an instance keeps its data, as `winnow serve` is told. */
export interface Instance {
  readonly redisUrl: string | null;
  readonly dataDir: string;
}

/** An open connection to an instance's Redis. */
export interface InstanceRedis {
  readonly redis: Redis;
  close(): Promise<void>;
}

/** How long Redis may take to be there, how long a socket that nobody listens on is tried, and how long a command may take. */
const READY_WITHIN: Milliseconds = 10 * SECOND;
const SOCKET_WITHIN: Milliseconds = SECOND;
const COMMAND_TIMEOUT: Milliseconds = 30 * SECOND;

/** Connects to it. Rejects, in one line, when there is none or it does not answer. */
export async function findRedis({ redisUrl, dataDir }: Instance): Promise<InstanceRedis> {
  if (redisUrl !== null) return connect(redisUrl, READY_WITHIN);
  const folder = await realpath(dataDir).catch(() => null);
  if (folder === null) throw new Error(`there is no data in ${dataDir}; set REDIS_URL, or WINNOW_DATA_DIR to the folder of the service`);
  try {
    return await connect(socketPathFor(folder, tmpdir()), SOCKET_WITHIN);
  } catch {
    const embedded = await startEmbeddedRedis({ dataDir: folder, log: { info: () => undefined, warn: () => undefined } });
    try {
      const { redis, close } = await connect(embedded.socketPath, READY_WITHIN);
      return { redis, close: () => close().then(() => embedded.stop()) };
    } catch (error) {
      await embedded.stop();
      throw error;
    }
  }
}

async function connect(address: string, within: Milliseconds): Promise<InstanceRedis> {
  const redis = failFastConnection(address, COMMAND_TIMEOUT);
  redis.on('error', () => undefined);
  try {
    await whenReady(redis, within);
  } catch (error) {
    redis.disconnect();
    throw error;
  }
  return { redis, close: async () => redis.disconnect() };
}
