// A whole service in this process, on a Redis and with a configuration given as text.

import { type App, type AppOptions, startApp } from '../../../src/app.ts';
import type { Config } from '../../../src/config/config.ts';
import type { LiveConfig } from '../../../src/config/live-config.ts';
import { parseConfig } from '../../../src/config/parse-config.ts';
import type { SuppressionPolicy } from '../../../src/correlate/policy.ts';
import { createLog } from '../../../src/telemetry/log.ts';

/** What a service is started with; the rest is as `winnow serve` has it. */
export interface ServiceOptions extends Partial<Pick<AppOptions, 'redisUrl' | 'dataDir' | 'now' | 'decorate' | 'log' | 'console' | 'reconciling'>> {
  /** The configuration as YAML. */
  readonly config: string;
  /** A configuration that can be read again, in place of that text's. */
  readonly live?: LiveConfig;
  /** What is held back otherwise than the configuration says. */
  readonly suppression?: Partial<SuppressionPolicy>;
}

/** Reads a configuration; throws when it is wrong. */
export function configOf(text: string): Config {
  const read = parseConfig({ text, file: 'test.yaml', env: {}, readFile: () => '' });
  if ('faults' in read) throw new Error(read.faults.map(({ message }) => message).join('; '));
  return read.config;
}

/** Starts a service on a free port of the loopback interface. Without a `redisUrl` it needs a `dataDir`, for the Redis that it brings along. */
export function startService({ config: text, suppression = {}, live, ...options }: ServiceOptions): Promise<App> {
  const read = configOf(text);
  const config = { ...read, policy: { ...read.policy, suppression: { ...read.policy.suppression, ...suppression } } };
  return startApp({
    config: live === undefined ? () => config : live.current,
    ...(live === undefined ? {} : { reload: live.reload }),
    redisUrl: null,
    dataDir: '',
    listen: { host: '127.0.0.1', port: 0 },
    log: createLog({ level: 'silent', pretty: false }),
    now: Date.now,
    console: { write: () => undefined, color: false },
    ...options,
  });
}
