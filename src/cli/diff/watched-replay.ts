// A replay that is compared with another: it remembers what people did, and knows what a page is.

import type { Config } from '../../config/config.ts';
import type { EngineEvent } from '../../correlate/event.ts';
import type { EventResult } from '../../correlate/person.ts';
import type { Policy } from '../../correlate/policy.ts';
import type { Archive } from '../replay/archive.ts';
import { Replay } from '../replay/replay.ts';
import { type IsPage, type Outcome, outcomeOf } from './outcome.ts';

/** Whether a configuration can page through PagerDuty. */
export function hasPagerDuty({ targets }: Config): boolean {
  return [...targets.values()].some(({ kind }) => kind === 'pagerduty');
}

/** A replay that remembers which incidents people did something to. */
export class WatchedReplay {
  readonly #replay: Replay;
  readonly #acted = new Set<string>();

  constructor(policy: Policy) {
    this.#replay = new Replay(policy);
  }

  /** What it has decided so far. */
  get archive(): Archive {
    return this.#replay.archive;
  }

  /** Decides an event; answers what somebody who waits for it is told. */
  event(event: EngineEvent): EventResult | null {
    const result = this.#replay.event(event);
    if (event.kind === 'action' && result?.ok === true && result.incidentId !== null) this.#acted.add(result.incidentId);
    return result;
  }

  /** Runs it to its end; answers what it came to. */
  finish(isPage: IsPage): Outcome {
    this.#replay.finish();
    return outcomeOf(this.#replay.archive, this.#acted, isPage);
  }
}
