// `npm run bench`: picks figures, measures them one after the other, prints a row for each value.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findProgram } from '../src/store/debian-package.ts';
import { runnableCopy } from '../test/unpacked-alertmanager.ts';
import { startAlertmanager } from './alertmanager.ts';
import type { Bench, Figure, Row } from './figure.ts';
import { decide } from './figures/decide.ts';
import { intake } from './figures/intake.ts';
import { latency } from './figures/latency.ts';
import { memory } from './figures/memory.ts';
import { messages } from './figures/messages.ts';
import { replay } from './figures/replay.ts';
import { restart } from './figures/restart.ts';
import { tableHead, tableRow } from './table.ts';
import { startWinnow } from './winnow.ts';

const FIGURES: Readonly<Record<string, Figure>> = { intake, decide, messages, latency, memory, restart, replay };
const ROOT = resolve(import.meta.dirname, '..');
const CACHE = join(ROOT, '.cache');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, program: { type: 'string' }, profile: { type: 'string' } },
});
const unknown = positionals.filter((name) => FIGURES[name] === undefined);
if (unknown.length > 0) {
  console.error(`there is no figure ${unknown.join(', ')}; allowed are ${Object.keys(FIGURES).join(', ')}`);
  process.exit(2);
}

const script = resolve(values.program ?? built());
mkdirSync(join(CACHE, 'bench'), { recursive: true });
const scratch = mkdtempSync(join(CACHE, 'bench/run-'));
try {
  const bench = await prepare();
  const rows: Row[] = [];
  console.log(tableHead());
  for (const [name, figure] of Object.entries(FIGURES)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    try {
      for (const row of await figure(bench)) {
        rows.push(row);
        console.log(tableRow(row));
      }
    } catch (error) {
      console.error(`${name} could not be measured: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
  }
  if (values.json !== undefined)
    writeFileSync(
      values.json,
      `${JSON.stringify({ at: new Date().toISOString(), node: process.version, cpus: cpus().map(({ model }) => model), rows }, null, 2)}\n`,
    );
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function prepare(): Promise<Bench> {
  const profile = values.profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', resolve(values.profile)];
  const winnow = { script, scratch, nodeOptions: profile };
  const program = await findProgram({
    name: 'prometheus-alertmanager',
    packages: ['prometheus-alertmanager'],
    cacheDir: join(CACHE, 'debian'),
    log: (line) => console.error(line),
  });
  const path = program.path.startsWith(CACHE) ? await runnableCopy(program.path) : program.path;
  const alertmanager = { program: { ...program, path }, scratch };
  return {
    winnow,
    alertmanager,
    start: (name, options) => (name === 'winnow' ? startWinnow(winnow, options) : startAlertmanager(alertmanager, options)),
  };
}

/** Brings `dist/` up to date; answers the program in it. */
function built(): string {
  const { status } = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  return join(ROOT, 'dist/cli/winnow.js');
}
