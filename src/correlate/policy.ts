// What the configuration says, in the form that decisions need: compiled, checked and frozen.

import type { Destination, RoutedReceiver, RouteHours } from '../model/delivery.ts';
import type { Labels } from '../model/labels.ts';
import type { LocalTimeOf } from '../model/local-time.ts';
import type { Domain, Severity } from '../model/severity.ts';
import type { Instant, Milliseconds } from '../model/time.ts';
import type { Edge } from '../model/topology.ts';
import type { Constants } from './constants.ts';

/** A kind of entity and the labels that may name one, the first that an alert carries winning. */
export interface EntityKind {
  readonly kind: string;
  readonly labels: readonly string[];
}

/** A further name or an address of a machine. */
export interface MachineAlias {
  /** The machine as the dependency graph names it, `kind/name`. */
  readonly entity: string;
  /** As written, with a port or a domain or without. */
  readonly name: string;
}

/** A rule of the configuration that says which domain an alert is of. */
export interface DomainRule {
  readonly matches: (labels: Labels) => boolean;
  readonly domain: Domain;
  /** The rule's matchers as written, for the evidence. */
  readonly source: string;
}

/** How severities are read from labels. */
export interface SeverityPolicy {
  /** The label that carries it, by default `severity`. */
  readonly label: string;
  /** Lower-cased values and what they mean. */
  readonly values: ReadonlyMap<string, Severity>;
}

/** The settings of joining alerts into incidents. */
export interface CorrelationPolicy {
  /** The longest lag with which an alert still joins what is open nearby. */
  readonly window: Milliseconds;
  /** How many steps of the graph are followed. */
  readonly maxHops: number;
  /** How long after it resolved an incident can still be joined, which reopens it. */
  readonly reopenWithin: Milliseconds;
}

export type { RoutedReceiver };

/** Whether a mechanism acts, does nothing, or only records what it would do. */
export type Mode = 'on' | 'off' | 'observe';

/** The settings of holding a first message back because the alert will most likely clear by itself. */
export interface TransientPolicy {
  readonly mode: Mode;
  readonly severities: ReadonlySet<Severity>;
  /** How long a first message may wait at most, by severity. */
  readonly maxHold: Readonly<Record<Severity, Milliseconds>>;
}

/** The settings of alerts that go on and off. */
export interface FlappingPolicy {
  readonly mode: Mode;
  readonly severities: ReadonlySet<Severity>;
  /** From how many per cent of changes an alert flaps, and below how many it no longer does; as Icinga 2 reckons them. */
  readonly start: number;
  readonly stop: number;
}

/** The settings of alerts that come at their usual hour. */
export interface SeasonalPolicy {
  readonly mode: Mode;
  readonly severities: ReadonlySet<Severity>;
  /** On how many days at least, and on what share of them, something has come at an hour that is usual. */
  readonly days: number;
  readonly share: number;
  /** The longest that is believed to be usual. */
  readonly maxHold: Milliseconds;
}

/** The settings of storms. */
export interface StormPolicy {
  readonly mode: Mode;
  readonly severities: ReadonlySet<Severity>;
  /** How many alerts have to begin within five minutes, whatever the hour of the week usually bears. */
  readonly onsets: number;
}

/** A condition of a rule over other alerts. */
export interface AlertCondition {
  /** Names it within the configuration. */
  readonly id: string;
  readonly matches: (labels: Labels) => boolean;
  /** The labels whose values have to be those of the alert that the rule is about. */
  readonly equal: readonly string[];
  readonly count: number;
  readonly within: Milliseconds;
  /** The matchers as written. */
  readonly source: string;
}

/** A rule of the configuration that says what becomes of an alert. */
export interface SuppressionRule {
  readonly name: string;
  readonly matches: (labels: Labels) => boolean;
  /** The matchers as written. */
  readonly source: string;
  readonly action: 'suppress' | 'hold' | 'digest' | 'notify';
  /** How long it holds an alert; null for what the action takes by default. */
  readonly for: Milliseconds | null;
  readonly isActive: (at: Instant) => boolean;
  readonly expires: Instant | null;
  readonly comment: string;
  readonly when: AlertCondition | null;
  readonly unless: AlertCondition | null;
}

