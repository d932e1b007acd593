// `npm test`: brings everything up to date, runs every test but those in a browser, and ends with the line `N passed, N failed`.
// Arguments after `--` go to vitest, such as a file's name. Fails when a test failed, was skipped, or none ran.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { command, run, say } from './say.mjs';

ensureBuilt();
say('running the tests (real Redis, Prometheus and Alertmanager: from the PATH, else from Debian packages in .cache/debian)');
const folder = mkdtempSync(join(tmpdir(), 'winnow-test-'));
const report = join(folder, 'report.json');
const code = run(process.execPath, [
  command('vitest/vitest.mjs'),
  'run',
  '--project=unit',
  '--project=integration',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
]);
const { passed, failed, left } = count(report);
rmSync(folder, { recursive: true, force: true });

if (left > 0) console.log(`${left} tests did not run: a skipped test proves nothing`);
// What fails outside of a test, such as a set-up or a promise that nobody awaits, fails the run all the same.
const failures = code !== 0 && failed === 0 ? 1 : failed;
console.log(`${passed} passed, ${failures} failed`);
process.exitCode = failures > 0 || left > 0 || passed === 0 ? 1 : 0;

/** Counts the tests of vitest's JSON report; a file that could not be loaded is one failure. */
function count(file) {
  const totals = { passed: 0, failed: 0, left: 0 };
  for (const suite of readReport(file)) {
    const statuses = suite.assertionResults.map((test) => test.status);
    totals.passed += statuses.filter((status) => status === 'passed').length;
    totals.left += statuses.filter((status) => status !== 'passed' && status !== 'failed').length;
    totals.failed += Math.max(statuses.filter((status) => status === 'failed').length, suite.status === 'failed' ? 1 : 0);
  }
  return totals;
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).testResults;
  } catch {
    return [];
  }
}
