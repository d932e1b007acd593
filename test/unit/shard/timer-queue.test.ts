import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Timer } from '../../../src/correlate/event.ts';
import { TimerQueue } from '../../../src/shard/timer-queue.ts';

const timer = (due: number, kind: Timer['kind'], id: string): Timer => ({ due, kind, id });

function queueOf(...timers: readonly Timer[]): TimerQueue {
  const queue = new TimerQueue();
  for (const one of timers) queue.set(one);
  return queue;
}

/** All timers that are due by then, as they come out. */
function taken(queue: TimerQueue, by = Number.POSITIVE_INFINITY): readonly string[] {
  const out: string[] = [];
  for (let next = queue.takeDue(by); next !== undefined; next = queue.takeDue(by)) out.push(`${next.due} ${next.kind} ${next.id}`);
  return out;
}

describe('the order of timers', () => {
  it('is by due time', () => {
    expect(taken(queueOf(timer(30, 'stale', 'a'), timer(10, 'stale', 'b'), timer(20, 'stale', 'c')))).toEqual(['10 stale b', '20 stale c', '30 stale a']);
  });

  it('is by kind at one time', () => {
    const kinds = ['stale', 'let-go', 'deliver', 'forget', 'doubtful'] as const;
    expect(taken(queueOf(...kinds.map((kind) => timer(10, kind, 'a'))))).toEqual(['10 deliver a', '10 doubtful a', '10 forget a', '10 let-go a', '10 stale a']);
  });

  it('is by id, code unit by code unit, among those of one kind at one time', () => {
    expect(taken(queueOf(timer(10, 'deliver', 'b'), timer(10, 'deliver', 'a'), timer(10, 'deliver', 'B'), timer(10, 'deliver', 'a1')))).toEqual([
      '10 deliver B',
      '10 deliver a',
      '10 deliver a1',
      '10 deliver b',
    ]);
  });

  it('puts time before kind and kind before id', () => {
    expect(taken(queueOf(timer(10, 'stale', 'a'), timer(11, 'deliver', 'a'), timer(10, 'deliver', 'z')))).toEqual([
      '10 deliver z',
      '10 stale a',
      '11 deliver a',
    ]);
  });

  it('never depends on the order in which they went in', () => {
    const some = fc.uniqueArray(
      fc.record({ due: fc.nat(5), kind: fc.constantFrom('deliver' as const, 'doubtful' as const, 'stale' as const), id: fc.constantFrom('a', 'b', 'c', 'd') }),
      { selector: ({ kind, id }) => `${kind} ${id}` },
    );
    const twice = some.chain((timers) => fc.tuple(fc.constant(timers), fc.shuffledSubarray(timers, { minLength: timers.length })));
    fc.assert(
      fc.property(twice, ([timers, shuffled]) => {
        const order = [...timers].sort((x, y) => x.due - y.due || (x.kind < y.kind ? -1 : x.kind > y.kind ? 1 : x.id < y.id ? -1 : 1));
        expect(taken(queueOf(...shuffled))).toEqual(order.map(({ due, kind, id }) => `${due} ${kind} ${id}`));
      }),
    );
  });
});

describe('a timer that is set again', () => {
  it('comes once, at the later time', () => {
    expect(taken(queueOf(timer(10, 'stale', 'a'), timer(20, 'stale', 'a')))).toEqual(['20 stale a']);
  });

  it('comes once, at the earlier time', () => {
    expect(taken(queueOf(timer(20, 'stale', 'a'), timer(10, 'stale', 'a')))).toEqual(['10 stale a']);
  });

  it('comes once when it is set to what it was before', () => {
    expect(taken(queueOf(timer(10, 'stale', 'a'), timer(20, 'stale', 'a'), timer(10, 'stale', 'a')))).toEqual(['10 stale a']);
    expect(taken(queueOf(timer(10, 'stale', 'a'), timer(10, 'stale', 'a')))).toEqual(['10 stale a']);
  });

  it('replaces none of another kind or id', () => {
    expect(taken(queueOf(timer(10, 'stale', 'a'), timer(20, 'forget', 'a'), timer(30, 'stale', 'b')))).toEqual(['10 stale a', '20 forget a', '30 stale b']);
  });

  it('comes once more after it was taken', () => {
    const queue = queueOf(timer(10, 'stale', 'a'), timer(20, 'stale', 'a'), timer(10, 'stale', 'a'));
    expect(taken(queue, 10)).toEqual(['10 stale a']);
    queue.set(timer(10, 'stale', 'a'));
    expect(taken(queue)).toEqual(['10 stale a']);
  });
});

describe('taking what is due', () => {
  it('takes what is due by then, the very moment included, and leaves the rest', () => {
    const queue = queueOf(timer(10, 'stale', 'a'), timer(20, 'stale', 'b'), timer(21, 'stale', 'c'));
    expect(taken(queue, 20)).toEqual(['10 stale a', '20 stale b']);
    expect(queue.takeDue(20)).toBeUndefined();
    expect(taken(queue, 21)).toEqual(['21 stale c']);
  });

  it('does not take one that was put off, and that hides no later one', () => {
    const queue = queueOf(timer(10, 'stale', 'a'), timer(15, 'stale', 'b'));
    queue.set(timer(30, 'stale', 'a'));
    expect(taken(queue, 20)).toEqual(['15 stale b']);
  });

  it('finds nothing in an empty queue', () => {
    expect(new TimerQueue().takeDue(Number.POSITIVE_INFINITY)).toBeUndefined();
  });
});

describe('looking at the next', () => {
  it('leaves it where it is', () => {
    const queue = queueOf(timer(20, 'stale', 'b'), timer(10, 'stale', 'a'));
    expect([queue.peek(), queue.peek()]).toEqual([timer(10, 'stale', 'a'), timer(10, 'stale', 'a')]);
  });

  it('passes over what was replaced', () => {
    expect(queueOf(timer(10, 'stale', 'a'), timer(20, 'stale', 'a')).peek()).toEqual(timer(20, 'stale', 'a'));
  });

  it('finds nothing once all were taken', () => {
    const queue = queueOf(timer(10, 'stale', 'a'));
    queue.takeDue(10);
    expect(queue.peek()).toBeUndefined();
  });
});
