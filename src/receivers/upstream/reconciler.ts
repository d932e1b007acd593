// Compares with every Alertmanager that is configured, each minute, in the process that decides.

import type { Upstream } from '../../config/config.ts';
import type { UpstreamReconciled, WebhookEvent } from '../../correlate/event.ts';
import { type Instant, MINUTE, type Milliseconds, SECOND } from '../../model/time.ts';
import { askUpstream } from './ask-upstream.ts';
import { type Differences, type KnownAlert, type Patience, reconcile, type UpstreamMemory } from './reconcile.ts';

/** How long an answer may take. */
const TIMEOUT: Milliseconds = 20 * SECOND;

/** What a reconciler works with. */
export interface ReconcilerOptions {
  readonly upstreams: () => readonly Upstream[];
  /** The alerts that are remembered; null when another process decides. */
  readonly known: () => ReadonlyMap<string, KnownAlert> | null;
  readonly add: (event: WebhookEvent | UpstreamReconciled) => Promise<void>;
  /** Which alerts each Alertmanager has had, over restarts. */
  readonly had: UpstreamRecords;
  readonly now: () => Instant;
  readonly log: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
  readonly every?: Milliseconds;
  readonly patience?: Patience;
}

/** Keeps fingerprints by the URL of an Alertmanager. */
export interface UpstreamRecords {
  read(url: string): Promise<ReadonlySet<string>>;
  change(url: string, added: readonly string[], removed: readonly string[]): Promise<void>;
}

/** Starts to compare; answers what stops it after the comparison in hand. */
export function startReconciler(options: ReconcilerOptions): { stop(): Promise<void> } {
  const { every = MINUTE, log } = options;
  const memories = new Map<string, UpstreamMemory>();
  let muted = false;
  let running: Promise<void> | null = null;
  const timer = setInterval(() => {
    running ??= round()
      .catch((error: unknown) => log.warn({ err: error }, 'alerts could not be compared with an Alertmanager'))
      .finally(() => {
        running = null;
      });
  }, every);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };

  async function round(): Promise<void> {
    const found: Differences[] = [];
    const upstreams = options.upstreams();
    for (const upstream of upstreams) {
      try {
        found.push(await compare(upstream));
      } catch (error) {
        log.warn({ err: error, upstream: upstream.url }, 'an Alertmanager could not be asked for its alerts');
        return;
      }
    }
    if (found.length > 0) await act(found);
  }

  async function compare(upstream: Upstream): Promise<Differences> {
    const now = options.now();
    const { listed, uptime } = await askUpstream(upstream, now, TIMEOUT);
    const known = options.known();
    if (known === null) {
      memories.clear();
      return NOTHING;
    }
    const before = memories.get(upstream.url) ?? { had: await options.had.read(upstream.url), missedSince: new Map(), goneSince: new Map() };
    const found = reconcile(listed, known, before, { uptime, now, ...(options.patience === undefined ? {} : { patience: options.patience }) });
    const added = [...found.memory.had].filter((fingerprint) => !before.had.has(fingerprint));
    const removed = [...before.had].filter((fingerprint) => !found.memory.had.has(fingerprint));
    if (added.length + removed.length > 0) await options.had.change(upstream.url, added, removed);
    memories.set(upstream.url, found.memory);
    return found;
  }

  /** What one Alertmanager of several still lists has not ended: replicas of one cluster hear of ends at different times. */
  async function act(found: readonly Differences[]): Promise<void> {
    const receivedAt = options.now();
    const missed = [...new Map(found.flatMap((each) => each.missed).map((alert) => [alert.fingerprint, alert])).values()];
    const open = new Set(found.flatMap(({ memory }) => [...memory.had].filter((fingerprint) => !memory.goneSince.has(fingerprint))));
    const gone = unique(found, 'gone').filter((fingerprint) => !open.has(fingerprint));
    const [heard, silenced, inhibited] = [unique(found, 'heard'), unique(found, 'silenced'), unique(found, 'inhibited')];
    if (missed.length > 0) {
      log.info({ alerts: missed.length }, 'takes in alerts that an Alertmanager has and that never came');
      await options.add({ kind: 'webhook', receivedAt, source: 'alertmanager', alerts: missed, malformed: [] });
    }
    const now = silenced.length + inhibited.length > 0;
    if (gone.length + heard.length > 0 || now || muted) await options.add({ kind: 'upstream', receivedAt, gone, heard, silenced, inhibited });
    if (gone.length > 0) log.info({ alerts: gone.length }, 'ends alerts that no Alertmanager has any more');
    muted = now;
  }
}

const NOTHING: Differences = {
  missed: [],
  gone: [],
  heard: [],
  silenced: [],
  inhibited: [],
  memory: { had: new Set(), missedSince: new Map(), goneSince: new Map() },
};

function unique(found: readonly Differences[], part: 'gone' | 'heard' | 'silenced' | 'inhibited'): string[] {
  return [...new Set(found.flatMap((each) => each[part]))].sort();
}
