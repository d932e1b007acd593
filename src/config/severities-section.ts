// `severities`: which label says how bad an alert is, and what its values mean.

import type { SeverityPolicy } from '../correlate/policy.ts';
import { SEVERITIES, type Severity } from '../model/severity.ts';
import { fault, readList, readMap, type Setting } from './setting.ts';
import { given, readName } from './setting-value.ts';

/**
 * What the usual words mean, in lower case: those of syslog, Zabbix, Opsgenie, Nagios and GitLab's
 * and PagerDuty's numbers. What usually pages someone is critical, P2 and `high` included; `error` is
 * a warning, as syslog has it below critical.
 */
const USUAL: Readonly<Record<Severity, readonly string[]>> = {
  critical: [
    'critical',
    'crit',
    'page',
    'fatal',
    'emergency',
    'emerg',
    'alert',
    'panic',
    'disaster',
    'blocker',
    'urgent',
    'high',
    'p0',
    'p1',
    'p2',
    's1',
    's2',
    'sev0',
    'sev1',
    'sev2',
  ],
  warning: ['warning', 'warn', 'error', 'err', 'major', 'minor', 'average', 'medium', 'moderate', 'notify', 'ticket', 'p3', 's3', 'sev3'],
  info: ['info', 'information', 'informational', 'notice', 'low', 'none', 'ok', 'debug', 'p4', 'p5', 's4', 's5', 'sev4', 'sev5'],
};

/** What holds where there is no `severities`. */
export const DEFAULT_SEVERITIES: SeverityPolicy = { label: 'severity', values: meanings({}) };

/**
 * Reads the section `severities`. A list that is given takes the place of the usual words of that
 * severity; what it names means that, whatever the usual meaning; and `critical`, `warning` and `info`
 * mean themselves unless a list names them.
 */
export function readSeverities(setting: Setting): SeverityPolicy {
  const fields = readMap(setting, { known: ['label', ...SEVERITIES] });
  if (fields === null) return DEFAULT_SEVERITIES;
  const written: Partial<Record<Severity, readonly string[]>> = {};
  const named = new Map<string, Severity>();
  for (const severity of SEVERITIES) {
    const list = fields.get(severity);
    if (list === undefined) continue;
    written[severity] = readList(list).flatMap((item) => {
      const word = given(item, readName)?.toLowerCase();
      if (word === undefined) return [];
      const other = named.get(word);
      if (other !== undefined && other !== severity) fault(item, `${JSON.stringify(word)} means ${other} already; a value is allowed in one list`);
      named.set(word, severity);
      return [word];
    });
  }
  return { label: given(fields.get('label'), readName) ?? DEFAULT_SEVERITIES.label, values: meanings(written) };
}

function meanings(written: Partial<Record<Severity, readonly string[]>>): ReadonlyMap<string, Severity> {
  const values = new Map<string, Severity>(SEVERITIES.map((severity) => [severity, severity]));
  for (const severity of SEVERITIES) {
    if (written[severity] === undefined) for (const word of USUAL[severity]) values.set(word, severity);
  }
  for (const severity of SEVERITIES) {
    for (const word of written[severity] ?? []) values.set(word, severity);
  }
  return values;
}
