// The Redis that Winnow brings along: a real redis-server as a child process, owned by one service,
// started again when it dies, taken over when the service before this one was killed.

import { lstatSync, mkdirSync } from 'node:fs';
import { mkdir, realpath } from 'node:fs/promises';
import { tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram } from './debian-package.ts';
import { lockDataDir } from './embedded/owner-lock.ts';
import { adoptServer, forgetServer, launchServer, type ServerPlan, type ServerProcess, stopServer } from './embedded/server-process.ts';
import { defaultMaxMemory } from './embedded/server-settings.ts';
import { socketPathFor } from './embedded/socket-path.ts';

/** The part of a pino logger that is used here. */
export interface EmbeddedRedisLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** What the embedded Redis needs. */
export interface EmbeddedRedisOptions {
  /** Where everything is kept; made when it is missing. */
  readonly dataDir: string;
  readonly log: EmbeddedRedisLog;
  /** By default half of the memory of the machine or container, at least 256 MiB. */
  readonly maxMemoryBytes?: number;
}

/** An embedded Redis that runs. */
export interface EmbeddedRedis {
  /** Where to connect. The path stays the same when the server is started again. */
  readonly socketPath: string;
  /** Stops the server, its data written out, and gives the data directory free. */
  stop(): Promise<void>;
}

/** In milliseconds: the pause before a second attempt in a row, which doubles up to the longest; and how long a server has to run to begin anew. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5000;
const STABLE_AFTER = 60_000;

/**
 * Starts a redis-server on the data of a directory, or takes over the one that a killed service left
 * running there, and resolves when it answers. From then on it is started again whenever it dies.
 * Rejects, in one line, when another service owns the directory, when no redis-server is to be had or when it does not start.
 */
export async function startEmbeddedRedis(options: EmbeddedRedisOptions): Promise<EmbeddedRedis> {
  const { log } = options;
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  const dataDir = await realpath(options.dataDir);
  const lock = await lockDataDir(dataDir);
  try {
    const plan = await planServer(dataDir, options);
    const adopted = await adoptServer(plan);
    const server = adopted ?? (await launchServer(plan));
    log.info(
      { pid: server.identity.pid, dataDir },
      adopted === null ? 'embedded redis-server started' : 'took over the redis-server of a service that was killed',
    );

    const stopping = new AbortController();
    const supervised = supervise(server, plan, log, stopping.signal);
    return {
      socketPath: plan.settings.socketPath,
      stop: async () => {
        stopping.abort();
        await supervised;
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function planServer(dataDir: string, { log, maxMemoryBytes }: EmbeddedRedisOptions): Promise<ServerPlan> {
  const program = await findProgram({
    name: 'redis-server',
    packages: ['redis-server', 'redis-tools'],
    cacheDir: join(dataDir, 'debian'),
    log: (line) => log.info({}, line),
  });
  const directory = join(dataDir, 'redis');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const socketPath = socketPathFor(dataDir, tmpdir());
  if (dirname(socketPath) !== dataDir) makePrivate(dirname(socketPath));
  return {
    program,
    settings: { socketPath, directory, maxMemoryBytes: maxMemoryBytes ?? defaultMaxMemory(totalmem(), process.constrainedMemory()) },
    recordFile: join(dataDir, 'redis-server.json'),
    logFile: join(dataDir, 'redis-server.log'),
  };
}

/** Makes a folder in the temporary directory, where others could have made one of that name first. */
function makePrivate(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  const ours = found.isDirectory() && (process.getuid === undefined || found.uid === process.getuid()) && (found.mode & 0o077) === 0;
  if (!ours) throw new Error(`${folder} is needed for a socket, but others can write there: remove it, or choose a shorter WINNOW_DATA_DIR`);
}

/** Keeps a server running until told to stop; ends with the server stopped. */
async function supervise(first: ServerProcess, plan: ServerPlan, log: EmbeddedRedisLog, stopping: AbortSignal): Promise<void> {
  const told = new Promise<'stop'>((resolve) => stopping.addEventListener('abort', () => resolve('stop'), { once: true }));
  let server: ServerProcess | null = first;
  let pause = 0;
  while (!stopping.aborted) {
    if (server === null) {
      await sleep(pause, undefined, { signal: stopping }).catch(() => undefined);
      if (stopping.aborted) break;
      server = await launchServer(plan).catch((error: unknown) => {
        log.warn({ error: (error as Error).message }, 'embedded redis-server could not be started; trying again');
        return null;
      });
      if (server !== null) log.info({ pid: server.identity.pid }, 'embedded redis-server started again');
    }
    const since = performance.now();
    const how: string = server === null ? 'did not start' : await Promise.race([server.exited, told]);
    if (stopping.aborted) break;
    if (server !== null) log.warn({ pid: server.identity.pid, how }, 'embedded redis-server ended; starting it again');
    server = null;
    pause = performance.now() - since > STABLE_AFTER ? 0 : Math.min(LONGEST_PAUSE, Math.max(FIRST_PAUSE, pause * 2));
  }
  if (server !== null) await stopServer(server);
  forgetServer(plan);
}
