// Onsets played one after the other into the records of learned association, as the engine plays them.

import type { AlertOnset, Pair, RecentOnset, Total } from '../../../src/correlate/association.ts';
import { pairKey, totalKey } from '../../../src/correlate/association.ts';
import { ASSOCIATION, type AssociationConstants } from '../../../src/correlate/association-constants.ts';
import { makeRoom } from '../../../src/correlate/association-room.ts';
import { noteOnset } from '../../../src/correlate/co-occurrence.ts';
import { DAY, type Instant } from '../../../src/model/time.ts';

/** Above this rate an alert is noisy. */
export const NOISY = 3 / DAY;

/** What has been noted so far; a view and a set of records at once. */
export class History {
  recent: readonly RecentOnset[] = [];
  readonly totals = new Map<string, Total>();
  readonly pairs = new Map<string, Pair>();
  readonly #constants: AssociationConstants;

  constructor(constants: Partial<AssociationConstants> = {}) {
    this.#constants = { ...ASSOCIATION, ...constants };
  }

  total(key: string): Total | undefined {
    return this.totals.get(key);
  }

  pair(key: string): Pair | undefined {
    return this.pairs.get(key);
  }

  /** Notes an onset; its rule is `down` and its rate nothing unless said otherwise. Answers how many records changed. */
  note(entity: string | null, at: Instant, { rule = 'down', rate = 0 }: Partial<AlertOnset> = {}): number {
    const changes = noteOnset(this, { rule, entity, at, rate }, NOISY, this.#constants);
    if (changes === null) return 0;
    this.recent = changes.recent;
    for (const [key, total] of changes.totals) this.totals.set(key, total);
    for (const [key, pair] of changes.pairs) this.pairs.set(key, pair);
    return changes.totals.length + changes.pairs.length;
  }

  /** Forgets what there is no room for. */
  makeRoom(now: Instant): void {
    const gone = makeRoom(this, now, this.#constants);
    for (const key of gone.totals) this.totals.delete(key);
    for (const key of gone.pairs) this.pairs.delete(key);
  }

  /** The pair of two entities, the one that comes first named first. */
  entities(first: string, second: string): Pair | undefined {
    return this.pairs.get(pairKey('entity', first, second));
  }

  /** The pair of two rules. */
  rules(first: string, second: string): Pair | undefined {
    return this.pairs.get(pairKey('rule', first, second));
  }

  /** The bursts of an entity. */
  of(entity: string): Total | undefined {
    return this.totals.get(totalKey('entity', entity));
  }
}

/** Numbers from 0 to 1 that look random and are always the same (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Instants between two that come at a steady rate and independently of each other, in whole seconds. */
export function poissonTimes(random: () => number, from: Instant, to: Instant, perDay: number): Instant[] {
  const times: Instant[] = [];
  for (;;) {
    const next: Instant = (times.at(-1) ?? from) - (Math.log(1 - random()) / perDay) * DAY;
    if (next >= to) return times;
    times.push(Math.ceil(next / 1000) * 1000);
  }
}
