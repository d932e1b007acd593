// A short name for a content: the same for the same content over restarts.

import { createHash } from 'node:crypto';

/** The first 8 hex digits of a SHA-256 over texts, a line break between them. */
export function contentHash(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 8);
}
