import { describe, expect, it } from 'vitest';
import { HELP, usageOf } from '../../../src/cli/help.ts';

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
