// The stream of server-sent events: what each commit changed of incidents, from where a client left off.

import { setTimeout as sleep } from 'node:timers/promises';
import { type Milliseconds, SECOND } from '../model/time.ts';
import type { ReadModel } from './read-model.ts';

/** How often it is looked for news, and how often a silent stream shows that it lives. */
const LOOKING: Milliseconds = 250;
const BEATING: Milliseconds = 15 * SECOND;
/** How many commits are read at once. */
const AT_ONCE = 100;

/** What a stream is made of. */
export interface EventStreamOptions {
  readonly readModel: Pick<ReadModel, 'events' | 'eventRange'>;
  /** The position behind which it begins; null for now. */
  readonly after: string | null;
  readonly signal: AbortSignal;
  readonly looking?: Milliseconds;
  readonly beating?: Milliseconds;
}

/**
 * The text of the stream, event by event, until it is aborted. An `incident` may come twice; the position stands with the last one of
 * a commit, so that a client that comes again misses none. `reset` says that some may be missing: what is to be known has to be asked anew.
 * While the records cannot be read it waits.
 */
export async function* eventStream({ readModel, after, signal, looking = LOOKING, beating = BEATING }: EventStreamOptions): AsyncGenerator<string> {
  yield `retry: ${2 * SECOND}\n\n`;
  let position = after;
  let checked = after === null;
  let quiet = 0;
  while (!signal.aborted) {
    try {
      if (!checked || position === null) {
        const range = await readModel.eventRange();
        if (!checked && position !== null && range !== null && comparePositions(range.oldest, position) > 0) yield 'event: reset\ndata: {}\n\n';
        position ??= range?.newest ?? '0-0';
        checked = true;
      }
      for (const { position: at, record } of await readModel.events(position, AT_ONCE)) {
        for (const [i, incident] of record.entries())
          yield `event: incident\n${i === record.length - 1 ? `id: ${at}\n` : ''}data: ${JSON.stringify(incident)}\n\n`;
        position = at;
        quiet = 0;
      }
    } catch {
      // The log says already that Redis is away.
    }
    await sleep(looking, undefined, { signal }).catch(() => undefined);
    quiet += looking;
    if (quiet >= beating) {
      quiet = 0;
      yield ': still here\n\n';
    }
  }
}

/** Whether a text is a position of this stream. */
export function isEventPosition(text: string): boolean {
  return /^\d{1,15}-\d{1,20}$/.test(text);
}

function comparePositions(a: string, b: string): number {
  const [aTime = 0n, aCount = 0n] = a.split('-').map(BigInt);
  const [bTime = 0n, bCount = 0n] = b.split('-').map(BigInt);
  const order = aTime === bTime ? aCount - bCount : aTime - bTime;
  return order < 0n ? -1 : order > 0n ? 1 : 0;
}
