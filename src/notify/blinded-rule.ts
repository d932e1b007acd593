// Which rule cannot be judged, where an alert says that its data source gives no data or an error.

import type { Labels } from '../model/labels.ts';
import { counted, cutText, plainText } from './plain-text.ts';

/** What Grafana calls the alerts that it makes for a rule whose data source fails. */
const BLIND: ReadonlySet<string> = new Set(['DatasourceNoData', 'DatasourceError']);

/** The name of the rule that an alert says is blind, as plain text; null when it says no such thing. */
export function blindedRule(labels: Labels): string | null {
  if (!BLIND.has(labels.get('alertname') ?? '')) return null;
  return plainText(labels.get('rulename') ?? '', 80) || null;
}

/** The rules that are blind, in one sentence without a full stop, at most 300 code points; each rule once. `all` says that no alert is left out. Empty when there is none. */
export function blindedInWords(rules: readonly (string | null)[], all: boolean): string {
  const names = [...new Set(rules.filter((rule) => rule !== null))];
  return names.length === 0 ? '' : cutText(`Blinds ${all ? '' : 'at least '}${counted(names.length, 'rule')}: ${names.join(', ')}`, 300);
}
