import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ReplayCommand, replayCommand } from '../../../src/cli/replay/replay-command.ts';
import { firing, line, type ReplayDocument, resolved, sink, streamOf, webhook } from './recording.ts';

const NODE = { alertname: 'NodeDown', severity: 'critical', node: 'gpu-7' };

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-replay-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Runs the command over standard input, unless the test says otherwise. */
async function run(lines: readonly string[], { terminal = false, ...given }: Partial<ReplayCommand> & { readonly terminal?: boolean } = {}) {
  const stdout = sink();
  const stderr = sink(terminal);
  const code = await replayCommand({
    configFile: null,
    format: 'json',
    events: '-',
    env: {},
    stdin: streamOf(...lines.map((text) => `${text}\n`)),
    stdout,
    stderr,
    ...given,
  });
  return { code, out: stdout.text(), err: stderr.text() };
}

function documentOf(out: string): ReplayDocument {
  return JSON.parse(out) as ReplayDocument;
}

describe('winnow replay', () => {
  it('ends with 0 and prints one document', async () => {
    const { code, out, err } = await run([webhook('10:00', firing(NODE, '10:00'))]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(documentOf(out)).toMatchObject({ incidents: [{ status: 'open' }], notifications: [{ kind: 'trigger' }], ledger: { received: 1, notified: 1 } });
    expect(out.endsWith('}\n')).toBe(true);
  });

  it('tells the receiver "default" in the terminal without a configuration', async () => {
    const { out } = await run([webhook('10:00', firing(NODE, '10:00'))]);
    expect(documentOf(out).notifications).toMatchObject([{ receiver: 'default', integration: 'console' }]);
  });

  it('prints the same bytes each time, whatever chunks its input comes in', async () => {
    const lines = Array.from({ length: 300 }, (_, i) =>
      webhook('10:00', firing({ ...NODE, node: `n-${i % 40}` }, '10:00'), firing({ alertname: `A${i}` }, '09:59')),
    );
    const whole = await run(lines);
    const bytes = Buffer.from(`${lines.join('\n')}\n`);
    const parts = Array.from({ length: Math.ceil(bytes.length / 777) }, (_, i) => bytes.subarray(i * 777, (i + 1) * 777));
    expect((await run([], { stdin: streamOf(...parts) })).out).toBe(whole.out);
    expect(whole.out.length).toBeGreaterThan(1 << 16);
  });

  it('reads a file, gzipped or not', async () => {
    const text = `${webhook('10:00', firing(NODE, '10:00'))}\n`;
    const expected = (await run([text.trimEnd()])).out;
    for (const [name, content] of [
      ['events.ndjson', text],
      ['events.ndjson.gz', gzipSync(text)],
    ] as const) {
      await writeFile(join(folder, name), content);
      expect(await run([], { events: join(folder, name) })).toEqual({ code: 0, out: expected, err: '' });
    }
  });

  it('uses the configuration that it is given', async () => {
    const file = join(folder, 'winnow.yaml');
    await writeFile(file, 'route: {receiver: nobody}\nreceivers: [{name: nobody}]\n');
    const { code, out } = await run([webhook('10:00', firing(NODE, '10:00'))], { configFile: file });
    expect(code).toBe(0);
    expect(documentOf(out)).toMatchObject({ notifications: [], ledger: { suppressedByReason: { 'no-integration': 1 } } });
  });
});

describe('lines that cannot be read', () => {
  it('are named by number and counted, and the rest goes on', async () => {
    const { code, out, err } = await run([
      '{"receivedAt":',
      webhook('10:00', firing(NODE, '10:00')),
      '',
      line('10:00:01', 'topology', {}),
      webhook('10:01', resolved(NODE, '10:00', '10:01')),
    ]);
    expect(code).toBe(0);
    expect(err.split('\n')).toEqual([
      'line 1 cannot be read: is not JSON',
      'line 4 cannot be read: /body/edges must be an array',
      '2 of 5 lines could not be read',
      '',
    ]);
    expect(documentOf(out)).toMatchObject({ incidents: [{ status: 'resolved' }], ledger: { received: 2, notified: 2 } });
  });

  it('are not the first after a mark of the order of bytes', async () => {
    const { out, err } = await run([`\uFEFF${webhook('10:00', firing(NODE, '10:00'))}`]);
    expect(err).toBe('');
    expect(documentOf(out)).toMatchObject({ ledger: { received: 1 } });
  });

  it('are not actions that are refused, which are named', async () => {
    const { code, err } = await run([
      webhook('10:00', firing(NODE, '10:00')),
      line('10:01', 'action', { action: 'acknowledge', fingerprints: ['0000000000000000'], by: 'ada' }),
    ]);
    expect(code).toBe(0);
    expect(err).toBe('line 2 changes nothing: no such incident, or it was resolved long ago\n1 action changed nothing\n');
  });

  it('are not those that say that the configuration changed, which is said', async () => {
    const { code, err } = await run([webhook('10:00', firing(NODE, '10:00')), line('10:05', 'config', { by: 'SIGHUP', before: 'a1', after: 'b2' })]);
    expect(code).toBe(0);
    expect(err).toBe('the configuration changed once while this was recorded; it is replayed under one throughout\n');
  });

  it('are named only up to the twentieth, and all counted', async () => {
    const { err } = await run(Array.from({ length: 25 }, () => 'x'));
    const lines = err.trimEnd().split('\n');
    expect(lines).toHaveLength(21);
    expect(lines.at(-2)).toBe('line 20 cannot be read: is not JSON');
    expect(lines.at(-1)).toBe('25 of 25 lines could not be read');
  });

  it('are repeated nowhere, as they may hold anything', async () => {
    const { err } = await run([
      'hunter2',
      JSON.stringify({ receivedAt: 'hunter2' }),
      line('10:00', 'hunter2', {}),
      line('10:00', 'alertmanager', { alerts: 'hunter2' }),
    ]);
    expect(err).toContain('4 of 4 lines could not be read');
    expect(err).not.toContain('hunter2');
  });
});

describe('what cannot be used', () => {
  it('is a file that is not there: 1, and its name', async () => {
    const { code, out, err } = await run([], { events: 'nowhere.ndjson' });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^winnow replay: nowhere\.ndjson cannot be read: ENOENT.*\n$/);
  });

  it('is a gzipped file that breaks off: 1, and no half of a document', async () => {
    const file = join(folder, 'half.ndjson.gz');
    await writeFile(file, gzipSync(webhook('10:00', firing(NODE, '10:00'))).subarray(0, 40));
    const { code, out, err } = await run([], { events: file });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`${file} cannot be read`);
  });

  it('is a configuration that is not valid: 1, and a line for each fault', async () => {
    const file = join(folder, 'bad.yaml');
    await writeFile(file, 'route: {receiver: nobody}\nreceivers: [{name: somebody}]\nrecievers: []\n');
    const { code, out, err } = await run([webhook('10:00', firing(NODE, '10:00'))], { configFile: file });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err.trimEnd().split('\n').length).toBeGreaterThan(1);
    for (const fault of err.trimEnd().split('\n')) expect(fault.startsWith(`${file}:`)).toBe(true);
  });
});

