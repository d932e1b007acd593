// The exit status of the process: what starts services has to know that one did not start.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const WINNOW = resolve(import.meta.dirname, '../../../src/cli/winnow.ts');

it('a service that cannot listen ends with 1 and says why', { timeout: 60_000 }, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'winnow-exit-'));
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const child = spawn(process.execPath, ['--import', 'tsx', WINNOW, 'serve', '--listen', `127.0.0.1:${address.port}`], {
    env: { ...process.env, WINNOW_DATA_DIR: dataDir, WINNOW_LOG_LEVEL: 'fatal', REDIS_URL: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  const [status] = await once(child, 'exit');
  taken.close();
  await rm(dataDir, { recursive: true, force: true });
  expect(said).toMatch(/winnow: .*EADDRINUSE/);
  expect(status).toBe(1);
});
