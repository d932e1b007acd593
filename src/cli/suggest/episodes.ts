// What a recording says of each alert rule: how often its alerts fired, how often and after how long they cleared.

import type { WebhookEvent } from '../../correlate/event.ts';
import type { SeverityPolicy } from '../../correlate/policy.ts';
import { severityOf } from '../../correlate/severity.ts';
import type { ReceivedAlert } from '../../model/alert.ts';
import { type Severity, worst } from '../../model/severity.ts';
import { compareTimestamps, type Instant, type Milliseconds, type Timestamp } from '../../model/time.ts';

/** What is known of one alert rule. */
export interface RuleFacts {
  /** The label `alertname`. */
  readonly rule: string;
  /** The worst that one of its alerts had. */
  readonly severity: Severity;
  readonly fingerprints: ReadonlySet<string>;
  /** How often one began to fire. */
  readonly episodes: number;
  /** How long those lasted that cleared, from arrival to arrival, in the order in which they did. */
  readonly cleared: readonly Milliseconds[];
}

interface Open {
  readonly rule: string;
  readonly startsAt: Timestamp | null;
  readonly since: Instant;
}

/** Gathers what a recording says of its rules. */
export class Episodes {
  readonly #severities: SeverityPolicy;
  readonly #open = new Map<string, Open>();
  readonly #rules = new Map<string, { severity: Severity; fingerprints: Set<string>; episodes: number; cleared: Milliseconds[] }>();

  constructor(severities: SeverityPolicy) {
    this.#severities = severities;
  }

  /** Takes in a webhook. Deliveries that say nothing new, and ends of what was never heard of, count for nothing. */
  take({ alerts, receivedAt }: WebhookEvent): void {
    for (const alert of alerts) {
      const open = this.#open.get(alert.fingerprint);
      if (alert.status === 'firing') {
        if (open === undefined || isLater(alert.startsAt, open.startsAt)) this.#begin(alert, receivedAt);
      } else if (open !== undefined && !isLater(open.startsAt, alert.startsAt)) {
        this.#open.delete(alert.fingerprint);
        this.#rules.get(open.rule)?.cleared.push(Math.max(0, receivedAt - open.since));
      }
    }
  }

  /** The rules in the order in which they were first heard of. */
  facts(): readonly RuleFacts[] {
    return [...this.#rules].map(([rule, facts]) => ({ rule, ...facts }));
  }

  #begin({ fingerprint, labels, startsAt }: ReceivedAlert, since: Instant): void {
    const rule = labels.get('alertname') ?? '';
    const facts = this.#rules.get(rule) ?? { severity: 'info' as Severity, fingerprints: new Set<string>(), episodes: 0, cleared: [] };
    facts.severity = worst(facts.severity, severityOf(labels, this.#severities).severity);
    facts.fingerprints.add(fingerprint);
    facts.episodes += 1;
    this.#rules.set(rule, facts);
    this.#open.set(fingerprint, { rule, startsAt, since });
  }
}

function isLater(one: Timestamp | null, other: Timestamp | null): boolean {
  return one !== null && other !== null && compareTimestamps(one, other) > 0;
}
