// `npm run eval`: scores the build on recorded and composed alert streams whose truth is known. The streams
// and their scorers are kept outside this repository: in the folder WINNOW_EVALUATION, else ../shared/evaluation.

import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './build.mjs';
import { ablation } from './eval/modes/ablation.mjs';
import { calibration } from './eval/modes/calibration.mjs';
import { edges } from './eval/modes/edges.mjs';
import { figures } from './eval/modes/figures.mjs';
import { history } from './eval/modes/history.mjs';
import { ranking } from './eval/modes/ranking.mjs';
import { sensitivity } from './eval/modes/sensitivity.mjs';
import { suppression } from './eval/modes/suppression.mjs';
import { loadProduct } from './eval/product.mjs';
import { loadScorers } from './eval/scorers.mjs';
import { readStreams } from './eval/streams.mjs';
import { ROOT, say } from './say.mjs';

const MODES = { figures, ranking, ablation, edges, history, suppression, calibration, sensitivity };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string', multiple: true, default: [] }, json: { type: 'string' } },
});
const unknown = positionals.filter((name) => name !== 'all' && MODES[name] === undefined);
if (unknown.length > 0) {
  console.error(`there is no mode ${unknown.join(', ')}; allowed are ${Object.keys(MODES).join(', ')} and all`);
  process.exit(2);
}
const folder = resolve(ROOT, process.env.WINNOW_EVALUATION ?? '../shared/evaluation');
if (!existsSync(join(folder, 'score.mjs'))) {
  say(`${folder} holds no score.mjs: set WINNOW_EVALUATION to the folder of the evaluation sets`);
  process.exit(1);
}
ensureBuilt();
const product = await loadProduct();
const scorers = await loadScorers(folder);
const streams = readStreams({ folder, scorers, product, only: values.only });
if (streams.length === 0 && process.exitCode === undefined) {
  console.error(`no stream's name contains ${values.only.join(' or ')}`);
  process.exit(2);
}
const picked = positionals.length === 0 ? ['figures'] : positionals.includes('all') ? Object.keys(MODES) : positionals;
const report = {};
for (const name of picked) {
  const began = performance.now();
  report[name] = MODES[name]({ streams, product });
  say(`${name} took ${((performance.now() - began) / 1000).toFixed(1)} s`);
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
