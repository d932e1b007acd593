import { expect, it } from 'vitest';
import { guarded } from '../../../src/correlate/guard.ts';

it('a step that works answers itself', () => {
  expect(
    guarded(
      'adding',
      () => 2,
      () => 0,
    ),
  ).toBe(2);
});

it('a step that throws is answered for, with evidence that says so', () => {
  const fails = (): string => {
    throw new Error('no graph');
  };
  expect(guarded('finding its incident', fails, ({ kind, summary }) => `${kind}: ${summary}`)).toBe(
    'internal-error: finding its incident failed (no graph), so it is told as it came',
  );
});
