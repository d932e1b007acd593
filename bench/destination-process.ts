// A destination in a process of its own, so that reading messages takes no time of whoever sends alerts.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { type Destination, startDestination } from './destination.ts';

/** Starts a destination as a child process. */
export async function forkDestination(): Promise<Destination> {
  const child = fork(import.meta.filename, { stdio: 'inherit' });
  const [url] = (await once(child, 'message')) as [string];
  return {
    url,
    async close() {
      child.kill();
      await once(child, 'exit');
    },
  };
}

if (process.argv[1] === import.meta.filename) {
  const { url } = await startDestination();
  process.send?.(url);
}
