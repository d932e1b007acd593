// Puts the real programs that integration tests run on the PATH: what the machine lacks comes from
// Debian's packages, unpacked once into .cache/debian. Missing ones fail the run; nothing is skipped.

import { delimiter, dirname, resolve } from 'node:path';
import { findProgram } from '../src/store/debian-package.ts';

const CACHE = resolve(import.meta.dirname, '../.cache/debian');

/** Every program that a test may run, and the Debian package that brings it. */
export const PROGRAMS: readonly { readonly name: string; readonly package: string }[] = [
  { name: 'redis-server', package: 'redis-server' },
  { name: 'prometheus', package: 'prometheus' },
  { name: 'prometheus-alertmanager', package: 'prometheus-alertmanager' },
  { name: 'amtool', package: 'prometheus-alertmanager' },
];

/** Called by vitest once before the integration tests; test processes inherit the environment that it leaves. */
export async function setup(): Promise<void> {
  for (const { name, package: source } of PROGRAMS) {
    const program = await findProgram({ name, packages: [source], cacheDir: CACHE, log: (line) => console.log(line) });
    const folder = dirname(program.path);
    const path = process.env['PATH'] ?? '';
    if (!path.split(delimiter).includes(folder)) process.env['PATH'] = `${path}${delimiter}${folder}`;
    const libraries = program.env['LD_LIBRARY_PATH'];
    if (libraries !== undefined) process.env['LD_LIBRARY_PATH'] = libraries;
  }
}
