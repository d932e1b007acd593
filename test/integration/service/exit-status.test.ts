// The exit status of the process: what starts services has to know that one did not start.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { until } from './until.ts';

const WINNOW = resolve(import.meta.dirname, '../../../src/cli/winnow.ts');

it('a service that would let everyone act ends with 1 and says what to configure', { timeout: 60_000 }, async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', WINNOW, 'serve', '--listen', '0.0.0.0:0'], {
    env: { ...process.env, WINNOW_LOG_LEVEL: 'fatal', REDIS_URL: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  const [status] = await once(child, 'exit');
  expect(said).toMatch(/winnow: listening on 0\.0\.0\.0 .*api\.tokens.*api\.allow_anonymous: true/);
  expect(status).toBe(1);
});

it('a service reads its configuration again on SIGHUP, and stops with 0 on SIGTERM', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'winnow-hup-'));
  const file = join(folder, 'winnow.yaml');
  await writeFile(file, 'route: {receiver: a}\nreceivers: [{name: a}]\n');
  const child = spawn(process.execPath, ['--import', 'tsx', WINNOW, 'serve', '--config', file, '--listen', '127.0.0.1:0'], {
    env: { ...process.env, WINNOW_DATA_DIR: join(folder, 'data'), WINNOW_LOG_LEVEL: 'info', REDIS_URL: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  const exit = once(child, 'exit');
  await until('it to listen', () => said.includes('winnow listens'), 30_000);
  await writeFile(file, 'route: {receiver: b}\nreceivers: [{name: b}]\n');
  child.kill('SIGHUP');
  await until('the new file', () => /"by":"SIGHUP","changed":true/.test(said));
  await writeFile(file, 'route: {receiver: c}\nreceivers: [{name: b}]\n');
  child.kill('SIGHUP');
  await until('the bad file', () => /winnow\.yaml:1:19: .*the old one stays in force/.test(said));
  child.kill('SIGTERM');
  expect((await exit)[0]).toBe(0);
  await rm(folder, { recursive: true, force: true });
});

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
