// The timers of a shard, the next one first.

import type { Timer } from '../correlate/event.ts';
import { compareText } from '../model/labels.ts';
import type { Instant } from '../model/time.ts';

/**
 * A binary heap of timers, at most one for each kind and id: setting one again replaces it.
 * They come out by due time, then kind, then id, so that the order never depends on how they went in.
 */
export class TimerQueue {
  readonly #heap: Timer[] = [];
  /** The due time that counts for each timer; an entry of the heap with another one is passed over. */
  readonly #due: Readonly<Record<Timer['kind'], Map<string, Instant>>> = {
    bulletin: new Map(),
    calm: new Map(),
    deliver: new Map(),
    doubtful: new Map(),
    fallback: new Map(),
    forget: new Map(),
    heartbeat: new Map(),
    hold: new Map(),
    'let-go': new Map(),
    silence: new Map(),
    snooze: new Map(),
    stale: new Map(),
    tidy: new Map(),
  };

  /** Sets a timer. */
  set(timer: Timer): void {
    const due = this.#due[timer.kind];
    if (due.get(timer.id) === timer.due) return;
    due.set(timer.id, timer.due);
    this.#heap.push(timer);
    this.#up(this.#heap.length - 1);
  }

  /** The next timer, left where it is. */
  peek(): Timer | undefined {
    for (let top = this.#heap[0]; top !== undefined; top = this.#heap[0]) {
      if (this.#due[top.kind].get(top.id) === top.due) return top;
      this.#removeTop();
    }
    return undefined;
  }

  /** Takes the next timer if it is due by then. */
  takeDue(by: Instant): Timer | undefined {
    // What is replaced is looked for only once it would be due.
    const first = this.#heap[0];
    if (first === undefined || first.due > by) return undefined;
    const top = this.peek();
    if (top === undefined || top.due > by) return undefined;
    this.#removeTop();
    this.#due[top.kind].delete(top.id);
    return top;
  }

  #removeTop(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#down();
  }

  #up(from: number): void {
    for (let i = from; i > 0; ) {
      const parent = (i - 1) >> 1;
      if (!this.#before(i, parent)) return;
      this.#swap(i, parent);
      i = parent;
    }
  }

  #down(): void {
    for (let i = 0; ; ) {
      let least = i;
      if (this.#before(2 * i + 1, least)) least = 2 * i + 1;
      if (this.#before(2 * i + 2, least)) least = 2 * i + 2;
      if (least === i) return;
      this.#swap(i, least);
      i = least;
    }
  }

  #before(i: number, j: number): boolean {
    const a = this.#heap[i];
    const b = this.#heap[j];
    if (a === undefined || b === undefined) return false;
    return (a.due - b.due || compareText(a.kind, b.kind) || compareText(a.id, b.id)) < 0;
  }

  #swap(i: number, j: number): void {
    const a = this.#heap[i];
    const b = this.#heap[j];
    if (a === undefined || b === undefined) return;
    this.#heap[i] = b;
    this.#heap[j] = a;
  }
}
