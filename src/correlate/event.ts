// What enters the engine. Everything that changes state comes in as one of these.

import type { AlertSource, ReceivedAlert } from '../model/alert.ts';
import type { Change } from '../model/change.ts';
import type { SentReference } from '../model/delivery.ts';
import type { IncidentStatus } from '../model/incident.ts';
import type { Labels } from '../model/labels.ts';
import type { LearnedRecord } from '../model/learned.ts';
import type { Silence } from '../model/silence.ts';
import type { Instant } from '../model/time.ts';
import type { Edge } from '../model/topology.ts';

/** An alert of a webhook that could not be understood. */
export interface MalformedAlert {
  /** JSON pointer to what is wrong, such as `/alerts/3/labels/team`. */
  readonly pointer: string;
  /** What is wrong and what is allowed. */
  readonly detail: string;
  /** The alert as it came, as JSON text, at most 16 KiB of it. */
  readonly raw: string;
}

/** A webhook. */
export interface WebhookEvent {
  readonly kind: 'webhook';
  readonly receivedAt: Instant;
  readonly source: AlertSource;
  readonly alerts: readonly ReceivedAlert[];
  readonly malformed: readonly MalformedAlert[];
}

/** A change event, put by REST or recorded. */
export interface ChangeReported {
  readonly kind: 'change';
  readonly receivedAt: Instant;
  readonly change: Change;
  /** Who reported it; jobs of before there was an audit log do not say. */
  readonly by?: string;
}

/** What a person can do to an incident. */
export type Deed =
  | { readonly action: 'acknowledge' | 'resolve' }
  /** Nothing but what must be told at once is told until then. */
  | { readonly action: 'snooze'; readonly until: Instant }
  /** It goes on as the incident with the id `into`. */
  | { readonly action: 'merge'; readonly into: string }
  /**
   * The alerts with these `fingerprints` become an incident of their own. `labels` are theirs as far as they are known: whoever
   * runs the engine looks them up, right before the event is decided.
   */
  | { readonly action: 'split'; readonly labels?: ReadonlyMap<string, Labels> }
  /** Whether an entity is the cause. */
  | { readonly action: 'feedback'; readonly entity: string; readonly correct: boolean };

/** Something that a person did to an incident. */
export type ActionTaken = Deed & ActionOn;

/** Which incident a person did something to, and who did. */
export interface ActionOn {
  readonly kind: 'action';
  readonly receivedAt: Instant;
  /** Null, or an id that does not exist, when `fingerprints` find the incident. */
  readonly incidentId: string | null;
  readonly fingerprints: readonly string[];
  readonly by: string;
  readonly comment: string | null;
  /** The `Idempotency-Key` that it came with: under the same key it is done once a day. */
  readonly key?: string;
}

/** The part of the dependency graph that is put by REST, as a whole. */
export interface TopologyPut {
  readonly kind: 'topology';
  readonly receivedAt: Instant;
  readonly edges: readonly Edge[];
  readonly by?: string;
}

/** The configuration was read again, and another one came into force. */
export interface ConfigReloaded {
  readonly kind: 'config';
  readonly receivedAt: Instant;
  readonly by: string;
  /** Hashes of what was in force and of what is. */
  readonly before: string;
  readonly after: string;
}

/** What the Alertmanagers of `upstreams` say of alerts that fire here, as fingerprints. */
export interface UpstreamReconciled {
  readonly kind: 'upstream';
  readonly receivedAt: Instant;
  /** Ended there, and their resolves never came. */
  readonly gone: readonly string[];
  /** Fire there still, and were not heard of for long. */
  readonly heard: readonly string[];
  /** All that tell nobody there. */
  readonly silenced: readonly string[];
  readonly inhibited: readonly string[];
}

/** A silence was made or changed. */
export interface SilenceSet {
  readonly kind: 'silence';
  readonly receivedAt: Instant;
  readonly silence: Silence;
  /**
   * The alerts in memory whose labels it matches, by fingerprint. Labels are not kept in memory: whoever runs the engine
   * looks them up, right before the event is decided.
   */
  readonly matched: readonly string[];
}

/** A silence was ended before its time. */
export interface SilenceEnded {
  readonly kind: 'silence-end';
  readonly receivedAt: Instant;
  readonly id: string;
  readonly by: string;
}

/** What was learned from history, to be added where nothing is known. */
export interface HistoryLearned {
  readonly kind: 'learned';
  readonly receivedAt: Instant;
  /** When the history began. */
  readonly since: Instant;
  readonly records: readonly (readonly [key: string, record: LearnedRecord])[];
}

/** How a message that was handed to a sender ended. */
export interface DeliveryReported {
  readonly kind: 'delivery';
  readonly receivedAt: Instant;
  readonly deliveryId: string;
  readonly seq: number;
  /** `sent` with the version that the message showed, or `failed` for good. */
  readonly outcome: 'sent' | 'failed';
  readonly version: number;
  /** The incident's status as the message showed it. */
  readonly status: IncidentStatus;
  readonly reference: SentReference;
  readonly error: string | null;
}

/** A person asked for a delivery that was given up on to be tried again. */
export interface DeliveryRetried {
  readonly kind: 'retry';
  readonly receivedAt: Instant;
  readonly deliveryId: string;
  readonly by: string;
}

/** A timer that fell due. */
export interface TimerFired {
  readonly kind: 'timer';
  readonly timer: Timer;
}

/**
 * What is to be looked at again at a later time. Timers are kept by kind and id; one whose record
 * no longer asks for it is passed over when it fires, so nobody needs to cancel one.
 */
export interface Timer {
  readonly due: Instant;
  /** A message is due, or under way for too long, a hold is over, an incident that was kept open is calm, a doubtful firing is decided, an alert was not heard of, an alert or an incident can be let go, what was learned long ago is given up, a silence begins or ends, a snooze is over. */
  readonly kind:
    | 'deliver'
    | 'doubtful'
    | 'stale'
    | 'forget'
    | 'let-go'
    | 'tidy'
    | 'hold'
    | 'calm'
    | 'bulletin'
    | 'heartbeat'
    | 'silence'
    | 'fallback'
    | 'snooze';
  /** A delivery's, a bulletin's, an incident's or a silence's id, or an alert's fingerprint. */
  readonly id: string;
}

/** Anything that the engine decides about, timers apart. */
export type EngineEvent =
  | WebhookEvent
  | ChangeReported
  | ActionTaken
  | TopologyPut
  | SilenceSet
  | SilenceEnded
  | HistoryLearned
  | ConfigReloaded
  | UpstreamReconciled
  | DeliveryReported
  | DeliveryRetried;
