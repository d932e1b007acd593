// A redis-server of a test's own: on a Unix socket in a temporary folder, and set to lose nothing.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { until } from './until.ts';

/** A redis-server that a test can stop and start as it likes. */
export interface RedisProcess {
  /** What `REDIS_URL` would say; the same after every start. */
  readonly url: string;
  /** Stops it from answering without closing a connection, and lets it go on. */
  pause(): void;
  resume(): void;
  /** Kills it with SIGKILL; its data stay. */
  kill(): Promise<void>;
  /** Starts it on its data, and resolves once it answers. */
  start(): Promise<void>;
  /** Forgets everything that it holds. */
  clear(): Promise<void>;
  /** Ends it for good and removes its data. */
  remove(): Promise<void>;
}

/** Starts a redis-server. */
export async function startRedis(): Promise<RedisProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'winnow-redis-'));
  const socket = join(folder, 'redis.sock');
  const settings = [
    '--port',
    '0',
    '--unixsocket',
    socket,
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'yes',
    '--appendfsync',
    'always',
    '--maxmemory-policy',
    'noeviction',
  ];
  let child: ChildProcess | null = null;

  const kill = async (): Promise<void> => {
    if (child === null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    child = null;
  };
  const start = async (): Promise<void> => {
    child = spawn('redis-server', settings, { stdio: 'ignore' });
    await until('redis-server to answer', () => asking(socket, (redis) => redis.ping()));
  };

  await start();
  return {
    url: `unix:${socket}`,
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    kill,
    start,
    clear: () => asking(socket, async (redis) => void (await redis.flushall())),
    async remove() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function asking<T>(path: string, question: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis({ path, lazyConnect: true, retryStrategy: null });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return await question(redis);
  } finally {
    redis.disconnect();
  }
}
