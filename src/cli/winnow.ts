#!/usr/bin/env node
// The command line: picks the command and hands it its arguments.

import { type ParseArgsConfig, parseArgs } from 'node:util';
import { checkConfig } from './check-config.ts';
import { readPoint } from './export/period.ts';
import { HELP, overviewOf, usageOf } from './help.ts';
import { replayCommand } from './replay/replay-command.ts';
import { routesTest } from './routes-test.ts';
import { NO_ADDRESS, serviceAddress } from './service-client.ts';

/** Exit status of a command line that cannot be understood; of `diff`, whose 2 says that something would be lost, it is that of any error. */
const USAGE = 2;
const ERROR = 1;

/** Commands of two words, by the first. */
const SECOND_WORDS: ReadonlyMap<string, string> = new Map([
  ['routes', 'test'],
  ['template', 'render'],
  ['notify', 'test'],
  ['silence', 'list'],
  ['incidents', 'list'],
]);

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
  if (command === '--version' || command === 'version') {
    process.stdout.write(`winnow ${await version()}\n`);
    return 0;
  }
  const second = SECOND_WORDS.get(command);
  const spoken = second === undefined || rest[0]?.startsWith('-') !== false ? null : rest.shift();
  const name = second === undefined ? command : `${command} ${spoken ?? second}`;
  const usage = usageOf(name);
  if (usage === null) return misused(`there is no command ${JSON.stringify(name)}`, HELP);
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write((spoken === null ? overviewOf(command) : null) ?? usage);
    return 0;
  }
  try {
    return await run(name, rest, usage);
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
      return misused(error.message, usage, name === 'diff' ? ERROR : USAGE);
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
    case 'silence add':
    case 'silence list':
    case 'silence expire': {
      const options = { url: { type: 'string' }, token: { type: 'string' }, by: { type: 'string' }, comment: { type: 'string' } } as const;
      const { values, positionals } = parse(args, { ...options, duration: { type: 'string' }, start: { type: 'string' }, expired: { type: 'boolean' } });
      const service = serviceAddress({ url: text(values, 'url'), token: text(values, 'token') }, env);
      const by = text(values, 'by') ?? env['USER'] ?? '';
      if (service === null) return misused(NO_ADDRESS, usage);
      const { addSilence, expireSilences, listSilences } = await import('./silence/silence-command.ts');
      const command = { service, now: Date.now(), out: lines(stdout), err: lines(stderr) };
      if (name === 'silence list') return listSilences(command, values['expired'] === true);
      if (positionals.length === 0) return misused(`${name} takes at least one ${name === 'silence add' ? 'matcher' : 'id'}`, usage);
      if (by === '') return misused(`${name} needs --by NAME`, usage);
      if (name === 'silence expire') return expireSilences(command, positionals, by);
      const comment = text(values, 'comment');
      if (comment === null) return misused('silence add needs --comment TEXT: why nobody is to hear of it', usage);
      return addSilence(command, { matchers: positionals, by, comment, duration: text(values, 'duration') ?? '1h', start: text(values, 'start') });
    }
    case 'template render': {
      const { values, positionals } = parse(args, { config: { type: 'string' }, receiver: { type: 'string' } });
      const [configFile, receiver] = [text(values, 'config'), text(values, 'receiver')];
      const [file] = positionals;
      if (configFile === null || receiver === null) return misused('template render needs --config FILE and --receiver R', usage);
      if (file === undefined || positionals.length > 1) return misused('template render takes one webhook, or - for standard input', usage);
      const { readFileSync } = await import('node:fs');
      const { templateRender } = await import('./message/template-render.ts');
      const webhook = readFileSync(file === '-' ? 0 : file, 'utf8');
      return templateRender({ configFile, receiver, webhook, env, now: Date.now(), out: (shown) => void stdout.write(shown), err: lines(stderr) });
    }
    case 'notify test': {
      const { values } = parse(args, { config: { type: 'string' }, receiver: { type: 'string' } });
      const [configFile, receiver] = [text(values, 'config'), text(values, 'receiver')];
      if (configFile === null || receiver === null) return misused('notify test needs --config FILE and --receiver R', usage);
      const { notifyTest } = await import('./message/notify-test.ts');
      return notifyTest({ configFile, receiver, env, now: Date.now(), out: lines(stdout), err: lines(stderr) });
    }
    case 'incidents list':
    case 'incidents show':
    case 'incidents ack': {
      const flags = {
        url: { type: 'string' },
        token: { type: 'string' },
        by: { type: 'string' },
        comment: { type: 'string' },
        all: { type: 'boolean' },
        json: { type: 'boolean' },
      } as const;
      const { values, positionals: ids } = parse(args, flags);
      const verb = name.slice('incidents '.length) as 'list' | 'show' | 'ack';
      if ((verb === 'list') !== (ids.length === 0))
        return misused(verb === 'list' ? 'incidents list takes no id' : `incidents ${verb} takes the ids of incidents`, usage);
      const service = serviceAddress({ url: text(values, 'url'), token: text(values, 'token') }, env);
      if (service === null) return misused(NO_ADDRESS, usage);
      const [all, json] = [values['all'] === true, values['json'] === true];
      const { incidents } = await import('./incidents.ts');
      const said = { by: text(values, 'by') ?? (env['USER'] || null), comment: text(values, 'comment') };
      return incidents({ verb, ids, service, all, json, ...said, out: lines(stdout), err: lines(stderr) });
    }
    case 'diff': {
      const { values, positionals } = parse(args, { before: { type: 'string' }, after: { type: 'string' }, format: { type: 'string' } });
      const [events] = positionals;
      const [before, after] = [text(values, 'before'), text(values, 'after')];
      const format = text(values, 'format') ?? (stdout.isTTY ? 'table' : 'json');
      if (before === null || after === null) return misused('diff needs --before FILE and --after FILE', usage, ERROR);
      if (events === undefined || positionals.length > 1) return misused('diff takes one file of events, or - for standard input', usage, ERROR);
      if (format !== 'json' && format !== 'table') return misused('--format is json or table', usage, ERROR);
      const { diffCommand } = await import('./diff/diff-command.ts');
      return diffCommand({ before, after, format, events, env, stdin, stdout, stderr });
    }
    case 'suggest': {
      const { values, positionals } = parse(args, { config: { type: 'string' } });
      const [events] = positionals;
      if (events === undefined || positionals.length > 1 || events === '-')
        return misused('suggest takes one file of events, which it reads several times', usage);
      const { suggestCommand } = await import('./suggest/suggest-command.ts');
      return suggestCommand({ configFile: text(values, 'config'), events, env, stdin, stdout, stderr });
    }
    case 'learn': {
      const { values, positionals } = parse(args, { config: { type: 'string' }, url: { type: 'string' }, token: { type: 'string' } });
      const [events] = positionals;
      const service = serviceAddress({ url: text(values, 'url'), token: text(values, 'token') }, env);
      if (events === undefined || positionals.length > 1) return misused('learn takes one file of events, or - for standard input', usage);
      if (service === null) return misused(NO_ADDRESS, usage);
      const { learnCommand } = await import('./learn/learn-command.ts');
      return learnCommand({ configFile: text(values, 'config'), service, events, env, stdin, stderr });
    }
    case 'export': {
      const { values, positionals } = parse(args, { since: { type: 'string' }, until: { type: 'string' } });
      if (positionals.length > 0) return misused('export takes no file: it writes to standard output', usage);
      const since = readPoint(text(values, 'since') ?? '1970-01-01', Date.now());
      const until = readPoint(text(values, 'until') ?? '0s', Date.now());
      if (since === null || until === null) return misused('--since and --until take a time such as 2026-03-01T10:00:00Z or a duration such as 7d', usage);
      const { exportCommand } = await import('./export/export-command.ts');
      return exportCommand({ since, until, redisUrl: env['REDIS_URL'] || null, dataDir: env['WINNOW_DATA_DIR'] || './data', stdout, stderr });
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

/** The version of the package that this file is of. */
async function version(): Promise<string> {
  const { readFileSync } = await import('node:fs');
  return (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { readonly version: string }).version;
}

function parse(args: readonly string[], options: NonNullable<ParseArgsConfig['options']>) {
  return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
}

function text(values: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = values[name];
  return typeof value === 'string' ? value : null;
}

function misused(problem: string, usage: string, status = USAGE): number {
  process.stderr.write(`winnow: ${problem}\n\n${usage}`);
  return status;
}
