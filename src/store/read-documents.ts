// Reads what alerts say.

import type { Redis } from 'ioredis';
import type { AlertDocument } from '../model/alert.ts';
import { decodeDocument } from './document-codec.ts';
import type { ShardKeys } from './keys.ts';

/** How many are asked for in one command. */
const PAGE = 5000;

/** What alerts say, by fingerprint; one that is not known is left out. */
export async function readDocuments(redis: Redis, keys: ShardKeys, fingerprints: readonly string[]): Promise<ReadonlyMap<string, AlertDocument>> {
  const found = new Map<string, AlertDocument>();
  for (let i = 0; i < fingerprints.length; i += PAGE) {
    const page = fingerprints.slice(i, i + PAGE);
    for (const [at, text] of (await redis.hmget(keys.documents, ...page)).entries()) {
      const fingerprint = page[at];
      if (typeof text === 'string' && fingerprint !== undefined) found.set(fingerprint, decodeDocument(text, fingerprint));
    }
  }
  return found;
}
