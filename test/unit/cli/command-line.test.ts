import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { HELP, overviewOf, usageOf } from '../../../src/cli/help.ts';

const WINNOW = resolve(import.meta.dirname, '../../../src/cli/winnow.ts');

/** The commands that the overview names. */
const NAMED: readonly string[] = HELP.split('\n').flatMap((line) => /^ {2}(\S.*?) {2,}\S/.exec(line)?.[1] ?? []);

describe('the overview', () => {
  it('names each command on a line of its own', () => {
    expect(NAMED).toEqual(expect.arrayContaining(['serve', 'check-config', 'routes test', 'replay']));
    expect(new Set(NAMED).size).toBe(NAMED.length);
  });

  it('says what each does in one column', () => {
    const columns = HELP.split('\n').flatMap((line) => /^ {2}\S.*? {2,}(?=\S)/.exec(line)?.[0].length ?? []);
    expect(columns).toHaveLength(NAMED.length);
    expect(new Set(columns).size).toBe(1);
  });

  it('says where to read on', () => {
    expect(HELP).toContain('winnow COMMAND --help');
  });
});

describe('the usage of a command', () => {
  it.each(NAMED)('is there for %s, with its exit status', (command) => {
    const usage = usageOf(command) ?? '';
    expect(usage.startsWith(`usage: winnow ${command} `)).toBe(true);
    expect(usage).toContain('Exit status: 0');
    expect(usage.endsWith('\n')).toBe(true);
  });

  it.each([
    ['serve', ['--config FILE', '--listen HOST:PORT', 'WINNOW_CONFIG', 'WINNOW_LISTEN', 'REDIS_URL', 'WINNOW_DATA_DIR', 'WINNOW_LOG_LEVEL']],
    ['check-config', ['FILE:LINE:COLUMN']],
    ['routes test', ['--config FILE', 'LABEL=VALUE']],
    ['incidents list', ['--url URL', '--all', '--json', 'WINNOW_URL', 'WINNOW_TOKEN']],
    ['learn', ['--url URL', '--token TOKEN', 'WINNOW_URL', 'WINNOW_TOKEN', 'EVENTS.ndjson']],
    ['silence add', ['--comment TEXT', '--url URL', '--token TOKEN', 'WINNOW_LISTEN']],
    ['incidents ack', ['--by NAME', '--comment TEXT', 'ID...']],
    ['replay', ['--config FILE', '--format json', '--format table', 'EVENTS.ndjson', 'standard input']],
  ])('of %s names what it takes', (command, taken) => {
    for (const name of taken) expect(usageOf(command)).toContain(name);
  });

  it.each(['', 'routes', 'Serve', 'constructor', '__proto__'])('is not there for %j', (command) => {
    expect(usageOf(command)).toBeNull();
  });
});

describe('the overview of commands that begin with a word', () => {
  it.each([
    ['incidents', ['list', 'show', 'ack']],
    ['silence', ['add', 'list', 'expire']],
  ])('of %s says what each does, and where to read on', (word, commands) => {
    const overview = overviewOf(word) ?? '';
    expect(overview.startsWith(`usage: winnow ${word} COMMAND\n`)).toBe(true);
    expect(overview.match(/^ {2}\S+/gm)?.map((name) => name.trim())).toEqual(commands);
    for (const command of commands)
      expect(HELP).toContain(
        overview
          .split('\n')
          .find((line) => line.startsWith(`  ${command} `))
          ?.slice(8)
          .trim(),
      );
    expect(overview).toContain(`winnow ${word} COMMAND --help`);
  });

  it.each(['routes', 'serve', 'incidents list', '', 'silenc'])('is not there for %j', (word) => {
    expect(overviewOf(word)).toBeNull();
  });

  it('is what --help behind the word alone prints, and behind a command that one', { timeout: 60_000 }, async () => {
    const printed = async (...args: readonly string[]) => (await promisify(execFile)(process.execPath, ['--import', 'tsx', WINNOW, ...args])).stdout;
    expect(await printed('silence', '--help')).toBe(overviewOf('silence'));
    expect(await printed('silence', 'list', '--help')).toBe(usageOf('silence list'));
    expect(await printed('routes', '--help')).toBe(usageOf('routes test'));
  });
});
