// `node scripts/plot-suppression.mjs [FOLDER]`: replays the recording in a folder (its `events.ndjson.gz` and `config.yaml`) and
// draws the plots of docs/suppression.md from what was decided. Without FOLDER it is mlplatform-dev in WINNOW_EVALUATION,
// else in ../shared/evaluation.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { ensureBuilt } from './build.mjs';
import { loadProduct } from './eval/product.mjs';
import { dayPlot } from './plot/day.mjs';
import { flappingPlot } from './plot/flapping.mjs';
import { survivalPlot } from './plot/survival.mjs';
import { ROOT, say } from './say.mjs';

const MODULES = [
  'cli/replay/replay',
  'correlate/baseline/change-flags',
  'correlate/baseline/series',
  'correlate/baseline/survival',
  'correlate/hold/survival-hold',
  'model/learned',
  'model/time',
];

const folder = resolve(ROOT, process.argv[2] ?? join(process.env.WINNOW_EVALUATION ?? '../shared/evaluation', 'mlplatform-dev'));
ensureBuilt();
const product = Object.assign({}, ...(await Promise.all(MODULES.map((path) => import(pathToFileURL(join(ROOT, 'dist', `${path}.js`)).href)))));
const { policyOf, eventOf } = await loadProduct();
const policy = policyOf(join(folder, 'config.yaml'));
const events = gunzipSync(readFileSync(join(folder, 'events.ndjson.gz')))
  .toString('utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map(eventOf);
const [first, last] = [events[0].receivedAt, events.at(-1).receivedAt];
const run = replayed(policy);
const plots = {
  survival: survivalPlot({ run, policy, now: last, product }),
  flapping: flappingPlot({ run, policy, events, product }),
  day: dayPlot({ run, plain: replayed(holdingNothing(policy)), from: first, to: last }),
};
mkdirSync(join(ROOT, 'docs/images'), { recursive: true });
for (const [name, svg] of Object.entries(plots)) {
  if (svg === null) {
    say(`the recording shows nothing for suppression-${name}.svg`);
    process.exitCode = 1;
  } else writeFileSync(join(ROOT, 'docs/images', `suppression-${name}.svg`), svg);
}

function replayed(under) {
  const replay = new product.Replay(under);
  for (const event of events) replay.event(event);
  replay.finish();
  return replay;
}

/** The policy without what holds back; heartbeats stay untold. */
function holdingNothing({ suppression, ...rest }) {
  const off = Object.fromEntries(['transient', 'flapping', 'seasonal', 'storm'].map((name) => [name, { ...suppression[name], mode: 'off' }]));
  return { ...rest, suppression: { ...suppression, ...off, rules: [], conditions: [], pagesPerHour: null } };
}
