// A service as a process of its own: `node --import tsx service-owner.ts SETTINGS`, SETTINGS being the JSON of `OwnerSettings`.
// Prints its URL on a line once it listens; runs until its standard input ends, as it does with the test, or until it kills itself.

import { type KillMoment, type KillPointName, killingAt } from './kill-points.ts';
import { startService } from './running-service.ts';

/** What the process is told. */
export interface OwnerSettings {
  readonly config: string;
  readonly redisUrl: string;
  /** Where it kills itself; null when it does not. */
  readonly kill: { readonly point: KillPointName; readonly moment: KillMoment } | null;
}

const { config, redisUrl, kill } = JSON.parse(process.argv[2] ?? '') as OwnerSettings;
const service = await startService({ config, redisUrl, ...(kill === null ? {} : { decorate: killingAt(kill.point, kill.moment) }) });
process.stdin.resume().once('end', () => process.exit());
process.stdout.write(`${service.url}\n`);
