// Decides whether something made from files is stale: when the hash of those files is not the one noted when it was made.

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './say.mjs';

/** One hash over the names and contents of files and folders, named from the project's folder. */
export function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(filesUnder))
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(ROOT, path)))
      .update('\0');
  return hash.digest('hex');
}

/** Says whether a stamp file holds this hash. */
export function isStamped(file, hash) {
  try {
    return readFileSync(join(ROOT, file), 'utf8') === hash;
  } catch {
    return false;
  }
}

/** Notes a hash in a stamp file. */
export function stamp(file, hash) {
  mkdirSync(dirname(join(ROOT, file)), { recursive: true });
  writeFileSync(join(ROOT, file), hash);
}

function filesUnder(path) {
  if (!statSync(join(ROOT, path)).isDirectory()) return [path];
  const names = readdirSync(join(ROOT, path)).toSorted();
  return names.flatMap((name) => filesUnder(`${path}/${name}`));
}
