import { describe, expect, it } from 'vitest';
import { CHECK, type ChangeFlags, changePercent, flagsAt, NO_CHANGES, withChange } from '../../../../src/correlate/baseline/change-flags.ts';
import { MINUTE } from '../../../../src/model/time.ts';
import { at } from '../scenario.ts';

const NOW = at('10:00');
/** The flags after changes so many checks before now. */
const changed = (...checksAgo: readonly number[]) =>
  [...checksAgo].sort((a, b) => b - a).reduce<ChangeFlags>((flags, ago) => withChange(flags, NOW - ago * CHECK), NO_CHANGES);
const EVERY = Array.from({ length: 20 }, (_, i) => i);

/** Icinga 2's `Checkable::UpdateFlappingStatus`: 0.8 + 0.02 · i for the change i, counted from the oldest of twenty. */
function icinga(changes: readonly boolean[]): number {
  let stateChanges = 0;
  for (const [i, change] of changes.entries()) if (change) stateChanges += 0.8 + 0.02 * i;
  return (100 * stateChanges) / 20;
}

describe('how much an alert changes', () => {
  it.each([
    ['nothing', [], 0],
    ['the latest of twenty checks', [0], 5.9],
    ['the oldest', [19], 4],
    ['one that is older still', [20], 0],
    ['all', EVERY, 99],
    ['the latest six', [0, 1, 2, 3, 4, 5], 33.9],
  ])('in %s is as many per cent as Icinga 2 says', (_case, checksAgo, percent) => {
    expect(changePercent(changed(...checksAgo), NOW)).toBe(percent);
  });

  it('agrees with Icinga 2 whatever changed', () => {
    for (let seed = 1; seed < 400; seed++) {
      const ago = EVERY.filter((i) => ((seed * 2654435761) >>> i) & 1);
      expect(changePercent(changed(...ago), NOW)).toBeCloseTo(icinga(EVERY.map((i) => ago.includes(19 - i))), 1);
    }
  });

  it('counts a check once, however often it changed in it', () => {
    const flags = [0, 1, 2, 3].reduce<ChangeFlags>((before, minute) => withChange(before, NOW + minute * MINUTE), NO_CHANGES);
    expect(changePercent(flags, NOW + 4 * MINUTE)).toBe(5.9);
  });

  it('is less with every check without a change, and nothing after twenty', () => {
    const flags = changed(0);
    expect([1, 2, 19, 20, 1000].map((checks) => changePercent(flags, NOW + checks * CHECK))).toEqual([5.8, 5.7, 4, 0, 0]);
  });
});

describe('the flags', () => {
  it('do not move when a clock goes back', () => {
    const flags = changed(0, 2);
    expect(flagsAt(flags, NOW - 3 * CHECK)).toEqual(flags);
    expect(withChange(flags, NOW - 3 * CHECK)).toEqual(flags);
  });

  it('stay within twenty bits', () => {
    expect(changed(...EVERY).bits).toBe(2 ** 20 - 1);
    expect(flagsAt(changed(...EVERY), NOW + CHECK).bits).toBe(2 ** 20 - 2);
  });
});
