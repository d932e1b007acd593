// What the configuration says, in the form that decisions need: compiled, checked and frozen.

import type { Destination, RoutedReceiver } from '../model/delivery.ts';
import type { Labels } from '../model/labels.ts';
import type { Domain, Severity } from '../model/severity.ts';
import type { Milliseconds } from '../model/time.ts';
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
  /** The numbers that joining and ranking rest on. */
  readonly constants: Constants;
  /** When an alert of which nothing more is heard ends; null for the rule of thumb from re-deliveries. */
  readonly staleAfter: Milliseconds | null;
  /** The receivers that an alert with these labels reaches, as Alertmanager's routing tree says. */
  readonly route: (labels: Labels) => readonly RoutedReceiver[];
  /** Receiver name to the places it tells; a receiver without integrations has none. */
  readonly destinations: ReadonlyMap<string, readonly Destination[]>;
}
