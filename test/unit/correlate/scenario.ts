// Policies, alerts and events for tests of the engine, and a scene that plays them on one overlay.

import { localTimeIn } from '../../../src/config/local-time.ts';
import { redactionOf } from '../../../src/config/redaction.ts';
import { DEFAULT_SUPPRESSION } from '../../../src/config/suppression-section.ts';
import { CONSTANTS } from '../../../src/correlate/constants.ts';
import { type DeliverEffect, Draft } from '../../../src/correlate/draft.ts';
import { decide } from '../../../src/correlate/engine.ts';
import type { ActionOn, ActionTaken, Deed, DeliveryReported, EngineEvent, Timer, TimerFired, WebhookEvent } from '../../../src/correlate/event.ts';
import type { EventResult } from '../../../src/correlate/person.ts';
import type { Policy, Redaction } from '../../../src/correlate/policy.ts';
import { EngineState } from '../../../src/correlate/state.ts';
import type { NamingSettings } from '../../../src/correlate/veil.ts';
import type { AlertState, ReceivedAlert } from '../../../src/model/alert.ts';
import type { Delivery, Destination, RoutedReceiver, Timing } from '../../../src/model/delivery.ts';
import type { EntityPart, Incident } from '../../../src/model/incident.ts';
import type { Labels } from '../../../src/model/labels.ts';
import { Secret } from '../../../src/model/secret.ts';
import { DAY, HOUR, type Instant, MINUTE, parseTimestamp, SECOND, type Timestamp, timestampOf } from '../../../src/model/time.ts';
import type { Edge } from '../../../src/model/topology.ts';
import { poisoned } from '../../purity.ts';
import { PLAIN_DELIVERY, plainIncident } from '../plain-records.ts';

/** 2026-03-01 at a time of day such as `10:00` or `10:00:30`; `+1d 10:00` is a day later. */
export function at(time: string): Instant {
  const [, days = '0', ofDay = ''] = /^(?:\+(\d+)d )?(.*)$/.exec(time) ?? [];
  const read = parseTimestamp(`2026-03-01T${ofDay.length === 5 ? `${ofDay}:00` : ofDay}Z`);
  if (read === null) throw new Error(`not a time of day: ${time}`);
  return read.ms + Number(days) * DAY;
}

/** The same as a timestamp. */
export function stamp(time: string): Timestamp {
  return timestampOf(at(time));
}

/** Labels from an object. */
export function labels(object: Readonly<Record<string, string>>): Labels {
  return new Map(Object.entries(object));
}

/** `['model/ranker', 'node/gpu-7']`: the first depends on the second. */
export function edges(...pairs: readonly (readonly [string, string])[]): readonly Edge[] {
  return pairs.map(([from, to]) => ({ from, to, origin: 'declared' }));
}

/** The timing of a route: 10 s, 5 min and 4 h, but for what is said otherwise. */
export function timing(given: Partial<Timing> = {}): Timing {
  return { groupWait: 10 * SECOND, groupInterval: 5 * MINUTE, repeatInterval: 4 * HOUR, ...given };
}

/** A Slack channel, whose messages can be edited, that wants to know of ends. */
export const SLACK: Destination = { id: 'slack/#ml/1', integration: 'slack', edits: true, sendResolved: true, digests: true };
/** A terminal: each message is a new one. */
export const CONSOLE: Destination = { id: 'console', integration: 'console', edits: false, sendResolved: true, digests: true };
/** A channel that does not want to know of ends. */
export const QUIET: Destination = { id: 'slack/#quiet/2', integration: 'slack', edits: true, sendResolved: false, digests: true };

/** A redaction of labels and annotations, with a key, as the configuration makes it. */
export function redaction(labels: readonly string[] = [], { annotations = [], ...naming }: Redacted = {}): Redaction {
  const settings = { labels: new Set(labels), annotations: new Set(annotations), key: new Secret('a key for the tests of redaction') };
  return redactionOf(settings, { entityKinds: [], aliases: [], ...naming });
}

interface Redacted extends Partial<NamingSettings> {
  readonly annotations?: readonly string[];
}

/**
 * A policy that routes by the label `to`, a list of receivers such as `slack,console`, and to `slack`
 * without it. `nobody` is a receiver without any integration.
 */
