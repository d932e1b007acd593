// How bad an alert is, read from its labels.

import type { Evidence } from '../model/evidence.ts';
import type { Labels } from '../model/labels.ts';
import type { Severity } from '../model/severity.ts';
import type { SeverityPolicy } from './policy.ts';

/** A severity, and why when it had to be assumed. */
export interface SeverityReading {
  readonly severity: Severity;
  readonly assumed: Evidence | null;
}

/** Reads the severity; an alert without a known one counts as a warning, and that is said. */
export function severityOf(labels: Labels, policy: SeverityPolicy): SeverityReading {
  const value = labels.get(policy.label);
  const known = value === undefined ? undefined : policy.values.get(value.toLowerCase());
  if (known !== undefined) return { severity: known, assumed: null };
  const summary =
    value === undefined || value === '' ? `has no label ${policy.label}, taken as a warning` : `${policy.label} has no known value, taken as a warning`;
  return { severity: 'warning', assumed: { kind: 'severity-assumed', summary } };
}
