import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { identifyProcess } from '../../../src/store/embedded/process-identity.ts';
import { type EmbeddedRedis, startEmbeddedRedis } from '../../../src/store/embedded-redis.ts';

const OWNER = join(import.meta.dirname, 'embedded-redis-owner.ts');

let dataDir: string;
let said: string[];
let undo: (() => Promise<unknown>)[];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'winnow-embedded-'));
  said = [];
  undo = [() => rm(dataDir, { recursive: true, force: true })];
});

afterEach(async () => {
  for (const step of undo.toReversed()) await step();
});

async function start(folder = dataDir): Promise<EmbeddedRedis> {
  const log = { info: (_: object, message: string) => void said.push(message), warn: (_: object, message: string) => void said.push(message) };
  const redis = await startEmbeddedRedis({ dataDir: folder, log });
  undo.push(() => redis.stop());
  return redis;
}

function connect(socketPath: string): Redis {
  const client = new Redis({ path: socketPath, retryStrategy: () => 20, maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  undo.push(async () => client.disconnect());
  return client;
}

/** A service process of its own, once its Redis answers. */
async function startOwner(): Promise<{ process: ChildProcess; socketPath: string }> {
  const owner = spawn(process.execPath, ['--import', 'tsx', OWNER, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  undo.push(async () => {
    if (owner.exitCode !== null || owner.signalCode !== null) return;
    owner.kill('SIGTERM');
    await once(owner, 'exit');
  });
  const [line] = (await once(owner.stdout, 'data')) as [Buffer];
  return { process: owner, socketPath: line.toString().trim() };
}

async function killNow(owner: ChildProcess): Promise<void> {
  const ended = once(owner, 'exit');
  owner.kill('SIGKILL');
  await ended;
}

async function serverPid(client: Redis): Promise<number> {
  return Number(/^process_id:(\d+)/m.exec(await client.info('server'))?.[1]);
}

describe('an embedded Redis', () => {
  it('is set to lose nothing that it acknowledged, to evict nothing and to listen on no port', async () => {
    const client = connect((await start()).socketPath);
    const settings: string[] = [];
    for (const name of ['appendonly', 'appendfsync', 'save', 'maxmemory-policy', 'port', 'unixsocketperm'])
      settings.push(...(await client.config('GET', name)));
    expect(settings).toEqual([
      'appendonly',
      'yes',
      'appendfsync',
      'always',
      'save',
      '',
      'maxmemory-policy',
      'noeviction',
      'port',
      '0',
      'unixsocketperm',
      '700',
    ]);
    const [, maxMemory] = await client.config('GET', 'maxmemory');
    expect(Number(maxMemory)).toBeGreaterThanOrEqual(256 * 1024 * 1024);
  });

  it('is gone once stopped, and has its data when started again', async () => {
    const first = await start();
    const client = connect(first.socketPath);
    await client.set('incident', 'open');
    const pid = await serverPid(client);
    client.disconnect();
    await first.stop();
    expect(identifyProcess(pid)).toBeNull();
    expect(existsSync(first.socketPath)).toBe(false);

    const second = await start();
    expect(await connect(second.socketPath).get('incident')).toBe('open');
  });

  it('can be stopped twice', async () => {
    const redis = await start();
    await redis.stop();
    await expect(redis.stop()).resolves.toBeUndefined();
  });

  it('comes back with its data on the same socket when it is killed', async () => {
    const redis = await start();
    const client = connect(redis.socketPath);
    await client.set('incident', 'open');
    const pid = await serverPid(client);
    process.kill(pid, 'SIGKILL');

    expect(await client.get('incident')).toBe('open');
    expect(await serverPid(client)).not.toBe(pid);
    await vi.waitFor(() => expect(said).toContain('embedded redis-server started again'));
  });

  it('comes back each time when it is killed again and again', async () => {
    const client = connect((await start()).socketPath);
    for (const value of ['1', '2', '3']) {
      await client.set('last', value);
      process.kill(await serverPid(client), 'SIGKILL');
      expect(await client.get('last')).toBe(value);
    }
  });

  it('does not come back when it is killed and stopped in one breath', async () => {
    const redis = await start();
    const client = connect(redis.socketPath);
    const pid = await serverPid(client);
    client.disconnect();
    process.kill(pid, 'SIGKILL');
    await redis.stop();
    expect(existsSync(redis.socketPath)).toBe(false);
    expect(existsSync(join(dataDir, 'redis-server.json'))).toBe(false);
  });

  it('lives on a short path in the temporary directory when the data directory has a long one', async () => {
    const deep = join(dataDir, 'x'.repeat(120));
    const redis = await start(deep);
    expect(redis.socketPath.length).toBeLessThanOrEqual(100);
    expect(await connect(redis.socketPath).ping()).toBe('PONG');
  });

  it('says in one line what the server said when it does not start', async () => {
    const first = await start();
    const client = connect(first.socketPath);
    await client.set('incident', 'open');
    client.disconnect();
    await first.stop();
    await writeFile(join(dataDir, 'redis/appendonlydir/appendonly.aof.manifest'), 'no manifest');

    await expect(start()).rejects.toThrow(/^redis-server did not start: it ended with exit code 1; .*redis-server\.log ends with: [^\n]+$/);
    expect(existsSync(join(dataDir, 'owner.json'))).toBe(false);
  });
});

describe('the owner of a data directory', () => {
  it('is one process: a second service is refused and the first goes on', async () => {
    const owner = await startOwner();
    await expect(start()).rejects.toThrow(`is in use by another winnow service (process ${owner.process.pid})`);
    expect(await connect(owner.socketPath).ping()).toBe('PONG');
  });

  it('is one service, also within a process', async () => {
    await start();
    await expect(start()).rejects.toThrow('is in use by another winnow service');
  });

  it('stops its Redis when it ends', async () => {
    const owner = await startOwner();
    const pid = await serverPid(connect(owner.socketPath));
    const ended = once(owner.process, 'exit');
    owner.process.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(identifyProcess(pid)).toBeNull();
  });

  it('leaves its Redis and data to the next when it is killed', async () => {
    const owner = await startOwner();
    const client = connect(owner.socketPath);
    await client.set('incident', 'open');
    const pid = await serverPid(client);
    await killNow(owner.process);
    await client.config('SET', 'appendfsync', 'no');

    const next = await start();
    expect(said).toEqual(['took over the redis-server of a service that was killed']);
    const again = connect(next.socketPath);
    expect(await serverPid(again)).toBe(pid);
    expect(await again.get('incident')).toBe('open');
    expect(await again.config('GET', 'appendfsync')).toEqual(['appendfsync', 'always']);

    process.kill(pid, 'SIGKILL');
    expect(await again.get('incident')).toBe('open');
    await next.stop();
    expect(existsSync(next.socketPath)).toBe(false);
  });

  it('stops a leftover Redis that no longer answers, and starts one on its data', async () => {
    const owner = await startOwner();
    const client = connect(owner.socketPath);
    await client.set('incident', 'open');
    const pid = await serverPid(client);
    client.disconnect();
    await killNow(owner.process);
    await rm(owner.socketPath);

    const next = await start();
    expect(identifyProcess(pid)).toBeNull();
    expect(await connect(next.socketPath).get('incident')).toBe('open');
  });

  it('is whoever comes after a crash that left an unreadable file, once nobody is seen writing it', async () => {
    await writeFile(join(dataDir, 'owner.json'), '{"pi');
    await start();
    expect(JSON.parse(await readFile(join(dataDir, 'owner.json'), 'utf8'))).toMatchObject({ pid: process.pid });
  });

  it('is whoever comes after a process whose pid is in use again', async () => {
    await writeFile(join(dataDir, 'owner.json'), JSON.stringify({ pid: process.pid, began: 'an earlier boot:12' }));
    await start();
    expect(said).toEqual(['embedded redis-server started']);
  });

  it('is exactly one of several that start at once after a crash', async () => {
    await writeFile(join(dataDir, 'owner.json'), JSON.stringify({ pid: process.pid, began: 'an earlier boot:12' }));
    const outcomes = await Promise.allSettled([start(), start(), start(), start()]);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
  });
});