export function policy(given: Partial<Policy> = {}): Policy {
  return {
    severities: {
      label: 'severity',
      values: new Map([
        ['critical', 'critical'],
        ['page', 'critical'],
        ['warning', 'warning'],
        ['info', 'info'],
      ]),
    },
    entityKinds: [],
    aliases: [],
    domainRules: [],
    dependencies: [],
    correlation: { window: 6 * HOUR, maxHops: 4, reopenWithin: 15 * MINUTE },
    inhibitRules: [],
    mutedUntil: () => null,
    suppression: DEFAULT_SUPPRESSION,
    constants: CONSTANTS,
    redaction: redaction(),
    staleAfter: null,
    localTime: localTimeIn('UTC'),
    timeIntervals: new Map(),
    route: (of) => routesTo(of.get('to') ?? 'slack'),
    fallbacks: new Map(),
    destinations: new Map([
      ['slack', [SLACK]],
      ['console', [CONSOLE]],
      ['quiet', [QUIET]],
      ['nobody', []],
    ]),
    ...given,
  };
}

/** Routes to the receivers of a list such as `slack,console`, with one timing. */
export function routesTo(receivers: string, given: Partial<Timing> = {}): readonly RoutedReceiver[] {
  return receivers === '' ? [] : receivers.split(',').map((receiver) => ({ receiver, timing: timing(given) }));
}

/** What a test says of an alert: labels, and a start as a time of day. */
export interface Said {
  readonly labels?: Readonly<Record<string, string>>;
  /** Null for a sender that gives none. */
  readonly startsAt?: string | null;
  readonly endsAt?: string;
  readonly groupKey?: string;
}

/** An alert named by its fingerprint that fires since 10:00 on a node of the same name, unless its labels say otherwise. */
export function firing(fingerprint: string, { labels: given = {}, startsAt = '10:00', groupKey = '' }: Said = {}): ReceivedAlert {
  return {
    fingerprint,
    status: 'firing',
    labels: labels({ alertname: 'NodeDown', severity: 'critical', node: fingerprint, ...given }),
    annotations: new Map(),
    startsAt: startsAt === null ? null : stamp(startsAt),
    endsAt: null,
    links: {},
    source: 'alertmanager',
    groupKey,
  };
}

/** The same alert, ended at 10:30 unless said otherwise. */
export function resolved(fingerprint: string, said: Said = {}): ReceivedAlert {
  return { ...firing(fingerprint, said), status: 'resolved', endsAt: stamp(said.endsAt ?? '10:30') };
}

/** A webhook of some alerts; its time is the scene's. */
export function webhook(...alerts: readonly ReceivedAlert[]): WebhookEvent {
  return { kind: 'webhook', receivedAt: 0, source: 'alertmanager', alerts, malformed: [] };
}

/** A webhook of some alerts that was received at a time of day. */
export function webhookAt(time: string, ...alerts: readonly ReceivedAlert[]): WebhookEvent {
  return { ...webhook(...alerts), receivedAt: at(time) };
}

/** A person's action on the incident of an alert. */
export function action(what: Deed | 'acknowledge' | 'resolve', fingerprint: string, given: Partial<ActionOn> = {}): ActionTaken {
  const deed = typeof what === 'string' ? { action: what } : what;
  return { kind: 'action', receivedAt: 0, incidentId: null, fingerprints: [fingerprint], by: 'ada', comment: null, ...deed, ...given };
}

/** Plays events on one overlay over a state; time, chance and locales are poisoned while it decides. */
export interface Scene {
  readonly draft: Draft;
  /** Decides one event at a time of day; no timer fires by itself. */
  at(time: string, event: EngineEvent | TimerFired): EventResult | null;
  /** Fires a timer of the scene at a time of day, whether it is due or not. */
  fire(time: string, kind: Timer['kind'], id: string): void;
  /** Hands over every message that is due by then, and reports each as ended; answers what was handed over. */
  deliver(time: string, outcome?: Partial<DeliveryReported>): readonly DeliverEffect[];
  /** Hands over what is due by then and reports nothing. */
  handOver(time: string): readonly DeliverEffect[];
  /** Reports how a message ended. */
  report(time: string, effect: DeliverEffect, outcome?: Partial<DeliveryReported>): void;
  alert(fingerprint: string): AlertState;
  /** The incident that the alert is in. */
  incidentOf(fingerprint: string): Incident;
  /** The delivery of the alert's incident to a destination. */
  delivery(fingerprint: string, destination?: Destination): Delivery;
  /** When a timer is due that was asked for last, null when none was. */
  dueOf(kind: Timer['kind'], id: string): Instant | null;
  /** The words of the timeline of the alert's incident. */
  timeline(fingerprint: string): readonly string[];
  /** The accounts that are not empty. */
  ledger(): Readonly<Record<string, number>>;
}

