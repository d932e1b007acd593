// Decides where the Unix socket of the embedded server is: beside its data, or in the temporary
// directory when that path would be longer than a socket's address can hold.

import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** sun_path holds 108 bytes on Linux and 104 on macOS, the final zero included. */
const LONGEST = 100;

/** Answers the socket's path for an absolute data directory; one data directory always has the same. */
export function socketPathFor(dataDir: string, temporaryDir: string): string {
  const beside = join(dataDir, 'redis.sock');
  if (Buffer.byteLength(beside) <= LONGEST) return beside;
  const folder = `winnow-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`;
  const temporary = join(temporaryDir, folder, 'redis.sock');
  return Buffer.byteLength(temporary) <= LONGEST ? temporary : join('/tmp', folder, 'redis.sock');
}
