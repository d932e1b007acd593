import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const LOG = resolve(import.meta.dirname, '../../../src/telemetry/log.ts');

/** What a process of its own writes to standard error. */
async function written(statement: string): Promise<readonly string[]> {
  const script = `import(${JSON.stringify(LOG)}).then(({ createLog }) => { ${statement} })`;
  const { stderr } = await promisify(execFile)(process.execPath, ['--import', 'tsx', '--eval', script]);
  return stderr.trimEnd().split('\n');
}

it('has one line for people, however many fields it has', { timeout: 60_000 }, async () => {
  const lines = await written("createLog({ level: 'info', pretty: true }).info({ method: 'POST', status: 200, token: 'hush', of: { id: 1 } }, 'answered')");
  expect(lines).toEqual([expect.stringMatching(/^\[\d\d:\d\d:\d\d\] INFO: answered \{"method":"POST","status":200,"token":"<secret>","of":\{"id":1\}\}$/)]);
});

it('shows people an error with its stack, a line for each call', { timeout: 60_000 }, async () => {
  const error = "Object.assign(new TypeError('no port'), { stack: 'TypeError: no port\\n    at listen\\n    at main' })";
  const lines = await written(`createLog({ level: 'info', pretty: true }).error({ err: ${error} }, 'stops')`);
  expect(lines[0]).toMatch(/ ERROR: stops ?$/);
  expect(lines.filter((line) => /^\s+at /.test(line)).map((line) => line.trim())).toEqual(['at listen', 'at main']);
});
