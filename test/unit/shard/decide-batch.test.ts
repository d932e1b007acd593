import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../src/correlate/event.ts';
import { balances, EMPTY_TOTALS } from '../../../src/correlate/ledger.ts';
import type { Policy } from '../../../src/correlate/policy.ts';
import { EngineState, type StateRecords } from '../../../src/correlate/state.ts';
import { type BatchDecision, decideBatch } from '../../../src/shard/decide-batch.ts';
import { timersOf } from '../../../src/shard/timers-of.ts';
import { alertState } from '../correlate/alert-state.ts';
import { action, at, delivery, firing, incident, policy, routesTo, webhookAt } from '../correlate/scenario.ts';

/** A policy whose routes lead to a receiver that throws when it is looked at, for an alert to `boom`. */
const EXPLOSIVE = policy({
  route: (labels) =>
    labels.get('to') === 'boom'
      ? routesTo('slack').map((route) => ({
          ...route,
          get receiver(): string {
            throw new Error('no such receiver');
          },
        }))
      : routesTo('slack'),
});

const boom = (name: string) => firing(name, { labels: { to: 'boom' } });

interface Decided extends BatchDecision {
  readonly state: EngineState;
  readonly faults: readonly string[];
}

/** Decides a batch over some records, and applies it. */
function decided(events: readonly EngineEvent[], until: number | null = null, records: Partial<StateRecords> = {}, inForce: Policy = EXPLOSIVE): Decided {
  const state = EngineState.of({
    clock: 0,
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
    ...records,
  });
  const faults: string[] = [];
  const batch = decideBatch(events, until, {
    state,
    timers: timersOf(state, inForce),
    policy: inForce,
    onFault: ({ what, error }) => faults.push(`${what}: ${String(error)}`),
  });
  state.apply(batch.decision.changes);
  return { ...batch, state, faults };
}

describe('a batch', () => {
  it('is decided in order, with a result for each event', () => {
    const { results, state } = decided([
      webhookAt('10:00', firing('a')),
      { ...action('acknowledge', 'a'), receivedAt: at('10:01') },
      webhookAt('10:02', firing('b')),
    ]);
    expect(results).toEqual([null, { ok: true, incidentId: [...state.incidents.keys()][0] }, null]);
    expect([...state.incidents.values()].map((i) => i.status)).toEqual(['acknowledged', 'open']);
  });

  it('ends with the timers that are due by its last event', () => {
    const at0 = policy({ route: () => routesTo('slack', { groupWait: 0 }) });
    expect(decided([webhookAt('10:00', firing('a'))], null, {}, at0).decision.effects).toHaveLength(1);
    expect(decided([webhookAt('10:00', firing('a'))]).decision.effects).toHaveLength(0);
  });

  it('without events fires the timers that are due by an instant', () => {
    const doubtful = { due: at('10:31'), received: 1, routes: routesTo('slack'), compared: [], rules: [] };
    const records = { totals: { ...EMPTY_TOTALS, received: 1, pending: 1 }, alerts: [alertState({ status: 'resolved', doubtful })] };
    expect(decided([], at('10:30'), records).state.alerts.get('a')?.status).toBe('resolved');
    expect(decided([], at('10:31'), records).state.alerts.get('a')?.status).toBe('firing');
  });
});

