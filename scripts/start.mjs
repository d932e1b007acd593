// `npm start`: brings everything up to date and becomes the service. It runs in this very process, so that
// signals and the exit code are the service's own. Arguments after `--` are handed on to `winnow serve`.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { ROOT, say } from './say.mjs';

const given = process.argv.slice(2);
const choosesConfig = process.env.WINNOW_CONFIG !== undefined || given.some((argument) => argument === '--config' || argument.startsWith('--config='));
const args = ['serve', ...(choosesConfig ? [] : ['--config', 'examples/winnow.yaml']), ...given];
const program = join(ROOT, 'dist/cli/winnow.js');

ensureBuilt();
say(`starting: winnow ${args.join(' ')}`);
process.argv = [process.execPath, program, ...args];
await import(pathToFileURL(program).href);
