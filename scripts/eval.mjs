// `npm run eval`: scores the build on recorded and composed alert streams whose truth is known. The streams
// and their scorers are kept outside this repository: in the folder WINNOW_EVALUATION, else ../shared/evaluation.

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ROOT, run, say } from './say.mjs';

const folder = resolve(ROOT, process.env.WINNOW_EVALUATION ?? '../shared/evaluation');
if (!existsSync(join(folder, 'score.mjs'))) {
  say(`${folder} holds no score.mjs: set WINNOW_EVALUATION to the folder of the evaluation sets`);
  process.exit(1);
}
ensureBuilt();
const winnow = `${process.execPath} ${join(ROOT, 'dist/cli/winnow.js')}`;

say('scoring recorded faults');
const recorded = run(process.execPath, [join(folder, 'score.mjs'), '--winnow', winnow, folder]);
say('scoring composed streams of ML platforms');
const composed = run(process.execPath, [
  join(folder, 'mlplatform-dev/score.mjs'),
  ...['--dir', folder, 'mlplatform-dev', 'mlplatform-vision', 'mlplatform-ads'],
  ...['--run', `${winnow} replay --config {config} --format json {events}`],
]);
process.exitCode = recorded === 0 ? composed : recorded;
