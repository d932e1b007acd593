// An alert that fires, as the steps after its classification see it.

import type { AlertSource, MatchedRule } from '../model/alert.ts';
import type { RoutedReceiver } from '../model/delivery.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Domain, Severity } from '../model/severity.ts';
import type { Timestamp } from '../model/time.ts';
import type { Edge } from '../model/topology.ts';

/** An alert that fires, classified and routed. */
export interface Firing {
  readonly fingerprint: string;
  readonly startsAt: Timestamp;
  readonly rule: string;
  readonly entity: string | null;
  readonly domain: Domain;
  readonly severity: Severity;
  readonly source: AlertSource;
  /** What it carries that is compared with others', as `comparedLabels` writes it. */
  readonly compared: readonly string[];
  /** The dependencies that its labels prove. */
  readonly edges: readonly Edge[];
  readonly routes: readonly RoutedReceiver[];
  /** The rules of the configuration that match it, and the marks that conditions know it by. */
  readonly rules: readonly MatchedRule[];
  readonly marks: readonly string[];
  /** How it was classified, for the timeline. */
  readonly evidence: readonly Evidence[];
}
