// Decides whether the dependencies have to be installed: when node_modules does not hold what package-lock.json asks for.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runOrExit, say } from './say.mjs';

/** Installs what the lockfile asks for, unless it is there. Needs nothing but Node.js and npm. */
export function ensureInstalled() {
  if (isInstalled()) return;
  say('installing the dependencies (npm ci)');
  runOrExit('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
}

function isInstalled() {
  const wanted = packagesOf(join(ROOT, 'package-lock.json'));
  const found = packagesOf(join(ROOT, 'node_modules/.package-lock.json'));
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const there = found[path];
    return there === undefined ? optional === true : there.version === version && existsSync(join(ROOT, path));
  });
}

/** The packages that a lockfile lists, path to entry; npm keeps one of what it installed in node_modules. */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return {};
  }
}