/** The alerts that one side of an inhibition is about. */
export interface InhibitSide {
  readonly matches: (labels: Labels) => boolean;
  /** The matchers as written. */
  readonly text: string;
}

/** That alerts of one kind keep people from hearing of those of another while they fire. */
export interface InhibitRule {
  /** Names it within the configuration. */
  readonly id: string;
  readonly source: InhibitSide;
  readonly target: InhibitSide;
  /** The labels whose values have to be the same on both sides. */
  readonly equal: readonly string[];
}

/** Alerts that always fire, so that their absence tells that the monitoring itself is down. */
export interface HeartbeatRule {
  readonly matches: (labels: Labels) => boolean;
  readonly source: string;
  /** How long one may be silent; null for three times the longest pause seen, at least ten minutes. */
  readonly within: Milliseconds | null;
}

/** The settings of holding back and not telling. */
export interface SuppressionPolicy {
  readonly transient: TransientPolicy;
  readonly flapping: FlappingPolicy;
  readonly seasonal: SeasonalPolicy;
  readonly storm: StormPolicy;
  readonly heartbeats: readonly HeartbeatRule[];
  readonly rules: readonly SuppressionRule[];
  /** The conditions of all rules. */
  readonly conditions: readonly AlertCondition[];
  /** How many incidents an hour a destination may be told of that pages people, before those that are not critical go to its digest; null for any. */
  readonly pagesPerHour: number | null;
  /** How often what was held back is told in one message. */
  readonly digestInterval: Milliseconds;
}

/** The names of labels and annotations that are matched and routed by, and kept out of messages and records. */
export interface Redaction {
  readonly labels: ReadonlySet<string>;
  readonly annotations: ReadonlySet<string>;
  /** The kinds of entities that such a label may name, which go by pseudonyms. */
  readonly kinds: ReadonlySet<string>;
  /** What stands for a text: the same for the same text, and nothing leads back from it. */
  readonly pseudonym: (text: string) => string;
  /** What stands for a value in a recording, and the value that was sealed with the same key; any other text as it is. */
  readonly sealed: (text: string) => string;
  readonly unsealed: (text: string) => string;
}

/** Who is told in a receiver's place. */
export interface Fallback {
  readonly receiver: string;
  /** After how long a message is under way. */
  readonly after: Milliseconds;
}

/** Everything that decisions depend on beside state, event and time. */
export interface Policy {
  readonly severities: SeverityPolicy;
  /** From `topology.entities`; tried before the built-in table. */
  readonly entityKinds: readonly EntityKind[];
  /** From `topology.aliases`. */
  readonly aliases: readonly MachineAlias[];
  readonly domainRules: readonly DomainRule[];
  /** From `topology.dependencies`. */
  readonly dependencies: readonly Edge[];
  readonly correlation: CorrelationPolicy;
  readonly suppression: SuppressionPolicy;
  /** From `inhibit_rules`. */
  readonly inhibitRules: readonly InhibitRule[];
  /** The numbers that joining and ranking rest on. */
  readonly constants: Constants;
  readonly redaction: Redaction;
  /** When an alert of which nothing more is heard ends; null for the rule of thumb from re-deliveries. */
  readonly staleAfter: Milliseconds | null;
  /** The local time in `global.timezone`, for what is learned of hours and days. */
  readonly localTime: LocalTimeOf;
  /** Name of a time interval to whether it is active at an instant. */
  readonly timeIntervals: ReadonlyMap<string, (at: Instant) => boolean>;
  /** Until when routes of these hours are all muted from an instant on; null when one of them is not muted then. */
  readonly mutedUntil: (hours: readonly RouteHours[], at: Instant) => Instant | null;
  /** The receivers that an alert with these labels reaches, as Alertmanager's routing tree says. */
  readonly route: (labels: Labels) => readonly RoutedReceiver[];
  /** Receiver name to who is told when its places cannot be; a receiver without one is left out. */
  readonly fallbacks: ReadonlyMap<string, Fallback>;
  /** Receiver name to the places it tells; a receiver without integrations has none. */
  readonly destinations: ReadonlyMap<string, readonly Destination[]>;
}
