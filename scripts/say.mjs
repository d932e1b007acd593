// Runs a command in the project's folder, and says in a line what is done.

import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

/** The project's folder, absolute. */
export const ROOT = resolve(import.meta.dirname, '..');

/** Prints one line about what happens next, on standard error so that it mixes with no result. */
export function say(line) {
  console.error(`winnow: ${line}`);
}

/** Runs a program with this terminal as its own and answers its exit code; a signal that ended it counts as 1. */
export function run(program, args, env = {}) {
  const { status, error } = spawnSync(program, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });
  if (error !== undefined) console.error(`${program}: ${error.message}`);
  return status ?? 1;
}

/** Runs a program quietly and answers its exit code and all that it printed. */
export function capture(program, args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  return { code: status ?? 1, output: `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}` };
}

/** Runs a program that must succeed; ends this process with its exit code when it does not. */
export function runOrExit(program, args, env = {}) {
  const code = run(program, args, env);
  if (code !== 0) process.exit(code);
}

/** The script that a package of node_modules runs as its command, for `node SCRIPT`. */
export function command(path) {
  return join(ROOT, 'node_modules', path);
}
