// What differs between the open alerts of an Alertmanager and those here, once it has done so for long enough.

import type { AlertStatus, ReceivedAlert } from '../../model/alert.ts';
import { compareTimestamps, HOUR, type Instant, MINUTE, type Milliseconds, type Timestamp } from '../../model/time.ts';
import type { ListedAlert } from './listed-alerts.ts';

/** An alert as it is known here. */
export interface KnownAlert {
  readonly fingerprint: string;
  readonly status: AlertStatus;
  readonly startsAt: Timestamp;
  readonly heardAt: Instant;
}

/** What is remembered of an Alertmanager between two comparisons. */
export interface UpstreamMemory {
  /** Alerts that it has had, of those that fire here: what it never had may be another sender's. Kept over restarts. */
  readonly had: ReadonlySet<string>;
  /** Since when it lists what does not fire here, and no longer lists what does. */
  readonly missedSince: ReadonlyMap<string, Instant>;
  readonly goneSince: ReadonlyMap<string, Instant>;
}

/** How long a difference has to last: a webhook may be on its way. */
export interface Patience {
  readonly differs: Milliseconds;
  /** How long an Alertmanager has to run before what it does not list has ended: after its start it knows nothing until Prometheus tells it. */
  readonly uptime: Milliseconds;
}

/** The usual patience. */
export const PATIENCE: Patience = { differs: 2 * MINUTE, uptime: 15 * MINUTE };

/** How often an alert that is listed counts as heard of: often enough not to go stale. */
const HEARD_EVERY: Milliseconds = HOUR;

/** What a comparison found. */
export interface Differences {
  /** Alerts that fire there and not here, to be taken in. */
  readonly missed: readonly ReceivedAlert[];
  /** Fingerprints of alerts that fire here and have ended there; of those that were not heard of for long and are listed; of those that are muted there. */
  readonly gone: readonly string[];
  readonly heard: readonly string[];
  readonly silenced: readonly string[];
  readonly inhibited: readonly string[];
  readonly memory: UpstreamMemory;
}

/** Compares. `known` are all alerts that are remembered here. What is muted there and does not fire here is left alone. */
export function reconcile(
  listed: ReadonlyMap<string, ListedAlert>,
  known: ReadonlyMap<string, KnownAlert>,
  memory: UpstreamMemory,
  { uptime, now, patience = PATIENCE }: { readonly uptime: Milliseconds; readonly now: Instant; readonly patience?: Patience },
): Differences {
  const missed: ReceivedAlert[] = [];
  const heard: string[] = [];
  const muted = { silenced: [] as string[], inhibited: [] as string[] };
  const had = new Set<string>();
  const missedSince = new Map<string, Instant>();
  for (const [fingerprint, { alert, muted: how }] of listed) {
    const here = known.get(fingerprint);
    if (here?.status === 'firing') {
      had.add(fingerprint);
      if (now - here.heardAt >= HEARD_EVERY) heard.push(fingerprint);
      if (how !== null) muted[how].push(fingerprint);
    } else if (how === null && startsAnew(alert, here)) {
      const since = memory.missedSince.get(fingerprint) ?? now;
      missedSince.set(fingerprint, since);
      if (now - since < patience.differs) continue;
      // It may end there before it is seen to fire here.
      had.add(fingerprint);
      missed.push(alert);
    }
  }
  const gone: string[] = [];
  const goneSince = new Map<string, Instant>();
  for (const fingerprint of memory.had) {
    if (listed.has(fingerprint) || known.get(fingerprint)?.status !== 'firing') continue;
    had.add(fingerprint);
    if (uptime < patience.uptime) continue;
    const since = memory.goneSince.get(fingerprint) ?? now;
    goneSince.set(fingerprint, since);
    if (now - since >= patience.differs) gone.push(fingerprint);
  }
  return { missed, gone, heard, ...muted, memory: { had, missedSince, goneSince } };
}

/** An alert that ended here and is still listed with the start that ended is one whose end is on its way there. */
function startsAnew({ startsAt }: ReceivedAlert, here: KnownAlert | undefined): boolean {
  return here === undefined || (startsAt !== null && compareTimestamps(startsAt, here.startsAt) > 0);
}
