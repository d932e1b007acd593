// Writes what is long to a stream as fast as that takes it.

import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** How many characters are written at once. */
const AT_ONCE = 1 << 16;

/** Writes pieces one after the other and waits whenever the stream is full, so that nothing long is held in memory. */
export async function writeAll(stream: Writable, pieces: Iterable<string> | AsyncIterable<string>): Promise<void> {
  let gathered = '';
  const write = async () => {
    if (!stream.write(gathered)) await once(stream, 'drain');
    gathered = '';
  };
  for await (const piece of pieces) {
    gathered += piece;
    if (gathered.length >= AT_ONCE) await write();
  }
  await write();
}
