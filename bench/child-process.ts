// Programs under measurement as child processes: started until ready, stopped, and how much memory they take.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a program may take to be ready, in milliseconds. */
const READY_WITHIN = 120_000;
/** How often it is asked whether it is, in milliseconds. */
const ASKED_EVERY = 5;

/** A program that answers HTTP. */
export interface ProgramOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether what it says on standard error is shown. */
  readonly shown: boolean;
  /** What answers 200 once it is ready. */
  readonly readyUrl: string;
}

/** A program that runs. */
export interface RunningProgram {
  readonly pid: number;
  /** Milliseconds from its start until it said that it was ready. */
  readonly readyAfter: number;
  /** Asks it to end and resolves when it has. */
  stop(): Promise<void>;
}

/** Starts a program and waits until it is ready. Rejects when it ends before or takes two minutes. */
export async function startProgram({ command, args, env, shown, readyUrl }: ProgramOptions): Promise<RunningProgram> {
  const begun = performance.now();
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', shown ? 'inherit' : 'ignore'] });
  const ended = once(child, 'exit').catch(() => undefined);
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  while (!(await answersOk(readyUrl))) {
    if (hasEnded(child)) throw new Error(`${command} ended before it was ready`);
    if (performance.now() - begun > READY_WITHIN) {
      await stop();
      throw new Error(`${command} was not ready within ${READY_WITHIN / 1000} s`);
    }
    await sleep(ASKED_EVERY);
  }
  return { pid: child.pid ?? 0, readyAfter: performance.now() - begun, stop };
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

async function answersOk(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** A TCP port of the loopback interface that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Memory of a process and of all that it started, in bytes of resident set, by the name of the program. */
export function residentBytes(pid: number): ReadonlyMap<string, number> {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statusOf(name) ?? []);
  const family = new Set([pid]);
  for (let before = 0; before !== family.size; ) {
    before = family.size;
    for (const each of processes) if (family.has(each.parent)) family.add(each.pid);
  }
  const bytes = new Map<string, number>();
  for (const each of processes) if (family.has(each.pid)) bytes.set(each.name, (bytes.get(each.name) ?? 0) + each.residentBytes);
  return bytes;
}

interface ProcessStatus {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  readonly residentBytes: number;
}

/** Reads `/proc/PID/status` (proc(5)); null for a process that has ended meanwhile. */
function statusOf(pid: string): ProcessStatus | null {
  try {
    const fields = new Map(
      readFileSync(`/proc/${pid}/status`, 'utf8')
        .split('\n')
        .map((line) => line.split(':\t') as [string, string]),
    );
    return {
      pid: Number(pid),
      parent: Number(fields.get('PPid')),
      name: fields.get('Name') ?? '',
      residentBytes: Number.parseInt(fields.get('VmRSS') ?? '0', 10) * 1024,
    };
  } catch {
    return null;
  }
}
