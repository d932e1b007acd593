import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findProgram } from '../../../src/store/debian-package.ts';

const run = promisify(execFile);

let cacheDir: string;
let lines: string[];
const log = (line: string): void => void lines.push(line);

beforeEach(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'winnow-debian-'));
  lines = [];
});

afterEach(() => rm(cacheDir, { recursive: true, force: true }));

describe('findProgram', () => {
  it('takes what is on the PATH without a word', async () => {
    const program = await findProgram({ name: 'redis-server', packages: ['redis-server', 'redis-tools'], cacheDir, log });
    expect((await run(program.path, ['--version'], { env: { ...program.env } })).stdout).toMatch(/^Redis server v=/);
    expect(lines).toEqual([]);
    expect(await readdir(cacheDir)).toEqual([]);
  });

  it("unpacks Debian's package when it is not, once for all who ask", { timeout: 120_000 }, async () => {
    const request = { name: 'redis-server', packages: ['redis-server', 'redis-tools'], cacheDir, log, searchPath: '' };
    const [first, second] = await Promise.all([findProgram(request), findProgram(request)]);
    expect(first.path).toBe(join(cacheDir, 'redis-server+redis-tools/usr/bin/redis-server'));
    expect(second).toEqual(first);
    expect((await run(first.path, ['--version'], { env: { ...first.env } })).stdout).toMatch(/^Redis server v=/);

    lines = [];
    expect(await findProgram(request)).toEqual(first);
    expect(lines).toEqual([]);
    expect((await readdir(cacheDir)).toSorted()).toEqual(['apt', 'redis-server+redis-tools']);
  });

  it('says in one line what to install when no package has it', { timeout: 120_000 }, async () => {
    const request = { name: 'no-such-program', packages: ['winnow-no-such-package'], cacheDir, log, searchPath: '' };
    await expect(findProgram(request)).rejects.toThrow(
      /^no-such-program is missing: install it with "apt-get install winnow-no-such-package", or put it on the PATH \([^\n]+\)$/,
    );
  });
});