describe('--format table', () => {
  const long = { ...NODE, node: 'gpu-7-rack-12-zone-b-eu-west-1-compute' };
  const fingerprint = '0123456789abcdef';

  it('prints incidents, messages and the ledger in at most 80 columns', async () => {
    const { code, out } = await run(
      [
        webhook('10:00', { ...firing(long, '10:00'), fingerprint }),
        webhook('11:00', firing({ alertname: 'Solo', severity: 'info' }, '11:00')),
        webhook('11:09:59', resolved({ alertname: 'Solo', severity: 'info' }, '11:00', '11:09:59')),
      ],
      { format: 'table' },
    );
    expect(code).toBe(0);
    expect(out).toMatch(/^2026-03-01T10:00:00Z critical +1 open +node\/gpu-7-rack-12-zone-b-eu-\S*…$/m);
    expect(out).toMatch(/^2026-03-01T11:00:00Z info +1 9 min 59 s +Solo$/m);
    expect(out).toMatch(/^ {2}console trigger +2$/m);
    expect(out).toMatch(/^ {2}received +3$/m);
    for (const row of out.split('\n')) expect(row.length).toBeLessThanOrEqual(80);
  });

  it('has no more than 80 columns for an incident that is acknowledged', async () => {
    const action = line('10:01', 'action', { action: 'acknowledge', fingerprints: [fingerprint] });
    const { out } = await run([webhook('10:00', { ...firing(long, '10:00'), fingerprint }), action], { format: 'table' });
    expect(out).toContain(' acknowledged ');
    for (const row of out.split('\n')) expect(row.length).toBeLessThanOrEqual(80);
  });

  it('shows no control characters of labels', async () => {
    const { out } = await run([webhook('10:00', firing({ alertname: 'A\u001b[2J\u202eB\nC', severity: 'info' }, '10:00'))], { format: 'table' });
    expect(out).toContain('A [2J B C\n');
    for (const hidden of ['\u001b', '\u202e']) expect(out).not.toContain(hidden);
  });
});

describe('on a terminal', () => {
  it('the progress is shown and wiped again', async () => {
    const { code, err } = await run([webhook('10:00', firing(NODE, '10:00'))], { terminal: true });
    expect(code).toBe(0);
    expect(err).toMatch(/^\r1 lines/);
    expect(err.endsWith('\r\u001b[K')).toBe(true);
  });
});
