// A reload in one process is one in every process: who was told leaves a mark in Redis, and the others look for it.

import { type Milliseconds, SECOND } from '../model/time.ts';
import { formatFault } from './fault-line.ts';
import type { Reloaded } from './live-config.ts';

/** How often it is looked for the mark, and how often a process whose file is not yet the same reads it again. */
const LOOKING: Milliseconds = SECOND;
const MOST_TRIES = 60;

/** The mark of the last reload. */
export interface ReloadMark {
  readonly id: string;
  /** `Config.hash` of what came into force. */
  readonly hash: string;
}

/** What following works with. */
export interface FollowReloadsOptions {
  /** Rejects while it cannot be read. */
  readonly readMark: () => Promise<ReloadMark | null>;
  readonly reload: () => Reloaded;
  readonly log: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
  readonly looking?: Milliseconds;
}

/** A process that follows. */
export interface ReloadFollower {
  /** Says that this process made the mark itself. */
  seen(id: string): void;
  stop(): void;
}

/**
 * Follows reloads until it is stopped. A process that finds a mark it has not seen reads its own file again, and goes on reading it for
 * a minute until it is the one that was told of: files reach machines at different times.
 */
export function followReloads({ readMark, reload, log, looking = LOOKING }: FollowReloadsOptions): ReloadFollower {
  // What is there at the start is older than this process, which has read its file since.
  let last: string | null | undefined;
  let tries = 0;
  let busy = false;
  const look = async () => {
    const mark = await readMark();
    if (last === undefined || mark === null || mark.id === last) {
      last ??= mark?.id ?? null;
      return;
    }
    const reloaded = reload();
    tries += 1;
    if (reloaded.ok && reloaded.after === mark.hash) log.info({ hash: mark.hash }, 'read the configuration again, as another process did');
    else if (tries < MOST_TRIES) return;
    else if (reloaded.ok) log.warn({ hash: reloaded.after, expected: mark.hash }, 'another process has read another configuration than this one has');
    else
      log.warn(
        { faults: reloaded.faults.map((fault) => formatFault(fault)) },
        'another process has read a new configuration; the one here is wrong, and the old one stays in force',
      );
    last = mark.id;
    tries = 0;
  };
  const lookUnlessBusy = () => {
    if (busy) return;
    busy = true;
    void look()
      .catch(() => undefined)
      .finally(() => {
        busy = false;
      });
  };
  lookUnlessBusy();
  const timer = setInterval(lookUnlessBusy, looking);
  timer.unref();
  return {
    seen(id) {
      last = id;
      tries = 0;
    },
    stop: () => clearInterval(timer),
  };
}
