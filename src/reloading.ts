// Reading the configuration again: here, in every other process of the service, and in the audit log.

import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { ReloadAnswer } from './api/dependencies.ts';
import { formatFault } from './config/fault-line.ts';
import { followReloads } from './config/follow-reloads.ts';
import type { Reloaded } from './config/live-config.ts';
import type { ConfigReloaded } from './correlate/event.ts';
import type { Instant } from './model/time.ts';
import type { ReloadMark } from './store/reload-mark.ts';

/** What reloading needs. */
export interface ReloadingOptions {
  /** Reads the configuration again and puts it in force, if it is good. */
  readonly read: () => Reloaded;
  /** Where a reload is left for the other processes to see. */
  readonly marks: { read(): Promise<ReloadMark | null>; write(mark: ReloadMark): Promise<void> };
  /** Hands over what the audit log and the recording are to say. */
  readonly tell: (event: ConfigReloaded) => Promise<void>;
  readonly now: () => Instant;
  readonly log: Logger;
}

/** Reloads on request, and when another process did, until it is stopped. */
export interface Reloading {
  /** Reads the configuration again and says so to the others; a bad one changes nothing, and its faults are the answer. */
  reload(by: string): Promise<ReloadAnswer>;
  stop(): unknown;
}

/** Begins to follow the reloads of other processes. */
export function startReloading({ read, marks, tell, now, log }: ReloadingOptions): Reloading {
  const follower = followReloads({ readMark: () => marks.read(), reload: read, log });
  return {
    stop: () => follower.stop(),
    async reload(by) {
      const reloaded = read();
      if (!reloaded.ok) {
        const faults = reloaded.faults.map((fault) => formatFault(fault));
        log.warn({ by, faults }, 'the configuration is wrong, the old one stays in force');
        return { ok: false, faults };
      }
      const { changed, before, after, warnings } = reloaded;
      log.info({ by, changed, hash: after }, 'read the configuration again');
      const id = randomUUID();
      follower.seen(id);
      // It is in force here; what cannot be written now is worth a line in the log.
      await marks.write({ id, hash: after }).catch((error: unknown) => log.warn({ err: error }, 'other processes could not be told to reload'));
      if (changed)
        await tell({ kind: 'config', receivedAt: now(), by, before, after }).catch((error: unknown) =>
          log.warn({ err: error }, 'the reload is not in the audit log'),
        );
      return { ok: true, changed, hash: after, warnings: warnings.map((fault) => formatFault(fault)) };
    },
  };
}
