// Evidence: why something was decided, in words that a person on call can check.

/** One reason for a decision. */
export interface Evidence {
  /** What sort of reason, a stable word such as `topology` or `precedence`. */
  readonly kind: string;
  /** The reason in one sentence without a full stop. */
  readonly summary: string;
  /** The value of the statistic, in the unit that the summary names. */
  readonly value?: number;
  /** What the value was held against. */
  readonly threshold?: number;
  /** Over how many observations. */
  readonly observations?: number;
}

/** A decision about an incident, as its timeline keeps it. */
export interface TimelineEntry {
  readonly at: number;
  /** What happened, a stable word: `opened`, `joined`, `resolved`, `told`, … */
  readonly kind: string;
  readonly summary: string;
  readonly evidence: readonly Evidence[];
  /** The alert that it is about, if one. */
  readonly fingerprint?: string;
  /** The person or token that did it, if one. */
  readonly by?: string;
}

/** Why an alert is not told of. */
export type SuppressionReason =
  | 'silenced'
  | 'inhibited'
  | 'muted'
  | 'transient'
  | 'flapping'
  | 'seasonal'
  | 'storm'
  | 'rule'
  | 'heartbeat'
  | 'budget'
  | 'no-integration'
  | 'send-resolved-off';

/** A decision not to tell, with its reason and its end. */
export interface Suppression {
  readonly fingerprint: string;
  /** The start of the alert's episode that it concerns. */
  readonly startsAt: string;
  readonly incidentId: string | null;
  readonly reason: SuppressionReason;
  /** The name of the rule in the configuration that decided, if one did. */
  readonly rule: string | null;
  readonly since: number;
  /** When it ended, or while it lasts when the alert is judged anew. */
  readonly until: number;
  /** It lasts; or how it ended: nobody was told; it was told of after all; or it was only watched what would have been held. */
  readonly outcome: 'held' | 'untold' | 'released' | 'observed';
  readonly evidence: readonly Evidence[];
}
