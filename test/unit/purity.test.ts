import { describe, expect, it } from 'vitest';
import { poisoned } from '../purity.ts';

describe('poisoned', () => {
  it.each<[string, () => unknown, string]>([
    ['the time as a number', () => Date.now(), 'Date.now()'],
    ['the time as an object', () => new Date(), 'Date without arguments'],
    ['the time as text', () => Date(), 'Date without arguments'],
    ['chance', () => Math.random(), 'Math.random()'],
    ['the order of a language', () => 'a'.localeCompare('b'), 'localeCompare()'],
    ['a time zone', () => new Intl.DateTimeFormat(), 'Intl.DateTimeFormat'],
    ['a way to write numbers', () => new Intl.NumberFormat('de'), 'Intl.NumberFormat'],
  ])('throws for %s', (_what, ask, named) => {
    expect(() => poisoned(ask)).toThrow(`pure code asked for ${named}`);
  });

  it('lets everything else through, dates of a stated instant included', () => {
    const text = poisoned(() => [new Date(0).toISOString(), Date.parse('1970-01-01T00:00:01Z'), new Date(5) instanceof Date, Math.max(1, 2)]);
    expect(text).toEqual(['1970-01-01T00:00:00.000Z', 1000, true, 2]);
  });

  it('puts all back afterwards, also when the code throws', () => {
    const before = [Date, Date.now, Math.random, String.prototype.localeCompare, Intl.DateTimeFormat];
    expect(() =>
      poisoned(() => {
        throw new Error('on its own account');
      }),
    ).toThrow('on its own account');
    expect([Date, Date.now, Math.random, String.prototype.localeCompare, Intl.DateTimeFormat]).toEqual(before);
    expect(Date.now()).toBeGreaterThan(0);
  });
});

describe('the set-up file of all tests', () => {
  const asks = (folder: string): (() => number) => {
    const source = `(() => Date.now())\n//# sourceURL=/somewhere/src/${folder}/clock.ts`;
    // biome-ignore lint/security/noGlobalEval: the stack must name a file of the folder, and no such file may exist there.
    return globalThis.eval(source) as () => number;
  };

  it.each(['model', 'correlate', 'route'])('poisons src/%s', (folder) => {
    expect(asks(folder)).toThrow('pure code asked for Date.now()');
  });

  it('leaves other folders alone', () => {
    expect(asks('shard')()).toBeGreaterThan(0);
  });
});
