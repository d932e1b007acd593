// The lines of a recording: of a file, a gzipped file or standard input, without holding it whole.

import { once } from 'node:events';
import { createReadStream, type ReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** An opened recording. */
export interface Recording {
  /** The lines in groups, as they come from the file; empty ones are left in, so that lines can be counted. */
  readonly lines: AsyncIterable<readonly string[]>;
  /** How much of the file has been read, between 0 and 1; null when its size is not known. */
  progress(): number | null;
}

/** Opens a recording; `-` is standard input, and what begins like gzip is unpacked. Rejects when it cannot be read. */
export async function openRecording(path: string, stdin: Readable): Promise<Recording> {
  if (path === '-') return { lines: linesOf(await unpacked(stdin)), progress: () => null };
  const { size } = await stat(path);
  const file: ReadStream = createReadStream(path, { highWaterMark: 1 << 18 });
  return { lines: linesOf(await unpacked(file)), progress: () => (size === 0 ? 1 : file.bytesRead / size) };
}

async function unpacked(source: Readable): Promise<Readable> {
  let head: Buffer | null = source.read() as Buffer | null;
  while (head === null && !source.readableEnded && !source.destroyed) {
    await Promise.race([once(source, 'readable'), once(source, 'end')]);
    head = source.read() as Buffer | null;
  }
  if (head === null) return source;
  source.unshift(head);
  return head[0] === 0x1f && head[1] === 0x8b ? pipeline(source, createGunzip(), () => undefined) : source;
}

async function* linesOf(chunks: Readable): AsyncGenerator<readonly string[]> {
  // A chunk ends anywhere, also inside a character, so what follows its last line break is kept as bytes.
  let rest: Buffer[] = [];
  for await (const chunk of chunks as AsyncIterable<Buffer>) {
    const end = chunk.lastIndexOf(LINE_BREAK);
    if (end === -1) {
      rest.push(chunk);
      continue;
    }
    const head = chunk.subarray(0, end);
    yield (rest.length === 0 ? head : Buffer.concat([...rest, head])).toString('utf8').split('\n');
    rest = [chunk.subarray(end + 1)];
  }
  const last = Buffer.concat(rest).toString('utf8');
  if (last !== '') yield [last];
}

const LINE_BREAK = 0x0a;
