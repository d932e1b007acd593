// Random histories of a few alerts, and a shell that plays them on the engine as the service would.

import fc from 'fast-check';
import type { DeliverEffect } from '../../../src/correlate/draft.ts';
import type { DeliveryReported, EngineEvent } from '../../../src/correlate/event.ts';
import type { Policy } from '../../../src/correlate/policy.ts';
import { EngineState } from '../../../src/correlate/state.ts';
import type { ReceivedAlert } from '../../../src/model/alert.ts';
import { isBulletin } from '../../../src/model/bulletin.ts';
import { compareText, type Labels } from '../../../src/model/labels.ts';
import { HOUR, type Instant, MINUTE, type Milliseconds, SECOND, timestampOf } from '../../../src/model/time.ts';
import { decideBatch } from '../../../src/shard/decide-batch.ts';
import type { TimerQueue } from '../../../src/shard/timer-queue.ts';
import { timersOf } from '../../../src/shard/timers-of.ts';
import { decodeAlert, encodeAlert } from '../../../src/store/alert-codec.ts';
import { decodeIncident, encodeIncident } from '../../../src/store/incident-codec.ts';
import { decodeLearned, encodeLearned } from '../../../src/store/learned-codec.ts';
import { decode, encode } from '../../../src/store/record-codec.ts';
import { decodeTotals } from '../../../src/store/redis-shard-store.ts';
import { at, edges, labels, policy } from '../correlate/scenario.ts';
import { Past } from './past.ts';

/** The policy of a history: a service that needs a model that needs a node, and the receivers of `policy()`. */
export function policyOf({ staleAfter }: History): Policy {
  const side = (text: string, matches: (labels: Labels) => boolean) => ({ text, matches });
  const inhibitRules = [
    {
      id: 'node',
      source: side('{alertname="NodeDown"}', (of) => of.get('alertname') === 'NodeDown'),
      target: side('{severity="warning"}', (of) => of.get('severity') === 'warning'),
      equal: ['node'],
    },
  ];
  return policy({ staleAfter, inhibitRules, dependencies: edges(['model/ranker', 'node/gpu-7'], ['service/search', 'model/ranker']) });
}

/** The alerts that take part: on nearby entities, on one of its own, on none; told to one, several, or nobody. */
const CAST: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  a: { alertname: 'NodeDown', node: 'gpu-7', severity: 'critical', to: 'slack' },
  b: { alertname: 'LatencyHigh', model_name: 'ranker', severity: 'warning', to: 'slack,console' },
  c: { alertname: 'ErrorRateHigh', service: 'search', severity: 'critical', to: 'console,nobody' },
  d: { alertname: 'JobLate', severity: 'info', to: 'quiet' },
  e: { alertname: 'DiskFull', node: 'gpu-7', severity: 'warning', to: 'nobody' },
};

/** A step as it is drawn; what it means depends on what came before. */
type Step = { readonly wait: Milliseconds } & (
  | { readonly kind: 'webhook'; readonly alerts: readonly Drawn[]; readonly malformed: number }
  | { readonly kind: 'acknowledge' | 'resolve'; readonly of: string }
  | { readonly kind: 'retry' }
  /** An alert is silenced for so long, or its silence is ended. */
  | { readonly kind: 'silence'; readonly of: string; readonly lasts: Milliseconds }
  | { readonly kind: 'unsilence'; readonly of: string }
  /** An alert goes on and off so many times, at one pace. */
  | { readonly kind: 'swings'; readonly of: string; readonly times: number; readonly on: Milliseconds; readonly off: Milliseconds }
);

interface Drawn {
  readonly who: string;
  readonly fires: boolean;
  readonly start: 'present' | 'fresh' | 'old' | 'none';
  /** Whether the same fingerprint comes with the labels of another node. */
  readonly strange: boolean;
}

/** How the messages of a history end, one after another and over again. */
interface Ending {
  readonly outcome: 'sent' | 'failed';
  readonly takes: Milliseconds;
}

/** A history as it is drawn. */
export interface History {
  readonly staleAfter: Milliseconds | null;
  readonly steps: readonly Step[];
  readonly endings: readonly Ending[];
}

const WAITS = [0, 1, 12, 30, 70]
  .map((s) => s * SECOND)
  .concat(
    [6, 16, 61, 5 * 60, 10 * 60, 25 * 60].map((m) => m * MINUTE),
    [-5 * SECOND, -2 * MINUTE],
  );