/** Opens a scene on an empty state. */
export function scene(given: Partial<Policy> = {}, state: EngineState = new EngineState()): Scene {
  const draft = new Draft(state);
  const inForce = policy(given);
  const asked = new Map<string, Instant>();
  const play = (time: string, event: EngineEvent | TimerFired): EventResult | null => {
    const result = poisoned(() => decide(draft, event, at(time), inForce));
    for (const timer of draft.timers) asked.set(`${timer.kind} ${timer.id}`, timer.due);
    draft.timers.length = 0;
    return result;
  };
  const known = <T>(value: T | undefined, what: string): T => {
    if (value === undefined) throw new Error(`${what} is not there`);
    return value;
  };
  const self: Scene = {
    draft,
    at: play,
    fire: (time, kind, id) => void play(time, { kind: 'timer', timer: { due: at(time), kind, id } }),
    handOver(time) {
      const before = draft.effects.length;
      for (const delivery of [...draft.changes().deliveries.values()])
        if (delivery.due !== null && delivery.due.at <= at(time)) self.fire(time, 'deliver', delivery.id);
      return draft.effects.slice(before);
    },
    report(time, effect, outcome = {}) {
      const incident = known(draft.incident(effect.deliveryId.slice(0, 26)), 'the incident');
      const { version, status } = incident;
      const { deliveryId, seq } = effect;
      play(time, { kind: 'delivery', receivedAt: 0, deliveryId, seq, outcome: 'sent', version, status, reference: {}, error: null, ...outcome });
    },
    deliver(time, outcome) {
      const effects = self.handOver(time);
      for (const effect of effects) self.report(time, effect, outcome);
      return effects;
    },
    alert: (fingerprint) => known(draft.alert(fingerprint), `the alert ${fingerprint}`),
    incidentOf: (fingerprint) => known(draft.incident(self.alert(fingerprint).membership?.incidentId ?? ''), `the incident of ${fingerprint}`),
    delivery: (fingerprint, destination = SLACK) =>
      known(draft.delivery(`${self.incidentOf(fingerprint).id}~${destination.id}`), `the delivery to ${destination.id}`),
    dueOf: (kind, id) => asked.get(`${kind} ${id}`) ?? null,
    timeline: (fingerprint) =>
      draft
        .changes()
        .timeline.filter((t) => t.incidentId === self.incidentOf(fingerprint).id)
        .map((t) => t.entry.kind),
    ledger() {
      const { suppressedByReason, ...accounts } = draft.ledger.totals();
      return Object.fromEntries(Object.entries({ ...accounts, ...Object.fromEntries(suppressedByReason) }).filter(([, count]) => count !== 0));
    },
  };
  return self;
}

/** An incident that is open since 10:00 with nothing in it, but for what is said otherwise. */
export function incident(given: Partial<Incident> = {}): Incident {
  const openedAt = at('10:00');
  return {
    id: '01KJMSEG0058H9CPQHM6CY8Q3T',
    title: '',
    receivers: ['slack'],
    ...plainIncident(openedAt),
    ...given,
  };
}

/** A delivery of that incident to Slack of which nothing was told yet and nothing is due, but for what is said otherwise. */
export function delivery(given: Partial<Delivery> = {}): Delivery {
  const destination = given.destination ?? SLACK;
  return {
    id: `01KJMSEG0058H9CPQHM6CY8Q3T~${destination.id}`,
    incidentId: '01KJMSEG0058H9CPQHM6CY8Q3T',
    destination,
    receivers: ['slack'],
    timing: timing(),
    createdAt: at('10:00'),
    ...PLAIN_DELIVERY,
    ...given,
  };
}

/** What a part or an onset on it is, beside what it is about: rare, quick, of a rule whose time resolution is not known. */
export const PLAIN_PART = { endedAt: null, rate: 1 / (6 * DAY), slow: false, symptom: 'own', resolution: 0, labels: [] } as const satisfies Partial<EntityPart>;

/** A part of an incident: one alert firing on node/gpu-7 since 10:00, but for what is said otherwise. */
export function part(given: Partial<EntityPart> = {}): EntityPart {
  const firstAt = given.firstAt ?? at('10:00');
  return {
    entity: 'node/gpu-7',
    domain: 'infra',
    severity: 'critical',
    firstAt,
    lastAt: firstAt,
    fingerprint: 'a',
    rule: 'NodeDown',
    alerts: 1,
    firing: 1,
    ...PLAIN_PART,
    ...given,
  };
}
