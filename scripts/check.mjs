// `npm run check`: everything that can be said of the code without running it, one line for each check
// and, for those that fail, what they found. Arguments after `--` pick checks by name.

import { ensureInstalled } from './install.mjs';
import { capture, command } from './say.mjs';

const CHECKS = [
  ['types', 'typescript/bin/tsc', ['-p', 'tsconfig.json', '--noEmit']],
  ['types-pure', 'typescript/bin/tsc', ['-p', 'tsconfig.pure.json']],
  ['types-web', 'typescript/bin/tsc', ['-p', 'web/tsconfig.json', '--noEmit']],
  ['types-test', 'typescript/bin/tsc', ['-p', 'tsconfig.test.json']],
  ['format-and-lint', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '--max-diagnostics=100', '.']],
  ['typed-lint-and-purity', 'eslint/bin/eslint.js', ['--max-warnings=0', '.']],
  ['dependency-rules', 'dependency-cruiser/bin/dependency-cruise.mjs', ['--config', '.dependency-cruiser.cjs', 'src', 'web']],
  ['unused', 'knip/bin/knip.js', ['--no-progress']],
  ['generated', '../scripts/generate.mjs', ['--check']],
  ['doc-comments', '../scripts/check-doc-comments.mjs', []],
];

ensureInstalled();
const picked = process.argv.slice(2);
const failures = [];
for (const [name, script, args] of CHECKS) {
  if (picked.length > 0 && !picked.includes(name)) continue;
  const began = performance.now();
  const { code, output } = capture(process.execPath, [command(script), ...args]);
  if (code !== 0) {
    failures.push(name);
    process.stdout.write(`${output.trimEnd()}\n`);
  }
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
}
console.log(failures.length === 0 ? 'all checks passed' : `failed: ${failures.join(', ')}`);
process.exitCode = failures.length === 0 ? 0 : 1;
