#!/usr/bin/env node
// The command line: picks the command and hands it its arguments.

import { type ParseArgsConfig, parseArgs } from 'node:util';
import { checkConfig } from './check-config.ts';
import { HELP, usageOf } from './help.ts';
import { replayCommand } from './replay/replay-command.ts';
import { routesTest } from './routes-test.ts';

/** Commands of two words, with the second word that is meant when there is none. */
const GROUPS: ReadonlyMap<string, string> = new Map([
  ['routes', 'test'],
  ['incidents', 'list'],
]);

/** Exit status of a command line that cannot be understood. */
const USAGE = 2;

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of a pipe may stop reading.
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  const [command, ...rest] = argv;
  if (command === undefined || command === '--help' || command === '-h' || command === 'help') {
    process.stdout.write(HELP);
    return command === undefined ? USAGE : 0;
  }
  const first = GROUPS.get(command);
  const name = first === undefined ? command : `${command} ${rest[0]?.startsWith('-') === false ? rest.shift() : first}`;
  const usage = usageOf(name);
  if (usage === null) return misused(`there is no command ${JSON.stringify(name)}`, HELP);
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(usage);
    return 0;
  }
  try {
    return await run(name, rest, usage);
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) return misused(error.message, usage);
    throw error;
  }
}

async function run(name: string, args: readonly string[], usage: string): Promise<number> {
  const { stdin, stdout, stderr, env } = process;
  const lines = (stream: NodeJS.WriteStream) => (line: string) => void stream.write(`${line}\n`);
  switch (name) {
    case 'serve': {
      const { values } = parse(args, { config: { type: 'string' }, listen: { type: 'string' } });
      const { serve } = await import('../main.ts');
      return serve({ configFile: text(values, 'config'), listen: text(values, 'listen'), env });
    }
    case 'check-config': {
      const { positionals } = parse(args, {});
      const [file] = positionals;
      if (file === undefined || positionals.length > 1) return misused('check-config takes one file', usage);
      return checkConfig({ file, env, out: lines(stdout), err: lines(stderr) });
    }
    case 'routes test': {
      const { values, positionals } = parse(args, { config: { type: 'string' } });
      const configFile = text(values, 'config');
      if (configFile === null) return misused('routes test needs --config FILE', usage);
      return routesTest({ configFile, labels: positionals, env, out: lines(stdout), err: lines(stderr) });
    }
    case 'incidents list':
    case 'incidents show':
    case 'incidents ack': {
      const flags = {
        url: { type: 'string' },
        by: { type: 'string' },
        comment: { type: 'string' },
        all: { type: 'boolean' },
        json: { type: 'boolean' },
      } as const;
      const { values, positionals: ids } = parse(args, flags);
      const verb = name.slice('incidents '.length) as 'list' | 'show' | 'ack';
      if ((verb === 'list') !== (ids.length === 0))
        return misused(verb === 'list' ? 'incidents list takes no id' : `incidents ${verb} takes the ids of incidents`, usage);
      const [all, json] = [values['all'] === true, values['json'] === true];
      const { incidents } = await import('./incidents.ts');
      const said = { url: text(values, 'url'), by: text(values, 'by'), comment: text(values, 'comment') };
      return incidents({ verb, ids, all, json, ...said, env, out: lines(stdout), err: lines(stderr) });
    }
    default: {
      const { values, positionals } = parse(args, { config: { type: 'string' }, format: { type: 'string' } });
      const [events] = positionals;
      const format = text(values, 'format') ?? 'table';
      if (events === undefined || positionals.length > 1) return misused('replay takes one file of events, or - for standard input', usage);
      if (format !== 'json' && format !== 'table') return misused('--format is json or table', usage);
      return replayCommand({ configFile: text(values, 'config'), format, events, env, stdin, stdout, stderr });
    }
  }
}

function parse(args: readonly string[], options: NonNullable<ParseArgsConfig['options']>) {
  return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
}

function text(values: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = values[name];
  return typeof value === 'string' ? value : null;
}

function misused(problem: string, usage: string): number {
  process.stderr.write(`winnow: ${problem}\n\n${usage}`);
  return USAGE;
}