const who = fc.constantFrom(...Object.keys(CAST));
const wait = fc.constantFrom(...WAITS);
const drawn: fc.Arbitrary<Drawn> = fc.record({
  who,
  fires: fc.boolean(),
  start: fc.constantFrom('present', 'present', 'fresh', 'old', 'none'),
  strange: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      wait,
      kind: fc.constant('webhook' as const),
      alerts: fc.array(drawn, { minLength: 1, maxLength: 3 }),
      malformed: fc.constantFrom(0, 0, 0, 1),
    }),
  },
  { weight: 2, arbitrary: fc.record({ wait, kind: fc.constantFrom('acknowledge' as const, 'resolve' as const), of: who }) },
  { weight: 1, arbitrary: fc.record({ wait, kind: fc.constant('retry' as const) }) },
  { weight: 1, arbitrary: fc.record({ wait, kind: fc.constant('silence' as const), of: who, lasts: fc.constantFrom(20 * SECOND, 10 * MINUTE, 26 * HOUR) }) },
  { weight: 1, arbitrary: fc.record({ wait, kind: fc.constant('unsilence' as const), of: who }) },
  {
    weight: 2,
    arbitrary: fc.record({
      wait,
      kind: fc.constant('swings' as const),
      of: who,
      times: fc.integer({ min: 2, max: 12 }),
      on: fc.constantFrom(40 * SECOND, 4 * MINUTE, 6 * MINUTE),
      off: fc.constantFrom(2 * MINUTE, 5 * MINUTE, 3 * HOUR),
    }),
  },
);

/** Histories of up to 40 steps; of three messages at least one is sent. */
export const histories: fc.Arbitrary<History> = fc.record({
  staleAfter: fc.constantFrom(null, 72 * HOUR),
  steps: fc.array(step, { minLength: 1, maxLength: 40 }),
  endings: fc
    .array(fc.record({ outcome: fc.constantFrom('sent' as const, 'failed' as const), takes: fc.constantFrom(0, 40, 20 * SECOND, 7 * MINUTE) }), {
      maxLength: 5,
    })
    .map((endings) => [...endings, { outcome: 'sent' as const, takes: 40 }]),
});

/** Makes the events of steps, in their order; a retry only as its time, since what it names is known by then. */
export function eventsOf(steps: readonly Step[]): readonly (EngineEvent | { readonly retryAt: Instant })[] {
  let now = at('10:00');
  const starts = new Map<string, Instant>();
  return steps.flatMap((given): readonly (EngineEvent | { readonly retryAt: Instant })[] => {
    now += given.wait;
    if (given.kind === 'swings') {
      const swings: EngineEvent[] = [];
      for (let i = 0; i < 2 * given.times; i++) {
        swings.push(saying([{ who: given.of, fires: i % 2 === 0, start: i % 2 === 0 ? 'fresh' : 'present', strange: false }], 0, now, starts));
        now += i % 2 === 0 ? given.on : given.off;
      }
      return swings;
    }
    return [stepAt(given, now, starts)];
  });
}

function stepAt(given: Exclude<Step, { kind: 'swings' }>, receivedAt: Instant, starts: Map<string, Instant>): EngineEvent | { readonly retryAt: Instant } {
  switch (given.kind) {
    case 'silence': {
      const matchers = [{ name: 'alertname', operator: '=' as const, value: CAST[given.of]?.['alertname'] ?? '' }];
      const silence = { id: given.of, matchers, startsAt: receivedAt, endsAt: receivedAt + given.lasts, updatedAt: receivedAt, createdBy: 'ada', comment: '' };
      return { kind: 'silence', receivedAt, silence, matched: [given.of] };
    }
    case 'unsilence':
      return { kind: 'silence-end', receivedAt, id: given.of, by: 'bob' };
    case 'retry':
      return { retryAt: receivedAt };
    case 'webhook':
      return saying(given.alerts, given.malformed, receivedAt, starts);
    default:
      return { kind: 'action', receivedAt, action: given.kind, incidentId: null, fingerprints: [given.of], by: 'ada', comment: null };
  }
}

function saying(alerts: readonly Drawn[], malformed: number, receivedAt: Instant, starts: Map<string, Instant>): EngineEvent {
  return {
    kind: 'webhook',
    receivedAt,
    source: 'alertmanager',
    alerts: alerts.map((alert) => received(alert, receivedAt, starts)),
    malformed: Array.from({ length: malformed }, () => ({ pointer: '/alerts/0', detail: 'must be an object', raw: '7' })),
  };
}

function received({ who: fingerprint, fires, start, strange }: Drawn, now: Instant, starts: Map<string, Instant>): ReceivedAlert {
  const present = starts.get(fingerprint) ?? now - 30 * SECOND;
  const startsAt = { present, fresh: now - 30 * SECOND, old: present - HOUR, none: null }[start];
  if (start === 'fresh' || !starts.has(fingerprint)) starts.set(fingerprint, startsAt ?? present);
  return {
    fingerprint,
    status: fires ? 'firing' : 'resolved',
    labels: labels({ ...CAST[fingerprint], ...(strange ? { node: 'gpu-99' } : {}) }),
    annotations: new Map(),
    startsAt: startsAt === null ? null : timestampOf(startsAt),
    endsAt: fires ? null : timestampOf(now),
    links: {},
    source: 'alertmanager',
    groupKey: '',
  };
}

/** Far more commits than any history needs to come to rest. */
const MOST_COMMITS = 5000;

/** A shell of the engine that commits batches and keeps all that was ever decided. */
export class Shell {
  readonly past = new Past();
  state = new EngineState();
  readonly #policy: Policy;
  #timers: TimerQueue;