describe('what the engine cannot decide costs only itself', () => {
  it('an alert: it fails with the error, and the others of its webhook and of the batch are decided', () => {
    const malformed = { pointer: '/alerts/3/labels', detail: 'must be an object', raw: '{}' };
    const { state, results, faults, decision } = decided([
      webhookAt('10:00', firing('a')),
      { ...webhookAt('10:01', boom('b'), firing('e'), boom('c')), malformed: [malformed] },
      webhookAt('10:02', firing('d')),
    ]);
    expect([...state.alerts.keys()].sort()).toEqual(['a', 'd', 'e']);
    expect(state.totals).toMatchObject({ received: 6, pending: 3, failed: 3 });
    expect(balances(state.totals)).toBe(true);
    expect(results).toEqual([null, null, null]);
    expect(faults).toEqual(Array(3).fill('webhook: Error: no such receiver'));
    expect(decision.changes.failures.map(({ at: when, detail }) => [when, detail])).toEqual([
      [at('10:01'), 'must be an object'],
      [at('10:01'), 'internal-error: no such receiver'],
      [at('10:01'), 'internal-error: no such receiver'],
    ]);
    expect(JSON.parse(decision.changes.failures[1]?.raw ?? '')).toMatchObject({ fingerprint: 'b', labels: { alertname: 'NodeDown', to: 'boom' } });
  });

  it('several webhooks: each is found', () => {
    const { state, faults } = decided([webhookAt('10:00', boom('a')), webhookAt('10:01', firing('b')), webhookAt('10:02', boom('c'))]);
    expect(state.totals).toMatchObject({ received: 3, pending: 1, failed: 2 });
    expect(faults).toHaveLength(2);
  });

  it('an alert whose routing fails: it goes where the root route leads, and says so', () => {
    const unroutable = policy({
      route: (labels) => {
        if (labels.get('to') === 'boom') throw new Error('no such route');
        return routesTo('slack');
      },
    });
    const { state, faults, decision } = decided([webhookAt('10:01', boom('b'))], null, {}, unroutable);
    expect(faults).toEqual([]);
    expect([...state.incidents.values()].map((i) => i.receivers)).toEqual([['slack']]);
    expect(decision.changes.timeline.flatMap(({ entry }) => entry.evidence)).toContainEqual({
      kind: 'internal-error',
      summary: 'routing it failed (no such route), so it is told as it came',
    });
  });

  it('an action: it is answered as not decided', () => {
    const damaged = incident({ owed: null as never });
    const { results, state, faults } = decided(
      [webhookAt('10:00', firing('a')), { ...action('acknowledge', '', { incidentId: damaged.id }), receivedAt: at('10:01') }],
      null,
      { incidents: [damaged] },
    );
    expect(results[1]).toMatchObject({ ok: false, code: 'not-decided' });
    expect(state.incidents.get(damaged.id)).toBe(damaged);
    expect(state.alerts.has('a')).toBe(true);
    expect(faults).toHaveLength(1);
  });

  it('a timer: it is passed over, and the others fire', () => {
    const damaged = { due: at('10:31'), received: 1, routes: null as never, compared: [], rules: [] };
    const sound = { ...damaged, routes: routesTo('slack') };
    const { state, faults } = decided([], at('10:40'), {
      totals: { ...EMPTY_TOTALS, received: 2, pending: 2 },
      alerts: [alertState({ status: 'resolved', doubtful: damaged }), alertState({ fingerprint: 'b', status: 'resolved', doubtful: sound })],
    });
    expect([state.alerts.get('a')?.status, state.alerts.get('b')?.status]).toEqual(['resolved', 'firing']);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^timer: /);
  });

  it('and a message that was due before it is sent all the same', () => {
    const owing = delivery({ due: { at: at('10:00:10'), kind: 'trigger' } });
    const { decision } = decided([webhookAt('10:01', boom('b'))], null, { incidents: [incident({ deliveryIds: [owing.id] })], deliveries: [owing] });
    expect(decision.effects.map((effect) => [effect.deliveryId, effect.at])).toEqual([[owing.id, at('10:00:10')]]);
  });

  it('and leaves every other timer in force', () => {
    const { timers, state } = decided([webhookAt('10:00', firing('a')), webhookAt('10:01', boom('b')), webhookAt('10:02', firing('c'))]);
    const [, second] = [...state.deliveries.keys()];
    expect(timers.peek()).toEqual({ kind: 'deliver', id: second, due: at('10:02:10') });
  });
});
