// Runs one redis-server: starts it or adopts one that is running, says when it answers and when it ended.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Program } from '../debian-package.ts';
import { identifyProcess, type ProcessIdentity, parseProcessIdentity, stillRuns } from './process-identity.ts';
import { durabilitySettings, type ServerSettings, serverArguments } from './server-settings.ts';

/** All that it takes to run the server of one data directory. */
export interface ServerPlan {
  readonly program: Program;
  readonly settings: ServerSettings;
  /** The file that the running server's identity is noted in. */
  readonly recordFile: string;
  /** The file that the server writes what it says to. */
  readonly logFile: string;
}

/** A redis-server that runs, or ran. */
export interface ServerProcess {
  readonly identity: ProcessIdentity;
  /** Settles when the process is gone, and says how it ended. */
  readonly exited: Promise<string>;
}

/** In milliseconds: between two looks, for an answer at all, from SIGTERM to SIGKILL; and the log's size in bytes before it begins anew. */
const LOOK_EVERY = 10;
const ADOPTED_LOOK_EVERY = 100;
const ANSWER_WITHIN = 30_000;
const STOP_WITHIN = 10_000;
const LOG_BYTES = 1024 * 1024;

/**
 * Starts a server, in a process group of its own so that Ctrl-C in a terminal does not reach it, and
 * waits until it has loaded its data. Rejects with what it said when it ends before that.
 */
export async function launchServer(plan: ServerPlan): Promise<ServerProcess> {
  const tooLong = (statSync(plan.logFile, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES;
  const output = openSync(plan.logFile, tooLong ? 'w' : 'a', 0o600);
  const child = spawn(plan.program.path, serverArguments(plan.settings), { detached: true, stdio: ['ignore', output, output], env: { ...plan.program.env } });
  closeSync(output);
  if (child.pid === undefined) {
    const [error] = (await once(child, 'error')) as [Error];
    throw new Error(`cannot run ${plan.program.path}: ${error.message}`);
  }
  const identity = identifyProcess(child.pid) ?? { pid: child.pid, began: null };
  // In the same breath as the start, so that a kill of this process leaves no server that nobody knows of.
  writeFileSync(plan.recordFile, JSON.stringify(identity), { mode: 0o600 });
  child.unref();
  const server = guarded(
    identity,
    once(child, 'exit').then(([code, signal]) => (signal === null ? `exit code ${code}` : `signal ${signal}`)),
  );
  try {
    await untilReady(plan.settings.socketPath, server);
  } catch (error) {
    await stopServer(server);
    const said = readFileSync(plan.logFile, 'utf8').trim().split('\n').at(-1);
    throw new Error(`redis-server did not start: ${(error as Error).message}; ${plan.logFile} ends with: ${said}`);
  }
  return server;
}

/**
 * Adopts the server that an earlier, killed process of this data directory left running, and sets it as
 * one of our own; stops it when it does not answer or is not what it should be. Null when there is none.
 */
export async function adoptServer(plan: ServerPlan): Promise<ServerProcess | null> {
  const noted = readRecord(plan.recordFile);
  if (noted === null || !stillRuns(noted)) return null;
  const server = guarded(noted, untilGone(noted));
  const { socketPath, directory, maxMemoryBytes } = plan.settings;
  try {
    await asking(socketPath, async (redis) => {
      const [, answered] = await redis.config('GET', 'dir');
      const [, pid] = /^process_id:(\d+)/m.exec(await redis.info('server')) ?? [];
      if (answered !== directory || Number(pid) !== noted.pid) throw new Error('another server answers on the socket');
    });
    await untilReady(socketPath, server);
    await asking(socketPath, async (redis) => {
      for (const [name, value] of durabilitySettings(maxMemoryBytes)) await redis.config('SET', name, value);
    });
    return server;
  } catch {
    await stopServer(server);
    return null;
  }
}

/** Ends a server: politely, which writes out its append-only file, and by force after 10 s. */
export async function stopServer(server: ServerProcess): Promise<void> {
  signal(server.identity, 'SIGTERM');
  const waiting = new AbortController();
  const late = sleep(STOP_WITHIN, 'late', { signal: waiting.signal }).catch(() => 'in time');
  if ((await Promise.race([server.exited, late])) === 'late') signal(server.identity, 'SIGKILL');
  waiting.abort();
  await server.exited;
}

/** Forgets a server that was stopped. */
export function forgetServer(plan: ServerPlan): void {
  rmSync(plan.recordFile, { force: true });
  rmSync(plan.settings.socketPath, { force: true });
}

/** A server that also ends when this process exits without having stopped it; only a kill −9 leaves it running. */
function guarded(identity: ProcessIdentity, exited: Promise<string>): ServerProcess {
  const end = (): void => signal(identity, 'SIGTERM');
  process.once('exit', end);
  return { identity, exited: exited.finally(() => process.removeListener('exit', end)) };
}

async function untilReady(socketPath: string, server: ServerProcess): Promise<void> {
  let ended: string | null = null;
  void server.exited.then((how) => {
    ended = how;
  });
  let heardAt = performance.now();
  for (;;) {
    if (ended !== null) throw new Error(`it ended with ${ended}`);
    try {
      await asking(socketPath, (redis) => redis.ping());
      return;
    } catch (error) {
      if (/^(LOADING|BUSY)/.test((error as Error).message)) heardAt = performance.now();
      if (performance.now() - heardAt > ANSWER_WITHIN) throw new Error(`it did not answer within ${ANSWER_WITHIN / 1000} s (${(error as Error).message})`);
    }
    await sleep(LOOK_EVERY);
  }
}

async function untilGone(identity: ProcessIdentity): Promise<string> {
  while (stillRuns(identity)) await sleep(ADOPTED_LOOK_EVERY, undefined, { ref: false });
  return 'an exit code that only its parent is told';
}

/** Asks over a connection of its own, which never reconnects. */
async function asking<T>(socketPath: string, question: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis({ path: socketPath, lazyConnect: true, retryStrategy: null, enableReadyCheck: false, disableClientInfo: true, commandTimeout: 2000 });
  // Each failure also rejects the call it belongs to.
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return await question(redis);
  } finally {
    redis.disconnect();
  }
}

function signal(identity: ProcessIdentity, name: NodeJS.Signals): void {
  try {
    if (stillRuns(identity)) process.kill(identity.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function readRecord(path: string): ProcessIdentity | null {
  try {
    return parseProcessIdentity(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
