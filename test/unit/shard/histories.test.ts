import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Replay } from '../../../src/cli/replay/replay.ts';
import type { EngineEvent } from '../../../src/correlate/event.ts';
import type { NotificationKind } from '../../../src/model/delivery.ts';
import { DAY } from '../../../src/model/time.ts';
import { type History, histories, play, policyOf, Shell } from './history.ts';
import { expectSound, type Past } from './past.ts';

const RUNS = { numRuns: 100 };
/** A machine that does much else takes longer; a history itself takes milliseconds. */
const PATIENTLY = { timeout: 60_000 };

/** What people can see of it in the end. */
function outcome({ incidents, members, messages, timelines, suppressions, failures, totals }: Past): unknown {
  const byId = <V>(map: ReadonlyMap<string, V>) => [...map].sort(([x], [y]) => (x < y ? -1 : 1));
  return {
    incidents: byId(incidents),
    members: byId(members).map(([id, kept]) => [id, byId(kept)]),
    messages,
    timelines: byId(timelines),
    suppressions,
    failures,
    totals,
  };
}

describe('any history', () => {
  it('keeps the ledger balanced and every count true, after each event', PATIENTLY, () => {
    fc.assert(
      fc.property(histories, (history) => {
        const shell = new Shell(history);
        play(history, shell, () => expectSound(shell.state, shell.past));
      }),
      RUNS,
    );
  });

  it('ends with every incident over, every alert in an account and memory empty', PATIENTLY, () => {
    fc.assert(
      fc.property(histories, (history) => {
        const shell = new Shell(history);
        play(history, shell);
        expect([...shell.past.incidents.values()].filter((incident) => incident.status !== 'resolved')).toEqual([]);
        expect(shell.state.totals.pending).toBe(0);
        expect([shell.state.incidents.size, shell.state.deliveries.size, shell.state.alerts.size]).toEqual([0, 0, 0]);
      }),
      RUNS,
    );
  });

  it('comes out the same in turns of any size', PATIENTLY, () => {
    fc.assert(
      fc.property(histories, fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 5 }), (history, sizes) => {
        const one = new Shell(history);
        const events = play(history, one);
        const other = new Shell(history);
        for (const turn of inTurns(events, sizes)) other.commit(turn, null);
        other.commit([], one.state.clock);
        expect(outcome(other.past)).toEqual(outcome(one.past));
      }),
      RUNS,
    );
  });

  it('comes out the same when the state is loaded anew at any time', PATIENTLY, () => {
    fc.assert(
      fc.property(histories, fc.uniqueArray(fc.nat(80), { minLength: 1, maxLength: 20 }), (history, loads) => {
        const one = new Shell(history);
        play(history, one);
        const other = new Shell(history);
        play(history, other, (commits) => {
          if (loads.includes(commits)) other.reload();
        });
        expect(outcome(other.past)).toEqual(outcome(one.past));
      }),
      RUNS,
    );
  });

  it('comes out the same in the service and in a replay, when every message arrives at once', PATIENTLY, () => {
    fc.assert(
      fc.property(histories, (drawn) => {
        const history = comingToRest(drawn);
        const service = new Shell(history);
        const events = play(history, service);
        const replay = new Replay(policyOf(history));
        for (const event of events) if (event.kind !== 'delivery') replay.event(event);
        replay.finish();
        const { incidents, members, totals, suppressions, messages } = service.past;
        const { archive } = replay;
        expect([...archive.incidents]).toEqual([...incidents]);
        expect(listed(archive.members)).toEqual(listed(members));
        expect(archive.totals).toEqual(totals);
        expect(archive.suppressions).toEqual(suppressions);
        // What a sender shows is the latest, so changes of one instant may be one message there and two in a replay; first messages are the same.
        expect(archive.notifications.filter(isTrigger).map((told) => [told.at, told.incidentId])).toEqual(
          messages.filter(isTrigger).map((told) => [told.at, told.deliveryId.slice(0, told.deliveryId.indexOf('~'))]),
        );
      }),
      RUNS,
    );
  });
});

/** The fingerprints of each incident; one whose alerts all went over to another has none. */
function listed(members: ReadonlyMap<string, ReadonlyMap<string, unknown>>): readonly (readonly [string, readonly string[]])[] {
  return [...members].flatMap(([id, kept]) => (kept.size === 0 ? [] : [[id, [...kept.keys()].sort()] as const]));
}

function isTrigger({ kind }: { readonly kind: NotificationKind }): boolean {
  return kind === 'trigger';
}

/** The history with messages that always arrive, and an event that changes nothing long after everything is over: both shells run until then. */
function comingToRest({ staleAfter, steps }: History): History {
  return { staleAfter, steps: [...steps, { wait: 30 * DAY, kind: 'acknowledge', of: 'nobody' }], endings: [{ outcome: 'sent', takes: 0 }] };
}

function* inTurns(events: readonly EngineEvent[], sizes: readonly number[]): Generator<readonly EngineEvent[]> {
  for (let i = 0, turn = 0; i < events.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield events.slice(i, i + size);
    i += size;
  }
}