  constructor(history: History) {
    this.#policy = policyOf(history);
    this.#timers = timersOf(this.state, this.#policy);
  }

  /** Decides a batch, then the timers due by `until` or by the last event, and commits; answers the messages to send. */
  commit(events: readonly EngineEvent[], until: Instant | null): readonly DeliverEffect[] {
    const onFault = ({ error }: { readonly error: unknown }) => {
      throw error;
    };
    const { decision, timers } = decideBatch(events, until, { state: this.state, timers: this.#timers, policy: this.#policy, onFault });
    this.#timers = timers;
    this.state.apply(decision.changes);
    this.past.take(decision);
    return decision.effects;
  }

  /** When the next timer is due; infinity without one. */
  nextDue(): Instant {
    return this.#timers.peek()?.due ?? Number.POSITIVE_INFINITY;
  }

  /** Goes on with what the store would give back. */
  reload(): void {
    this.state = reloaded(this.state);
    this.#timers = timersOf(this.state, this.#policy);
  }
}

function reloaded(state: EngineState): EngineState {
  const again = <T>(record: T): T => decode<T>(encode(record));
  const { clock, longestRedelivery, putEdges, totals } = state;
  return EngineState.of({
    clock,
    longestRedelivery,
    putEdges: again(putEdges),
    totals: decodeTotals(encode({ ...totals, suppressedByReason: Object.fromEntries(totals.suppressedByReason) })),
    alerts: [...state.alerts.values()].map((alert) => decodeAlert(encodeAlert(alert), alert.fingerprint)),
    incidents: [...state.incidents.values()].map((incident) => decodeIncident(encodeIncident(incident))).sort((x, y) => compareText(x.id, y.id)),
    deliveries: [...state.deliveries.values()].map(again),
    bulletins: [...state.bulletins.values()].map(again),
    changes: [...state.changes.values()].map(again),
    learned: [...state.learned].map(([key, record]): [string, typeof record] => [key, decodeLearned(encodeLearned(record, key), key)]),
    silences: [...state.silences.values()].map(again),
  });
}

/**
 * Plays a history event by event as the service does: timers fire when due, messages are sent and
 * reported some time later. Afterwards time goes on until nothing is to be done. `after` is called
 * after each commit with the number of commits. Answers every event that was decided, reports included.
 */
export function play({ steps, endings }: History, shell: Shell, after: (commits: number) => void = () => undefined): readonly EngineEvent[] {
  const waiting = [...eventsOf(steps)];
  const underWay: DeliveryReported[] = [];
  const decided: EngineEvent[] = [];
  let sent = 0;
  let commits = 0;
  const commit = (events: readonly EngineEvent[], until: Instant | null) => {
    decided.push(...events);
    for (const effect of shell.commit(events, until)) {
      const ending = endings[sent++ % endings.length] ?? { outcome: 'sent', takes: 0 };
      underWay.push(reportOf(effect, ending, shell.state));
    }
    underWay.sort((x, y) => x.receivedAt - y.receivedAt || compareText(x.deliveryId, y.deliveryId));
    commits += 1;
    if (commits > MOST_COMMITS) throw new Error('time goes on without end');
    after(commits);
  };
  for (;;) {
    const event = waiting[0];
    const arrives = event === undefined ? Number.POSITIVE_INFINITY : Math.max(shell.state.clock, 'retryAt' in event ? event.retryAt : event.receivedAt);
    const reported = underWay[0]?.receivedAt ?? Number.POSITIVE_INFINITY;
    const due = shell.nextDue();
    if (due <= Math.min(arrives, reported)) {
      if (due === Number.POSITIVE_INFINITY) return decided;
      commit([], due);
    } else if (reported <= arrives) {
      commit(underWay.splice(0, 1), null);
    } else if (event !== undefined) {
      waiting.shift();
      commit(['retryAt' in event ? retryOf(shell.state, event.retryAt) : event], null);
    }
  }
}

function reportOf({ deliveryId, seq, at: handedOver }: DeliverEffect, { outcome, takes }: Ending, state: EngineState): DeliveryReported {
  const incident = state.incidents.get(deliveryId.slice(0, deliveryId.indexOf('~')));
  if (incident === undefined && !isBulletin(deliveryId)) throw new Error(`${deliveryId} is about an incident that is not there`);
  const { version, status } = incident ?? { version: 0, status: 'open' as const };
  return {
    kind: 'delivery',
    receivedAt: handedOver + takes,
    deliveryId,
    seq,
    outcome,
    version,
    status,
    reference: {},
    error: outcome === 'failed' ? 'refused' : null,
  };
}

/** A retry of the first delivery that was given up on, or of none. */
function retryOf(state: EngineState, receivedAt: Instant): EngineEvent {
  const failed = [...state.deliveries.values()].filter((d) => d.failedVersion > 0).sort((x, y) => compareText(x.id, y.id))[0];
  return { kind: 'retry', receivedAt, deliveryId: failed?.id ?? 'none', by: 'ada' };
}
