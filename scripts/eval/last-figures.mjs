// Keeps the figures of the last run at each commit, in .cache/eval, and finds those to compare with.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture, ROOT } from '../say.mjs';
import { hashOf } from '../stamp.mjs';

const FOLDER = join(ROOT, '.cache/eval');
/** What figures depend on: a tree that differs only elsewhere counts as its commit. */
const SOURCES = ['src', 'tsconfig.json', 'package-lock.json', 'scripts/eval', 'scripts/eval.mjs'];

/** Which version of the product is evaluated: `name` is the commit's hash, with `-dirty` behind it when its sources were changed since. */
export function presentVersion() {
  const commit = git('rev-parse', 'HEAD').trim();
  const dirty = git('status', '--porcelain', '--', ...SOURCES).trim() !== '';
  return { commit, dirty, name: commit === '' ? 'no-commit' : `${commit}${dirty ? '-dirty' : ''}` };
}

/** Notes figures by stream; those of other streams that the same sources gave before are kept. */
export function keepFigures({ name }, streams) {
  const sources = hashOf(SOURCES);
  const before = readFigures(name);
  const kept = before?.sources === sources ? before.streams : {};
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${name}.json`), `${JSON.stringify({ sources, streams: { ...kept, ...streams } }, null, 2)}\n`);
}

/** The figures of the latest earlier commit that has any, as `{name, streams}`, or null. A commit's own go before those of what was changed on it. */
export function earlierFigures({ commit, dirty }) {
  if (commit === '') return null;
  const commits = git('rev-list', '--max-count=500', commit).trim().split('\n');
  const names = commits.flatMap((each) => [each, `${each}-dirty`]);
  for (const name of names.slice(dirty ? 0 : 2).filter((each) => each !== `${commit}-dirty`)) {
    const figures = readFigures(name);
    if (figures !== null) return { name, streams: figures.streams };
  }
  return null;
}

function readFigures(name) {
  try {
    return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'));
  } catch {
    return null;
  }
}

/** What git prints, or nothing outside of a repository. */
function git(...args) {
  const { code, output } = capture('git', args);
  return code === 0 ? output : '';
}
