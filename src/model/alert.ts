// An alert as it was received, and what is remembered of it.

import type { RoutedReceiver } from './delivery.ts';
import type { Evidence, SuppressionReason } from './evidence.ts';
import type { Labels } from './labels.ts';
import type { Domain, Severity } from './severity.ts';
import type { Instant, Milliseconds, Timestamp } from './time.ts';
import type { Unrecovered } from './unrecovered.ts';

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
  /** The Alertmanager that sent it, as its own pages are reached. */
  readonly alertmanager?: string;
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
  /** What it carries that is compared with others', as `comparedLabels` writes it. */
  readonly compared: readonly string[];
  readonly rules: readonly MatchedRule[];
}

/** That so many alerts carry a mark: they fire, or did within a time. */
export interface HoldCondition {
  readonly mark: string;
  readonly count: number;
  readonly within: Milliseconds;
  /** The matchers as written, for the evidence. */
  readonly source: string;
}

/** What has to hold, and what must not, for a rule to go on holding an alert back. */
export interface HoldConditions {
  readonly when: HoldCondition | null;
  readonly unless: HoldCondition | null;
}

/** A rule of the configuration that matches an alert's labels, and what else it depends on. */
export interface MatchedRule extends HoldConditions {
  readonly name: string;
}

/** A decision not to tell of an alert until a stated time, or not at all. */
export interface Hold {
  readonly reason: SuppressionReason;
  /** The name of the rule in the configuration that decided, if one did. */
  readonly rule: string | null;
  readonly since: Instant;
  /** When it is judged anew, if it fires still. */
  readonly until: Instant;
  /** Whether people are to hear of it in a digest when it ends untold. */
  readonly digest: boolean;
  /** Whether what it rests on is thin: then that is soon. */
  readonly thin: boolean;
  /** Whether it lasts though its incident is told of, as a rule or the swings of a flapping alert do. */
  readonly alone: boolean;
  /** What a rule depends on beside the alert; null when on nothing. */
  readonly conditions: HoldConditions | null;
  readonly evidence: readonly Evidence[];
  /** How many received alerts wait here, for the ledger. */
  readonly received: number;
  /** Where it would be told, decided while its labels were at hand. */
  readonly routes: readonly RoutedReceiver[];
  /** Set when people knew of it before it was silenced or inhibited: they hear of its end. */
  readonly told?: true;
  /** The rules of the configuration that match it, which decide once a silence or an inhibition is over; none when left out. */
  readonly rules?: readonly MatchedRule[];
}

/** An alert goes on and off, and people know. */
export interface Flapping {
  readonly since: Instant;
  /** How often it has begun since, of which nobody was told. */
  readonly swings: number;
}

/** What is known of an alert that always fires. */
export interface Heartbeat {
  /** How long it may be silent; null for a multiple of the longest pause. */
  readonly within: Milliseconds | null;
  /** The longest pause between two beats; 0 before the second. */
  readonly longest: Milliseconds;
  /** Whether it is missing, and people were told. */
  readonly absent: boolean;
  /** Where its absence is told. */
  readonly routes: readonly RoutedReceiver[];
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
  /** Why it is not told of, null when it is. */
  readonly hold: Hold | null;
  /** The marks that conditions of rules know it by. */
  readonly marks: readonly string[];
  /** What is counted while it flaps; null when it does not. */
  readonly flapping: Flapping | null;
  /** Null when it is no heartbeat. */
  readonly heartbeat: Heartbeat | null;
  readonly source: AlertSource;
}

/** An alert as its incident keeps it, when the alert itself has moved on, without why it joined. */
export interface MemberState {
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
  /** Why it is not known to have recovered, when it ended so. */
  readonly unrecovered?: Unrecovered;
}

/** An alert as its incident keeps it. */
export interface Member extends MemberState {
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
    hold: alert.hold,
    marks: alert.marks,
    flapping: alert.flapping,
    heartbeat: alert.heartbeat,
    source: alert.source,
    ...changed,
  };
}
