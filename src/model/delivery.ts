// What is owed to one destination about one incident.

import type { Incident, IncidentStatus } from './incident.ts';
import type { Instant, Milliseconds } from './time.ts';

/** Which kind of service a destination is. */
export type IntegrationKind = 'slack' | 'pagerduty' | 'webhook' | 'email' | 'console';

/** What kind of message a notification is. */
export type NotificationKind = 'trigger' | 'update' | 'resolve' | 'reminder' | 'digest';

/**
 * A place that can be told: a channel, a routing key, the terminal. Receivers that name the same
 * place share it, so that it is told once.
 */
export interface Destination {
  /** Stable over restarts and free of secrets: `slack/#ml-alerts/3f2a9c1b`. */
  readonly id: string;
  readonly integration: IntegrationKind;
  /** Whether a message there can be changed after it was sent. */
  readonly edits: boolean;
  readonly sendResolved: boolean;
  /** Whether it can carry a message about several incidents; what pages people cannot. */
  readonly digests: boolean;
}

/** How often a receiver wants to hear of an incident, from the routes that lead to it. */
export interface Timing {
  readonly groupWait: Milliseconds;
  readonly groupInterval: Milliseconds;
  readonly repeatInterval: Milliseconds;
}

/** When a route is muted: in any of some time intervals, or in none of those that it is active in. By the names of the intervals. */
export interface RouteHours {
  readonly muteIn: readonly string[];
  /** Always active when there are none. */
  readonly activeIn: readonly string[];
}

/** A receiver that an alert is routed to, with the timing of the route that led there. */
export interface RoutedReceiver {
  readonly receiver: string;
  readonly timing: Timing;
  /** The hours of each of the routes that led there; left out when one of them is never muted. */
  readonly hours?: readonly RouteHours[];
}

/** A message that is to be sent at a time. */
export interface Due {
  readonly at: Instant;
  readonly kind: Exclude<NotificationKind, 'digest'>;
  /** Whether it tells lesser news only. */
  readonly minor?: true;
}

/** A message handed to a sender, whose outcome is not known yet. */
export interface InFlight {
  /** Counts the messages handed over for this delivery; with its id it names the job. */
  readonly seq: number;
  readonly kind: Exclude<NotificationKind, 'digest'>;
  readonly version: number;
  readonly at: Instant;
  readonly minor?: true;
}

/** What the integration answered, to change or close the message later; strings of its own. */
export interface SentReference {
  /** Slack's channel id and message time stamp. */
  readonly channel?: string;
  readonly ts?: string;
  /** How many entries of the incident's timeline its message and thread have told, as a decimal number. */
  readonly entries?: string;
  /** PagerDuty's `dedup_key`. */
  readonly dedupKey?: string;
}

/**
 * The wanted state of one incident at one destination. There is one record, however often the
 * incident changes: so edits coalesce, nothing overtakes, and after a crash it says what is owed.
 */
export interface Delivery {
  /** `INCIDENT~DESTINATION`. */
  readonly id: string;
  readonly incidentId: string;
  readonly destination: Destination;
  /** The receivers that lead here, sorted. */
  readonly receivers: readonly string[];
  readonly timing: Timing;
  readonly createdAt: Instant;
  /** The version last told, 0 when none was. */
  readonly sentVersion: number;
  /** What the incident's status was when last told; null when it never was. */
  readonly sentStatus: IncidentStatus | null;
  /** When it was last told, and when a message last drew attention (not an edit). */
  readonly sentAt: Instant | null;
  readonly alertedAt: Instant | null;
  readonly reference: SentReference;
  readonly inFlight: InFlight | null;
  /** How many messages were handed over so far. */
  readonly seq: number;
  /** The version that was given up on, 0 when none, and why. */
  readonly failedVersion: number;
  readonly lastError: string | null;
  /** What is to be told next, and when; null when nothing is. */
  readonly due: Due | null;
  /** Until when its first message waits for the budget of pages; null when it does not. */
  readonly waitsUntil: Instant | null;
  /** The hours of each route that leads here: it is muted while all of them are. Left out when one never is. */
  readonly hours?: readonly RouteHours[];
  /** Until when what is due waits because its routes are muted; left out when it does not. */
  readonly mutedUntil?: Instant;
  /** How many reminders were sent since something else drew attention. */
  readonly reminders: number;
  /** How many messages in a row told lesser news only. */
  readonly minorTold: number;
}

/** A delivery changed in some fields. Each field is named, as V8 takes many times as long for a spread of so many. */
export function deliveryWith(delivery: Delivery, changed: Partial<Delivery>): Delivery {
  const { hours, mutedUntil } = delivery;
  return {
    ...(hours === undefined ? {} : { hours }),
    ...(mutedUntil === undefined ? {} : { mutedUntil }),
    id: delivery.id,
    incidentId: delivery.incidentId,
    destination: delivery.destination,
    receivers: delivery.receivers,
    timing: delivery.timing,
    createdAt: delivery.createdAt,
    sentVersion: delivery.sentVersion,
    sentStatus: delivery.sentStatus,
    sentAt: delivery.sentAt,
    alertedAt: delivery.alertedAt,
    reference: delivery.reference,
    inFlight: delivery.inFlight,
    seq: delivery.seq,
    failedVersion: delivery.failedVersion,
    lastError: delivery.lastError,
    due: delivery.due,
    waitsUntil: delivery.waitsUntil,
    reminders: delivery.reminders,
    minorTold: delivery.minorTold,
    ...changed,
  };
}

/** What a destination was told last. */
export type Told = Pick<Delivery, 'sentVersion' | 'sentStatus' | 'sentAt'>;

/** Whether a destination keeps a state of its own for an incident, acknowledgement included. */
export function keepsState({ integration }: Destination): boolean {
  return integration === 'pagerduty';
}

/** Whether an incident is acknowledged, and a place that was told of it has heard nothing since. */
export function owesAcknowledgement({ status, acknowledgedAt }: Pick<Incident, 'status' | 'acknowledgedAt'>, { sentStatus, sentAt }: Told): boolean {
  if (status !== 'acknowledged' || acknowledgedAt === null) return false;
  return sentStatus === 'open' || (sentStatus === 'acknowledged' && acknowledgedAt > (sentAt ?? 0));
}
