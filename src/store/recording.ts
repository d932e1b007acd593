// What came in, kept for `winnow export`: a stream of compressed batches, written by the commit that decides them, cut by age and size.

import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { Redis } from 'ioredis';
import type { Instant } from '../model/time.ts';
import type { ShardKeys } from './keys.ts';

/**
 * Brotli's quality 1 takes half a microsecond for an alert of a large batch, which is less than handing it to another
 * thread, and leaves a twentieth of it; deflate takes twice as long and leaves a third more.
 */
const QUALITY = 1;
/** The field of the meta hash that counts the stream's compressed bytes. */
export const RECORDED_BYTES = 'recordedBytes';
/** How many batches are read at once, and deleted at once, so that Redis is never held for long. */
const READ_AT_ONCE = 20;
const CUT_AT_ONCE = 500;
/** The recording takes this share of Redis's memory at most, whatever is configured: it must not keep alerts out. */
const MOST_OF_MEMORY = 0.25;

/** Compresses the lines of a batch. */
export function packLines(lines: readonly string[]): Buffer {
  const text = Buffer.from(lines.join('\n'));
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: text.length } });
}

/** The lines that were compressed. */
export function unpackLines(packed: Buffer): readonly string[] {
  return brotliDecompressSync(packed).toString('utf8').split('\n');
}

/** The recorded lines from an instant on, oldest first, by batch; a batch may hold lines that are older. */
export async function* readRecording(redis: Redis, keys: ShardKeys, since: Instant): AsyncGenerator<readonly string[]> {
  for (let from = String(Math.max(0, since)); ; ) {
    const entries = await redis.xrangeBuffer(keys.recording, from, '+', 'COUNT', READ_AT_ONCE);
    for (const [id, fields] of entries) {
      const packed = fields[1];
      if (packed !== undefined) yield unpackLines(packed);
      from = `(${id.toString()}`;
    }
    if (entries.length < READ_AT_ONCE) return;
  }
}

/** How much is kept. */
export interface RecordingBounds {
  /** What came in before is deleted. */
  readonly since: Instant;
  /** In compressed bytes. */
  readonly bytes: number;
}

/** KEYS: the stream, the meta hash. ARGV: the oldest time, the most bytes, how many entries at most, the counter's field. */
const CUT = `
local size = tonumber(redis.call('HGET', KEYS[2], ARGV[4]) or '0')
local cut = 0
for _, entry in ipairs(redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', ARGV[3])) do
  if tonumber(string.match(entry[1], '^%d+')) >= tonumber(ARGV[1]) and size <= tonumber(ARGV[2]) then break end
  size = size - #entry[2][2]
  redis.call('XDEL', KEYS[1], entry[1])
  cut = cut + 1
end
if cut > 0 then redis.call('HSET', KEYS[2], ARGV[4], string.format('%.0f', size)) end
return cut`;

/** Deletes what is older than it is to be kept, and the oldest of what is too much. Answers how many batches. */
export async function cutRecording(redis: Redis, keys: ShardKeys, { since, bytes }: RecordingBounds): Promise<number> {
  const most = Math.min(bytes, roomIn(await redis.info('memory')));
  for (let all = 0; ; ) {
    const cut = (await redis.eval(CUT, 2, keys.recording, keys.meta, since, Math.floor(most), CUT_AT_ONCE, RECORDED_BYTES)) as number;
    all += cut;
    if (cut < CUT_AT_ONCE) return all;
  }
}

/** How many bytes a recording may take by `INFO memory`; infinite without a `maxmemory`. */
export function roomIn(info: string): number {
  const most = Number(/^maxmemory:(\d+)/m.exec(info)?.[1] ?? 0);
  return most === 0 ? Number.MAX_SAFE_INTEGER : most * MOST_OF_MEMORY;
}
