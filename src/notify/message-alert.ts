// Decides what a message says of one alert.

import type { AlertStatus } from '../model/alert.ts';
import type { Labels } from '../model/labels.ts';
import type { Severity } from '../model/severity.ts';
import type { Instant } from '../model/time.ts';
import { blindedRule } from './blinded-rule.ts';
import type { ViewedAlert } from './integration.ts';
import { plainText } from './plain-text.ts';

/** An alert as a message shows it; all texts are plain. */
export interface MessageAlert {
  readonly fingerprint: string;
  readonly status: AlertStatus;
  /** Whether it is known to have recovered, when it ended. */
  readonly recovered: boolean;
  readonly severity: Severity;
  /** The alert's name. */
  readonly rule: string;
  readonly entity: string | null;
  /** What it says of itself, by its annotations or else its labels; may be empty. */
  readonly summary: string;
  /** The rule that cannot be judged, when it says that a data source fails. */
  readonly blinds: string | null;
  readonly startsAt: Instant;
  /** How often it fired in this incident. */
  readonly occurrences: number;
}

/** Labels that are said elsewhere or tell a reader nothing. */
const UNTOLD_LABELS: ReadonlySet<string> = new Set(['alertname', 'severity', 'prometheus', 'prometheus_replica', 'replica', 'monitor', 'endpoint']);

/** The first of the names that has a value which is not blank. */
export function labelOr(labels: Labels, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = labels.get(name);
    if (value !== undefined && value.trim() !== '') return value;
  }
  return undefined;
}

/** What a message shows of an alert. */
export function messageAlert({ member, document }: ViewedAlert): MessageAlert {
  const blinds = blindedRule(document.labels);
  const said = labelOr(document.annotations, 'summary', 'description', 'message', 'title');
  return {
    fingerprint: member.fingerprint,
    status: member.status,
    recovered: member.unrecovered === undefined,
    severity: member.severity,
    rule: plainText(member.rule, 80) || 'Unnamed alert',
    entity: member.entity === null ? null : plainText(member.entity, 100),
    summary: blinds === null ? (said === undefined ? tellingLabels(document.labels) : plainText(said, 200)) : `blinds the rule ${blinds}`,
    blinds,
    startsAt: member.startsAt.ms,
    occurrences: member.occurrences,
  };
}

/** How an alert stands, in one word: its severity while it fires. */
export function standingOf({ status, recovered, severity }: Pick<MessageAlert, 'status' | 'recovered' | 'severity'>): string {
  if (status === 'firing') return severity;
  return recovered ? 'cleared' : 'ended';
}

function tellingLabels(labels: Labels): string {
  const told = [...labels].filter(([name]) => !UNTOLD_LABELS.has(name)).slice(0, 5);
  return plainText(told.map(([name, value]) => `${name}=${value}`).join(', '), 200);
}
