// The lines of a recording: of a file, a gzipped file or standard input, without holding it whole.

import { createReadStream, type ReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
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
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const head: Buffer[] = [];
  for (let size = 0; size < 2; ) {
    const next = await chunks.next();
    if (next.done === true) break;
    head.push(next.value);
    size += next.value.length;
  }
  const [first, second] = Buffer.concat(head);
  const whole = Readable.from(joined(head, chunks), { objectMode: false });
  return first === 0x1f && second === 0x8b ? pipeline(whole, createGunzip(), () => undefined) : whole;
}

async function* joined(head: readonly Buffer[], rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield* head;
  yield* { [Symbol.asyncIterator]: () => rest };
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
