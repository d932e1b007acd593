// Loads the functions of the scorers that lie beside the evaluation sets, so that every figure is reckoned by their rules.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const RECORDED_NAMES = 'readEvents, readStream, fromReplay, scoreIncidents, scoreAlarms, baselines';

/**
 * The two scorers in the folder of the evaluation sets: `composed` for streams of made-up platforms (`loadTruth`, `score`, `baselines`)
 * and `recorded` for recorded faults and alarms (`readEvents`, `readStream`, `fromReplay`, `scoreIncidents`, `scoreAlarms`, `baselines`).
 */
export async function loadScorers(folder) {
  return { composed: await import(pathToFileURL(join(folder, 'mlplatform-dev/score.mjs')).href), recorded: await loadRecorded(folder) };
}

/** This scorer runs when it is imported and exports nothing, so a copy that does neither is imported and removed. */
async function loadRecorded(folder) {
  const text = readFileSync(join(folder, 'score.mjs'), 'utf8');
  const copy = text.replace(/^await main\(.*$/m, '').replaceAll("from './lib/", `from '${pathToFileURL(join(folder, 'lib')).href}/`);
  if (copy.includes('\nawait main(') || !text.includes('\nawait main('))
    throw new Error(`${folder}/score.mjs does not begin as expected: it has no line \`await main(\``);
  const scratch = mkdtempSync(join(tmpdir(), 'winnow-eval-'));
  try {
    writeFileSync(join(scratch, 'score.mjs'), `${copy}\nexport { ${RECORDED_NAMES} };\n`);
    return await import(pathToFileURL(join(scratch, 'score.mjs')).href);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
