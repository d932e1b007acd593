// The service as a process: environment, signals, exit.

import closeWithGrace from 'close-with-grace';
import type { Logger } from 'pino';
import { exposureOf } from './api/exposure.ts';
import { type App, startApp } from './app.ts';
import { formatFault } from './config/fault-line.ts';
import { liveConfig } from './config/live-config.ts';
import { defaultConfig, loadConfig } from './config/load-config.ts';
import { SECOND } from './model/time.ts';
import { createLog, LOG_LEVELS } from './telemetry/log.ts';

/** How long stopping may take. */
const GRACE = 10 * SECOND;

/** What the command line and the environment say. */
export interface ServeOptions {
  readonly configFile: string | null;
  /** `HOST:PORT`. */
  readonly listen: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Runs the service until a signal comes; answers the exit status. */
export async function serve({ configFile, listen, env }: ServeOptions): Promise<number> {
  const level = LOG_LEVELS.find((known) => known === (env['WINNOW_LOG_LEVEL'] ?? 'info'));
  if (level === undefined) return refuse(`WINNOW_LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}`);
  const address = parseAddress(listen ?? env['WINNOW_LISTEN'] ?? '127.0.0.1:9095');
  if (address === null) return refuse('the listen address must be HOST:PORT, such as 127.0.0.1:9095 or [::1]:9095');
  const file = configFile ?? env['WINNOW_CONFIG'] ?? null;
  const loaded = file === null ? { config: defaultConfig() } : loadConfig({ file, env });
  if ('faults' in loaded) {
    for (const fault of loaded.faults) process.stderr.write(`${formatFault(fault)}\n`);
    return 1;
  }
  const { config } = loaded;
  const live = liveConfig({
    initial: config,
    load: () => (file === null ? { config } : loadConfig({ file, env })),
    objection: ({ api }) => exposureOf(api, address.host),
  });
  const log = createLog({ level, pretty: process.stderr.isTTY === true });
  for (const warning of config.warnings) log.warn({ file: warning.file, line: warning.line, column: warning.column }, warning.message);
  const starting = startApp({
    config: live.current,
    reload: live.reload,
    redisUrl: env['REDIS_URL'] || null,
    dataDir: env['WINNOW_DATA_DIR'] || './data',
    listen: address,
    log,
    now: Date.now,
    console: { write: (text) => void process.stdout.write(text), color: process.stdout.isTTY === true && env['NO_COLOR'] === undefined },
  });
  const stopped = stop(starting, log);
  // Why it did not start is said below.
  process.on('SIGHUP', () => void starting.then((app) => app.reload('SIGHUP')).catch(() => undefined));
  try {
    const app = await starting;
    log.info({ url: app.url, config: file ?? 'the defaults' }, 'winnow listens');
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  return stopped;
}

/** Resolves with the exit status once the service has stopped after a signal, which may come while it still starts. */
function stop(starting: Promise<App>, log: Logger): Promise<number> {
  return new Promise((resolve) => {
    closeWithGrace({ delay: GRACE, logger: false, skip: ['beforeExit', 'SIGHUP'] }, async ({ err, signal }) => {
      if (err !== undefined) log.fatal({ err }, 'stops because of an error that nothing handled');
      else log.info({ signal }, 'stops');
      const app = await starting.catch(() => null);
      await app?.close();
      resolve(err === undefined ? 0 : 1);
    });
  });
}

/** Reads `HOST:PORT`; an IPv6 host stands in brackets. Null when it is not one. */
export function parseAddress(text: string): { readonly host: string; readonly port: number } | null {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:\s[\]]*)):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  if (match === null || port > 65535) return null;
  return { host: match[1] ?? (match[2] === '' || match[2] === undefined ? '0.0.0.0' : match[2]), port };
}

function refuse(problem: string): number {
  process.stderr.write(`winnow: ${problem}\n`);
  return 1;
}
