import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { diffCommand } from '../../../src/cli/diff/diff-command.ts';
import { firing, line, sink, streamOf, webhook } from '../replay/recording.ts';

const NODE = { alertname: 'NodeDown', severity: 'critical', node: 'gpu-7' };
const TOLD = 'route: {receiver: a}\nreceivers: [{name: a, console_configs: [{}]}]\n';
const NOBODY = 'route: {receiver: a}\nreceivers: [{name: a}]\n';
const ACKNOWLEDGED = line('10:05', 'action', { action: 'acknowledge', fingerprints: ['25d4a90ff3f8e9ca'], by: 'ada' });

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-diff-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(lines: readonly string[], before: string, after: string, format: 'json' | 'table' = 'json') {
  const [stdout, stderr] = [sink(), sink()];
  await writeFile(join(folder, 'before.yaml'), before);
  await writeFile(join(folder, 'after.yaml'), after);
  const files = { before: join(folder, 'before.yaml'), after: join(folder, 'after.yaml') };
  const code = await diffCommand({ ...files, format, events: '-', env: {}, stdin: streamOf(...lines.map((text) => `${text}\n`)), stdout, stderr });
  return { code, out: stdout.text(), err: stderr.text() };
}

const fires = { ...firing(NODE, '10:00'), fingerprint: '25d4a90ff3f8e9ca' };

it('no difference ends with 0', async () => {
  const { code, out } = await run([webhook('10:00', fires), ACKNOWLEDGED], TOLD, TOLD);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ before: { pages: 1 }, after: { pages: 1 }, lost: [] });
});

it('an incident that is no longer told of ends with 0, and with 2 when a person acknowledged it', async () => {
  expect((await run([webhook('10:00', fires)], TOLD, NOBODY)).code).toBe(0);
  const { code, out } = await run([webhook('10:00', fires), ACKNOWLEDGED], TOLD, NOBODY);
  expect(code).toBe(2);
  expect(JSON.parse(out).pages.removed).toMatchObject([{ receiver: 'a', severity: 'critical' }]);
  expect(JSON.parse(out).lost).toHaveLength(1);
});

it('the table is for people', async () => {
  expect((await run([webhook('10:00', fires)], TOLD, NOBODY, 'table')).out).toMatch(
    /pages removed: 1\n {2}2026-03-01T10:00:10Z critical NodeDown on node\/gpu-7/,
  );
});

it('a wrong configuration ends with 1 and its faults', async () => {
  const { code, err, out } = await run([], TOLD, 'route: {receiver: b}\nreceivers: [{name: a}]\n');
  expect(code).toBe(1);
  expect(err).toContain('after.yaml:1:19: route.receiver');
  expect(out).toBe('');
});
