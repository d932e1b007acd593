// Makes src/generated/openapi.d.ts from openapi/winnow.yaml. `node scripts/generate.mjs` makes it anew,
// with `--check` it says whether the one that is there is up to date.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { capture, command, ROOT, runOrExit, say } from './say.mjs';
import { hashOf, isStamped, stamp } from './stamp.mjs';

const SOURCE = 'openapi/winnow.yaml';
const TARGET = 'src/generated/openapi.d.ts';
const STAMP = 'node_modules/.cache/winnow/generated';

/** Makes the types, unless they were made of this very document. */
export function ensureGenerated() {
  if (isStamped(STAMP, hashOf([SOURCE, TARGET, 'package-lock.json']))) return;
  generate();
}

function generate() {
  say(`generating ${TARGET} from ${SOURCE}`);
  runOrExit(process.execPath, [command('openapi-typescript/bin/cli.js'), SOURCE, '--output', TARGET], { NODE_NO_WARNINGS: '1' });
  stamp(STAMP, hashOf([SOURCE, TARGET, 'package-lock.json']));
}

function check() {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-generated-'));
  try {
    const fresh = join(folder, 'openapi.d.ts');
    const { code, output } = capture(process.execPath, [command('openapi-typescript/bin/cli.js'), SOURCE, '--output', fresh]);
    if (code !== 0) {
      console.error(output);
      return code;
    }
    if (readFileSync(fresh, 'utf8') === readFileSync(join(ROOT, TARGET), 'utf8')) return 0;
    console.error(`${TARGET} is not what ${SOURCE} makes: run npm run generate`);
    return 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  if (process.argv.includes('--check')) process.exitCode = check();
  else generate();
}
