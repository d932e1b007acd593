// Puts the real programs that integration tests run on the PATH: what the machine lacks comes from
// Debian's packages, unpacked once into .cache/debian. Missing ones fail the run; nothing is skipped.

import { delimiter, dirname, resolve } from 'node:path';
import { findProgram } from '../src/store/debian-package.ts';
import { runnableCopy } from './unpacked-alertmanager.ts';

const CACHE = resolve(import.meta.dirname, '../.cache/debian');

/** Every program that a test may run, and the Debian packages that bring it. */
export const PROGRAMS: readonly { readonly name: string; readonly packages: readonly string[] }[] = [
  { name: 'redis-server', packages: ['redis-server', 'redis-tools'] },
  { name: 'prometheus', packages: ['prometheus'] },
  { name: 'promtool', packages: ['prometheus'] },
  { name: 'prometheus-alertmanager', packages: ['prometheus-alertmanager'] },
  { name: 'amtool', packages: ['prometheus-alertmanager'] },
];

/** Called by vitest once before the integration tests; test processes inherit the environment that it leaves. */
export async function setup(): Promise<void> {
  for (const { name, packages } of PROGRAMS) {
    const program = await findProgram({ name, packages, cacheDir: CACHE, log: (line) => console.log(line) });
    const unpacked = name === 'prometheus-alertmanager' && program.path.startsWith(CACHE);
    const folder = dirname(unpacked ? await runnableCopy(program.path) : program.path);
    const path = process.env['PATH'] ?? '';
    if (!path.split(delimiter).includes(folder)) process.env['PATH'] = `${path}${delimiter}${folder}`;
    const libraries = program.env['LD_LIBRARY_PATH'];
    if (libraries !== undefined) process.env['LD_LIBRARY_PATH'] = libraries;
  }
}
