import { expect, it } from 'vitest';
import { Draft } from '../../../src/correlate/draft.ts';
import { EngineState } from '../../../src/correlate/state.ts';
import type { LearnedEdgeRecord } from '../../../src/model/learned.ts';
import { MINUTE } from '../../../src/model/time.ts';
import { at, policy } from './scenario.ts';

/** `model/b` depends on `disk/a`, as sure as is said. */
function learned(confidence: number): LearnedEdgeRecord {
  const evidence = { support: 4, days: 4, opposite: 0, lift: 20, medianLag: 5 * MINUTE, lagSpread: 1.2, pValue: 1e-6, tests: 272, level: 0.01 };
  return { from: 'model/b', to: 'disk/a', origin: 'learned', confidence, at: at('10:00'), evidence };
}

it('an edge that was learned anew is as sure as it is now, as if it had been loaded', () => {
  const state = new EngineState();
  for (const confidence of [0.6, 0.8]) {
    const draft = new Draft(state);
    draft.learned.replaceEdges([learned(confidence)]);
    state.apply(draft.changes());
    expect(state.graph(policy()).topology.relation('model/b', 'disk/a', 4)?.sure).toBe(confidence);
    expect(state.learnedEdges).toEqual([learned(confidence)]);
  }
});
