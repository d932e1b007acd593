// `winnow serve` as a process of its own, which takes signals as it does for its users.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { until } from './until.ts';

const WINNOW = resolve(import.meta.dirname, '../../../src/cli/winnow.ts');

/** How a process ended: by its own status or by a signal. */
export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A service that runs. */
export interface ServedProcess {
  readonly url: string;
  /** Sends it a signal and resolves once it is gone, with how long that took and what it logged from then on. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<Ended & { readonly took: number; readonly said: string }>;
}

/** Starts it with a configuration as text, and resolves once it listens and owns its shard. */
export async function startServed({ config, redisUrl }: { readonly config: string; readonly redisUrl: string }): Promise<ServedProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'winnow-served-'));
  const file = join(folder, 'winnow.yaml');
  await writeFile(file, config);
  const child = spawn(process.execPath, ['--import', 'tsx', WINNOW, 'serve', '--config', file, '--listen', '127.0.0.1:0'], {
    env: { ...process.env, REDIS_URL: redisUrl, WINNOW_LOG_LEVEL: 'info' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  const ended = once(child, 'exit').then(async ([status, signal]): Promise<Ended> => {
    await rm(folder, { recursive: true, force: true });
    return { status: status as number | null, signal: signal as NodeJS.Signals | null };
  });
  const url = await until('the service to listen', () => /"url":"([^"]+)".*"winnow listens"/.exec(said)?.[1], 60_000);
  await until('it to own the shard', () => said.includes('"owns the shard"'), 60_000);
  return {
    url,
    async end(signal) {
      const began = performance.now();
      said = '';
      child.kill(signal);
      return { ...(await ended), took: performance.now() - began, said };
    },
  };
}
