// Decides who may write in a data directory: one process at a time, held by a file with its identity.
// The file of a process that died is taken over.

import { constants, copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identifyProcess, parseProcessIdentity, stillRuns } from './process-identity.ts';

/** How often, 50 ms apart, an owner's file is looked at that cannot be read (yet). */
const ATTEMPTS = 10;
const PAUSE = 50;

/** A data directory that is ours. */
export interface OwnerLock {
  /** Gives it up, for the next process. */
  release(): Promise<void>;
}

/**
 * Makes this process the owner of a data directory, which must exist. Rejects when another
 * running process, or this one, owns it already.
 */
export async function lockDataDir(dataDir: string): Promise<OwnerLock> {
  const path = join(dataDir, 'owner.json');
  const ours = JSON.stringify(identifyProcess(process.pid));
  let unreadable = 0;
  for (;;) {
    if ((await createOnly(path, ours)) && (await readIfThere(path)) === ours) return { release: () => rm(path, { force: true }) };

    const text = await readIfThere(path);
    if (text === null) continue;
    const owner = parseProcessIdentity(text);
    if (owner === null && ++unreadable < ATTEMPTS) {
      await sleep(PAUSE);
      continue;
    }
    if (owner !== null && stillRuns(owner)) {
      throw new Error(
        `the data directory ${dataDir} is in use by another winnow service (process ${owner.pid}); stop it, or set WINNOW_DATA_DIR to another directory`,
      );
    }
    await setAside(path, `${path}.${process.pid}`, text);
  }
}

/** Moves a dead owner's file away; gives back at once what a faster taker has put there since it was read. */
async function setAside(path: string, aside: string, expected: string): Promise<void> {
  try {
    await rename(path, aside);
    if ((await readIfThere(aside)) !== expected) await copyFile(aside, path, constants.COPYFILE_EXCL);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function createOnly(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
