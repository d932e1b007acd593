import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRecording } from '../../../src/cli/replay/read-lines.ts';
import { streamOf } from './recording.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-recording-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** All lines of a recording. */
async function linesOf(path: string, stdin = streamOf()): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const some of (await openRecording(path, stdin)).lines) lines.push(...some);
  return lines;
}

/** A file with a content, in the folder of the tests. */
async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('the lines of a file', () => {
  it('are those between its line breaks', async () => {
    expect(await linesOf(await fileOf('plain.ndjson', '{"a":1}\n{"b":2}\n'))).toEqual(['{"a":1}', '{"b":2}']);
  });

  it('are all there without a line break at the end', async () => {
    expect(await linesOf(await fileOf('open-end.ndjson', 'a\nb'))).toEqual(['a', 'b']);
    expect(await linesOf(await fileOf('one.ndjson', 'a'))).toEqual(['a']);
  });

  it('keep the empty ones, so that the others have their numbers', async () => {
    expect(await linesOf(await fileOf('gaps.ndjson', '\na\n\n\nb\n'))).toEqual(['', 'a', '', '', 'b']);
  });

  it('are none in an empty file', async () => {
    expect(await linesOf(await fileOf('empty.ndjson', ''))).toEqual([]);
  });

  it('are whole in a file that is read in many pieces', async () => {
    const lines = Array.from({ length: 3000 }, (_, i) => `${i} ${'né😀'.repeat(i % 200)}`);
    expect(await linesOf(await fileOf('large.ndjson', `${lines.join('\n')}\n`))).toEqual(lines);
  });

  it('are unpacked from gzip, whatever the file is called', async () => {
    const lines = Array.from({ length: 3000 }, (_, i) => `${i} né😀`);
    expect(await linesOf(await fileOf('packed.ndjson', gzipSync(lines.join('\n'))))).toEqual(lines);
    expect(await linesOf(await fileOf('plain.ndjson.gz', 'a\nb\n'))).toEqual(['a', 'b']);
  });

  it('cannot be read when there is none, when it is a folder, or when its gzip breaks off', async () => {
    await expect(linesOf(join(folder, 'nowhere.ndjson'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(linesOf(folder)).rejects.toMatchObject({ code: 'EISDIR' });
    const half = gzipSync('a\nb\n'.repeat(10_000)).subarray(0, 60);
    await expect(linesOf(await fileOf('half.ndjson.gz', half))).rejects.toMatchObject({ code: 'Z_BUF_ERROR' });
  });

  it('are counted by how much of the file was read', async () => {
    const recording = await openRecording(await fileOf('progress.ndjson', 'a\nb\n'), streamOf());
    const lines: string[] = [];
    for await (const some of recording.lines) lines.push(...some);
    expect(lines).toHaveLength(2);
    expect(recording.progress()).toBe(1);
  });
});

describe('the lines of standard input', () => {
  it('are whole, wherever its chunks end', async () => {
    expect(await linesOf('-', streamOf('a', 'b\nc', '\n', 'd\n', 'e'))).toEqual(['ab', 'c', 'd', 'e']);
  });

  it('keep a character that is split over chunks', async () => {
    const bytes = Buffer.from('é😀\n€\n');
    const single = Array.from(bytes, (_, i) => bytes.subarray(i, i + 1));
    expect(await linesOf('-', streamOf(...single))).toEqual(['é😀', '€']);
  });

  it('are unpacked from gzip', async () => {
    expect(await linesOf('-', streamOf(gzipSync('a\nb\n')))).toEqual(['a', 'b']);
  });

  it('are unpacked from gzip that comes byte by byte', async () => {
    const packed = gzipSync('a\nb\n');
    const single = Array.from(packed, (_, i) => packed.subarray(i, i + 1));
    expect(await linesOf('-', streamOf(...single))).toEqual(['a', 'b']);
  });

  it('are none when it ends at once', async () => {
    expect(await linesOf('-', streamOf())).toEqual([]);
  });

  it('are of a size that is not known', async () => {
    expect((await openRecording('-', streamOf('a\n'))).progress()).toBeNull();
  });
});
