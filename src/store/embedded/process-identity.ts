// Decides whether a process noted down earlier still runs. A pid alone does not say: pids are used again,
// above all in containers, where a restarted service has the very pid of the one that was killed.

import { readFileSync } from 'node:fs';

/** A process as it can be noted in a file and found again. */
export interface ProcessIdentity {
  readonly pid: number;
  /** The boot and the tick of it at which the process began; null where the system does not tell (only Linux does). */
  readonly began: string | null;
}

/** Identifies a running process; null when there is none of this pid, or only its remains. */
export function identifyProcess(pid: number): ProcessIdentity | null {
  const bootId = readIfThere('/proc/sys/kernel/random/boot_id');
  if (bootId === null) return answersSignals(pid) ? { pid, began: null } : null;
  const stat = readIfThere(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // See proc(5): the name in parentheses may hold anything, so count from the last one. Field 3 is the state, 22 the start.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[0];
  if (state === 'Z' || state === 'X') return null;
  return { pid, began: `${bootId.trim()}:${fields[19]}` };
}

/** Says whether the very process that was noted still runs. */
export function stillRuns(noted: ProcessIdentity): boolean {
  const found = identifyProcess(noted.pid);
  return found !== null && found.began === noted.began;
}

/** Reads an identity from JSON text; null when it is none, as in a file that is being written. */
export function parseProcessIdentity(text: string): ProcessIdentity | null {
  try {
    const value = JSON.parse(text) as Partial<ProcessIdentity> | null;
    if (!Number.isSafeInteger(value?.pid) || (value?.pid ?? 0) <= 0) return null;
    return { pid: value?.pid ?? 0, began: typeof value?.began === 'string' ? value.began : null };
  } catch {
    return null;
  }
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
