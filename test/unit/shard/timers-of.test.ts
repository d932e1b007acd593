import { describe, expect, it } from 'vitest';
import type { Timer } from '../../../src/correlate/event.ts';
import { EMPTY_TOTALS } from '../../../src/correlate/ledger.ts';
import { EngineState, type StateRecords } from '../../../src/correlate/state.ts';
import { timersOf } from '../../../src/shard/timers-of.ts';
import { alertState } from '../correlate/alert-state.ts';
import { at, delivery, incident, policy, routesTo } from '../correlate/scenario.ts';

/** The timers of a state with these records, the next one first. */
function timers(given: Partial<StateRecords>): readonly Timer[] {
  const state = EngineState.of({
    clock: at('12:00'),
    totals: EMPTY_TOTALS,
    longestRedelivery: 0,
    alerts: [],
    incidents: [],
    deliveries: [],
    bulletins: [],
    changes: [],
    putEdges: [],
    learned: [],
    silences: [],
    ...given,
  });
  const queue = timersOf(state, policy());
  const taken: Timer[] = [];
  for (let timer = queue.takeDue(Number.POSITIVE_INFINITY); timer !== undefined; timer = queue.takeDue(Number.POSITIVE_INFINITY)) taken.push(timer);
  return taken;
}

describe('a loaded state asks for', () => {
  it('the end of an alert that fires and is not heard of', () => {
    expect(timers({ alerts: [alertState({ heardAt: at('11:00') })] })).toEqual([{ kind: 'stale', id: 'a', due: at('20:00') }]);
    expect(timers({ longestRedelivery: 4 * 3_600_000, alerts: [alertState({ heardAt: at('11:00') })] })[0]?.due).toBe(at('21:00'));
  });

  it('the forgetting of an alert that ended', () => {
    expect(timers({ alerts: [alertState({ status: 'resolved', changedAt: at('11:30'), heardAt: at('11:00') })] })).toEqual([
      { kind: 'forget', id: 'a', due: at('+1d 11:30') },
    ]);
  });

  it('the decision of a doubtful firing', () => {
    const doubtful = { due: at('12:01'), received: 1, routes: routesTo('slack'), compared: [], rules: [] };
    expect(timers({ alerts: [alertState({ status: 'resolved', doubtful })] })[0]).toEqual({ kind: 'doubtful', id: 'a', due: at('12:01') });
  });

  it('a message that is owed, and not one that is in flight', () => {
    const owed = delivery({ due: { at: at('12:05'), kind: 'update' } });
    expect(timers({ deliveries: [owed] })).toEqual([{ kind: 'deliver', id: owed.id, due: at('12:05') }]);
    expect(timers({ deliveries: [delivery({ inFlight: { seq: 1, kind: 'trigger', version: 1, at: at('11:59') } })] })).toEqual([]);
  });

  it('the release of an incident that is over, not of one that goes on', () => {
    const over = incident({ status: 'resolved', resolvedAt: at('11:50') });
    expect(timers({ incidents: [over] })).toEqual([{ kind: 'let-go', id: over.id, due: at('12:50') }]);
    expect(timers({ incidents: [incident()] })).toEqual([]);
  });
});
