import { describe, expect, it } from 'vitest';
import type { DeliverEffect } from '../../../src/correlate/draft.ts';
import type { Timer } from '../../../src/correlate/event.ts';
import { EngineState } from '../../../src/correlate/state.ts';
import { TimerQueue } from '../../../src/shard/timer-queue.ts';
import { Turn, type TurnOptions } from '../../../src/shard/turn.ts';
import { at, firing, policy, resolved, webhookAt } from '../correlate/scenario.ts';

function begin(given: Partial<TurnOptions> = {}): { readonly turn: Turn; readonly state: EngineState; readonly timers: TimerQueue } {
  const state = new EngineState();
  const timers = new TimerQueue();
  return { turn: new Turn({ state, timers, policy: policy(), ...given }), state, timers };
}

const kinds = (effects: readonly DeliverEffect[]) => effects.map((effect) => [effect.kind, effect.at]);

describe('a turn', () => {
  it('changes nothing by itself, only what is applied of it', () => {
    const { turn, state } = begin();
    turn.event(webhookAt('10:00', firing('a')));
    expect(state.alerts.size).toBe(0);
    state.apply(turn.decision().changes);
    expect([state.alerts.size, state.incidents.size, state.deliveries.size, state.clock]).toEqual([1, 1, 1, at('10:00')]);
  });

  it('fires the timers that are due before an event, each at its own time', () => {
    const { turn } = begin();
    turn.event(webhookAt('10:00', firing('a')));
    turn.event(webhookAt('10:30', firing('b')));
    expect(kinds(turn.decision().effects)).toEqual([['trigger', at('10:00:10')]]);
  });

  it('fires a timer that is due at the very time of an event before it', () => {
    const { turn } = begin();
    turn.event(webhookAt('10:00', firing('a')));
    turn.event(webhookAt('10:00:10', resolved('a')));
    expect(kinds(turn.decision().effects)).toEqual([['trigger', at('10:00:10')]]);
  });

  it('leaves a timer that is due later', () => {
    const { turn, timers } = begin();
    turn.event(webhookAt('10:00', firing('a')));
    turn.event(webhookAt('10:00:09', resolved('a')));
    expect(turn.decision().effects).toEqual([]);
    turn.advanceTo(at('10:00:10'));
    expect(turn.decision().effects).toEqual([]);
    expect(timers.peek()?.kind).toBe('let-go');
  });

  it('never goes back in time: an event that comes out of order counts as of now', () => {
    const { turn } = begin();
    turn.event(webhookAt('10:00', firing('a')));
    turn.event(webhookAt('09:00', firing('b')));
    expect(turn.draft.clock).toBe(at('10:00'));
    expect(turn.draft.alert('b')?.changedAt).toBe(at('10:00'));
  });

  it('fires what is due by now also before an event that comes out of order', () => {
    const at0 = policy({ route: () => [{ receiver: 'slack', timing: { groupWait: 0, groupInterval: 0, repeatInterval: 1 } }] });
    const { turn } = begin({ policy: at0 });
    turn.event(webhookAt('10:00', firing('a')));
    turn.event(webhookAt('09:00', resolved('a')));
    expect(kinds(turn.decision().effects)).toEqual([['trigger', at('10:00')]]);
  });

  it('passes over the timers that it is told to', () => {
    const skipped: Timer[] = [];
    const { turn } = begin({ skip: (timer) => timer.kind === 'deliver' && skipped.push(timer) > 0 });
    turn.event(webhookAt('10:00', firing('a')));
    turn.advanceTo(at('10:01'));
    expect(turn.decision().effects).toEqual([]);
    expect(skipped.map((timer) => timer.due)).toEqual([at('10:00:10')]);
  });

  it('learns at once how a message ended where somebody knows', () => {
    const { turn } = begin({
      outcomeOf: ({ deliveryId, seq, at: receivedAt }) => ({
        kind: 'delivery',
        receivedAt,
        deliveryId,
        seq,
        outcome: 'sent',
        version: 1,
        status: 'open',
        severity: 'critical',
        reference: {},
        error: null,
      }),
    });
    turn.event(webhookAt('10:00', firing('a')));
    turn.advanceTo(at('14:00:10'));
    expect(kinds(turn.decision().effects)).toEqual([
      ['trigger', at('10:00:10')],
      ['reminder', at('14:00:10')],
    ]);
    expect(turn.draft.ledger.totals()).toMatchObject({ notified: 1, pending: 0 });
  });

  it('answers what somebody waits for', () => {
    const { turn } = begin();
    expect(turn.event(webhookAt('10:00', firing('a')))).toBe(null);
    expect(
      turn.event({ kind: 'action', receivedAt: at('10:01'), action: 'acknowledge', incidentId: null, fingerprints: ['a'], by: 'ada', comment: null }),
    ).toMatchObject({ ok: true });
  });

  it('names what it was deciding when a decision throws', () => {
    const broken = policy({
      route: () => {
        throw new Error('no route');
      },
    });
    const { turn } = begin({ policy: broken });
    const event = webhookAt('10:00', firing('a'));
    expect(() => turn.event(event)).toThrow('no route');
    expect(turn.culprit).toBe(event);
  });
});
