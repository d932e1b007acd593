// Starts services as processes of their own, so that they can be killed.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { OwnerSettings } from './service-owner.ts';

/** A service in another process. */
export interface ServiceProcess {
  readonly url: string;
  readonly pid: number;
  /** Resolves with the signal that ended it, or null, once it is gone. */
  readonly ended: Promise<NodeJS.Signals | null>;
  /** Kills it with SIGKILL, if it still runs, and resolves once it is gone. */
  kill(): Promise<void>;
}

/** Starts a service, and resolves once it listens. */
export async function startServiceProcess(settings: OwnerSettings): Promise<ServiceProcess> {
  const child = spawn(process.execPath, ['--no-deprecation', '--import', 'tsx', join(import.meta.dirname, 'service-owner.ts'), JSON.stringify(settings)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit').then(([, signal]) => signal as NodeJS.Signals | null);
  const listening = once(child.stdout, 'data').then(([line]) => String(line).trim());
  const url = await Promise.race([
    listening,
    ended.then(() => {
      throw new Error('the service ended before it listened');
    }),
  ]);
  return {
    url,
    pid: child.pid ?? 0,
    ended,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
