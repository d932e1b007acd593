// An alert as it was received, and what is remembered of it.

import type { RoutedReceiver } from './delivery.ts';
import type { Evidence } from './evidence.ts';
import type { Labels } from './labels.ts';
import type { Domain, Severity } from './severity.ts';
import type { Instant, Timestamp } from './time.ts';

/** Alertmanager's two states of an alert in a notification. */
export type AlertStatus = 'firing' | 'resolved';

/** Which kind of sender posted a webhook. */
export type AlertSource = 'alertmanager' | 'grafana';

/** What an alert links to; every value is an http or https URL, or absent. */
export interface AlertLinks {
  /** Where the alert's expression can be looked at (`generatorURL`). */
  readonly source?: string;
  /** Grafana's dashboard, panel, silence form and rendered image. */
  readonly dashboard?: string;
  readonly panel?: string;
  readonly silence?: string;
  readonly image?: string;
}

/** One alert of a webhook, normalised: what the engine is given. */
export interface ReceivedAlert {
  /** 16 hex digits; Prometheus's hash of the labels when the sender gave none. */
  readonly fingerprint: string;
  readonly status: AlertStatus;
  readonly labels: Labels;
  readonly annotations: Labels;
  /** Null when the sender gave none: then it is about the alert's present episode. */
  readonly startsAt: Timestamp | null;
  /** Null while firing. */
  readonly endsAt: Timestamp | null;
  readonly links: AlertLinks;
  readonly source: AlertSource;
  /** The sender's own group key; empty when it gave none. */
  readonly groupKey: string;
}

/**
 * What an alert says beside its state: written to the store when it fires, read by messages and
 * the API, never needed for a decision.
 */
export interface AlertDocument {
  readonly fingerprint: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly links: AlertLinks;
  readonly source: AlertSource;
}

/** The part that an alert plays in an incident. An alert is in one incident at a time. */
export interface Membership {
  readonly incidentId: string;
  /** Its first start in this incident. */
  readonly startsAt: Timestamp;
  /** How often it fired in this incident; at least 1. */
  readonly occurrences: number;
}

/**
 * A firing that has the start of a resolve already seen. It may be a late replica's, so it waits
 * until `due`; when nothing contradicts it by then, it counts as fired again.
 */
export interface DoubtfulFiring {
  readonly due: Instant;
  /** How many received alerts wait here, for the ledger. */
  readonly received: number;
  /** Where it would be told, decided while its labels were at hand. */
  readonly routes: readonly RoutedReceiver[];
  readonly groupKey: string;
  /** Its labels that are compared with others', as `name=value`. */
  readonly compared: readonly string[];
}

/** What the engine remembers of an alert, resolved or firing. */
export interface AlertState {
  readonly fingerprint: string;
  readonly status: AlertStatus;
  /** The latest start. */
  readonly startsAt: Timestamp;
  /** The end of the latest episode; null while firing. */
  readonly endsAt: Timestamp | null;
  /** Event time of the last change of status. */
  readonly changedAt: Instant;
  /** Event time of the last webhook that spoke of it. */
  readonly heardAt: Instant;
  /** The label `alertname`, or empty. */
  readonly rule: string;
  readonly entity: string | null;
  readonly domain: Domain;
  readonly severity: Severity;
  /** Null when it never joined one, or the one it was in has been let go. */
  readonly membership: Membership | null;
  /** The parts that it played before in other incidents that are remembered still, the latest last. */
  readonly past: readonly Membership[];
  readonly doubtful: DoubtfulFiring | null;
  readonly source: AlertSource;
}

/** An alert as its incident keeps it, when the alert itself has moved on. */
export interface Member {
  readonly fingerprint: string;
  readonly status: AlertStatus;
  readonly startsAt: Timestamp;
  readonly lastStartsAt: Timestamp;
  readonly endsAt: Timestamp | null;
  readonly occurrences: number;
  readonly rule: string;
  readonly entity: string | null;
  readonly domain: Domain;
  readonly severity: Severity;
  /** Empty for the alert that opened the incident. */
  readonly joinedBecause: readonly Evidence[];
}

/** What is remembered of an alert, changed in some fields. Each field is named, as V8 takes many times as long for a spread of so many. */
export function alertWith(alert: AlertState, changed: Partial<AlertState>): AlertState {
  return {
    fingerprint: alert.fingerprint,
    status: alert.status,
    startsAt: alert.startsAt,
    endsAt: alert.endsAt,
    changedAt: alert.changedAt,
    heardAt: alert.heardAt,
    rule: alert.rule,
    entity: alert.entity,
    domain: alert.domain,
    severity: alert.severity,
    membership: alert.membership,
    past: alert.past,
    doubtful: alert.doubtful,
    source: alert.source,
    ...changed,
  };
}
