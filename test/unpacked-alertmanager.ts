// Debian's Alertmanager reads its message templates from a path that is compiled into it, so one that is only
// unpacked somewhere cannot start. This makes a copy that reads them from where it was unpacked to.

import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

const COMPILED_IN = '/usr/share/prometheus/alertmanager';
/** As long as the text it replaces, as a Go string keeps its length; relative to the folder that the wrapper changes to. */
const RELATIVE = 'usr/share/prometheus/alertmanager/';

/**
 * Makes a runnable copy of an unpacked Alertmanager, and answers its path. `path` is the program below `usr/bin` of the
 * folder that the package was unpacked into. The copy runs in that folder, so its arguments have to be absolute paths.
 */
export async function runnableCopy(path: string): Promise<string> {
  const root = resolve(path, '../../..');
  const program = await readFile(path);
  for (let at = program.indexOf(COMPILED_IN); at >= 0; at = program.indexOf(COMPILED_IN, at + 1)) program.write(RELATIVE, at, 'latin1');
  await place(join(root, 'usr/bin/alertmanager-here'), program);
  const wrapper = join(root, 'bin/prometheus-alertmanager');
  await mkdir(dirname(wrapper), { recursive: true });
  await place(wrapper, `#!/bin/sh\ncd '${root.replaceAll("'", `'\\''`)}' && exec usr/bin/alertmanager-here "$@"\n`);
  return wrapper;
}

/** Writes a program whole or not at all: another process may do the same. */
async function place(path: string, content: Buffer | string): Promise<void> {
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, content);
  await chmod(unfinished, 0o755);
  await rename(unfinished, path);
}
