// What is learned, as one turn of decisions reads and changes it.

import { type LabelEdge, type LearnedCounts, type LearnedEdgeRecord, type LearnedRecord, learnedKey } from '../model/learned.ts';
import { HOUR, type Instant } from '../model/time.ts';
import type { Edge } from '../model/topology.ts';
import { type EngineState, sortedEdges } from './state.ts';

/** The part of the overlay that holds what is learned; nothing of the state is changed until it is applied. */
export class LearnedDraft {
  readonly #state: EngineState;
  readonly #changed = new Map<string, LearnedRecord | null>();
  #edges: readonly Edge[];

  constructor(state: EngineState) {
    this.#state = state;
    this.#edges = state.learnedEdges;
  }

  /** A record by its key. The caller knows by its key of which kind it is. */
  get<T extends LearnedRecord>(key: string): T | undefined {
    const changed = this.#changed.get(key);
    return (changed === undefined ? this.#state.learned.get(key) : (changed ?? undefined)) as T | undefined;
  }

  /** Every record by its key, in no order. */
  *all(): Generator<[string, LearnedRecord]> {
    for (const entry of this.#state.learned) if (!this.#changed.has(entry[0])) yield entry;
    for (const [key, record] of this.#changed) if (record !== null) yield [key, record];
  }

  set(key: string, record: LearnedRecord): void {
    this.#changed.set(key, record);
  }

  forget(key: string): void {
    this.#changed.set(key, null);
    if (key.startsWith('e ')) this.#edges = this.#edges.filter((edge) => edge.origin !== 'labels' || learnedKey.edge(edge.from, edge.to) !== key);
  }

  /** The counts of everything learned. */
  get counts(): LearnedCounts {
    const { clock } = this.#state;
    return this.get<LearnedCounts>(learnedKey.counts) ?? { since: clock, series: 0, labelIds: 0, tidiedAt: clock };
  }

  /** Counts an alert, if it is new; answers whether it is the first of all, with which watching begins. */
  countAlert(isNew: boolean, now: Instant): boolean {
    const known = this.get<LearnedCounts>(learnedKey.counts);
    if (known === undefined) this.set(learnedKey.counts, { since: now, series: 1, labelIds: 0, tidiedAt: now });
    else if (isNew) this.set(learnedKey.counts, { ...known, series: known.series + 1 });
    return known === undefined;
  }

  /** A number that no label's value has yet. */
  nextLabelId(): number {
    const { counts } = this;
    this.set(learnedKey.counts, { ...counts, labelIds: counts.labelIds + 1 });
    return counts.labelIds + 1;
  }

  /** The dependencies that labels prove and those that were learned, sorted. */
  get edges(): readonly Edge[] {
    return this.#edges;
  }

  /** Takes in dependencies that labels prove; when one was last seen is kept to the hour. */
  noteEdges(edges: readonly Edge[], now: Instant): void {
    let fresh: Edge[] | null = null;
    for (const { from, to } of edges) {
      const key = learnedKey.edge(from, to);
      const known = this.get<LabelEdge>(key);
      if (known !== undefined && now - known.at < HOUR) continue;
      const edge: LabelEdge = { from, to, origin: 'labels', at: now };
      this.set(key, edge);
      if (known === undefined) {
        fresh ??= [...this.#edges];
        fresh.push(edge);
      }
    }
    if (fresh !== null) this.#edges = sortedEdges(fresh);
  }

  /** Puts the edges that were learned in the place of those learned before. */
  replaceEdges(edges: readonly LearnedEdgeRecord[]): void {
    const before = this.#edges.filter(({ origin }) => origin === 'learned');
    if (edges.length === 0 && before.length === 0) return;
    for (const { from, to } of before) this.#changed.set(learnedKey.learnedEdge(from, to), null);
    for (const edge of edges) this.set(learnedKey.learnedEdge(edge.from, edge.to), edge);
    this.#edges = sortedEdges([...this.#edges.filter(({ origin }) => origin !== 'learned'), ...edges]);
  }

  /** The records that the turn changed so far; a null takes one out of memory. */
  changes(): ReadonlyMap<string, LearnedRecord | null> {
    return this.#changed;
  }
}
