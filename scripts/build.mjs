// Makes dist/ from src/ and web/. `node scripts/build.mjs` installs, generates and builds what is stale.

import { cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureGenerated } from './generate.mjs';
import { ensureInstalled } from './install.mjs';
import { command, ROOT, run, say } from './say.mjs';
import { hashOf, isStamped, stamp } from './stamp.mjs';

const SOURCES = ['src', 'web', 'tsconfig.json', 'package-lock.json'];
const WEB_AS_IT_IS = ['index.html', 'style.css', 'icon.svg'];

/** Brings dependencies, generated types and dist/ up to date, each only when it is stale; ends this process when one fails. */
export function ensureBuilt() {
  ensureInstalled();
  ensureGenerated();
  const hash = hashOf(SOURCES);
  if (isStamped('dist/.sources', hash)) return;
  say('building dist/ (tsc)');
  // Built aside and moved in whole, so that a failed or interrupted build leaves the one before, and a removed source no output.
  const fresh = `.dist-${process.pid}`;
  const compile = (project, folder) => run(process.execPath, [command('typescript/bin/tsc'), '-p', project, '--outDir', folder, '--noEmitOnError']);
  const code = compile('tsconfig.json', fresh) || compile('web/tsconfig.json', `${fresh}/web`);
  if (code === 0) {
    for (const name of WEB_AS_IT_IS) cpSync(join(ROOT, 'web', name), join(ROOT, fresh, 'web', name));
    stamp(`${fresh}/.sources`, hash);
    const old = join(ROOT, `${fresh}-old`);
    if (existsSync(join(ROOT, 'dist'))) renameSync(join(ROOT, 'dist'), old);
    renameSync(join(ROOT, fresh), join(ROOT, 'dist'));
    rmSync(old, { recursive: true, force: true });
  }
  rmSync(join(ROOT, fresh), { recursive: true, force: true });
  if (code !== 0) process.exit(code);
}

if (process.argv[1] === import.meta.filename) ensureBuilt();
