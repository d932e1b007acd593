// What `suppression` says of each mechanism that decides by statistics: `transient`, `flapping`, `seasonal` and `storm`.
// What one does not say holds otherwise.

import type { FlappingPolicy, Mode, SeasonalPolicy, StormPolicy, TransientPolicy } from '../correlate/policy.ts';
import { SEVERITIES, type Severity } from '../model/severity.ts';
import { MINUTE, type Milliseconds } from '../model/time.ts';
import { suggestion } from './near-miss.ts';
import { type Fields, fault, readList, readMap, readText, type Setting } from './setting.ts';
import { given, parseBoolean, readChoice, readInteger, readPositiveDuration, readShare } from './setting-value.ts';

/** The longest that the first message of a critical alert may wait, whatever the configuration says. */
export const MOST_CRITICAL: Milliseconds = 6 * MINUTE;
/** For so many days before today, usual hours are remembered. */
const MOST_DAYS = 27;

/** Reads `transient`: holding a first message back because the alert will most likely clear by itself. */
export function readTransient(setting: Setting, otherwise: TransientPolicy): TransientPolicy {
  const fields = readMap(setting, { known: ['enabled', 'severities', 'max_hold'] });
  if (fields === null) return otherwise;
  const maxHold = given(fields.get('max_hold'), (section) => readMaxHold(section, otherwise.maxHold)) ?? otherwise.maxHold;
  return { ...readScope(fields, otherwise), maxHold };
}

function readMaxHold(setting: Setting, otherwise: TransientPolicy['maxHold']): TransientPolicy['maxHold'] {
  const fields = readMap(setting, { known: SEVERITIES });
  const of = (severity: Severity) => given(fields?.get(severity), readPositiveDuration) ?? otherwise[severity];
  const critical = fields?.get('critical');
  const read = { critical: of('critical'), warning: of('warning'), info: of('info') };
  if (critical !== undefined && read.critical > MOST_CRITICAL)
    fault(critical, 'is longer than the first message of a critical alert may ever wait; up to 6m is allowed');
  return read;
}

/** Reads `flapping`: alerts that go on and off. */
export function readFlapping(setting: Setting, otherwise: FlappingPolicy): FlappingPolicy {
  const fields = readMap(setting, { known: ['enabled', 'severities', 'start', 'stop'] });
  if (fields === null) return otherwise;
  const [start, stop] = [fields.get('start'), fields.get('stop')];
  const from = start === undefined ? otherwise.start : readInteger(1, 100)(start);
  const to = stop === undefined ? otherwise.stop : readInteger(1, 100)(stop);
  if (from !== null && to !== null && to > from) {
    if (stop !== undefined) fault(stop, `is above start, which is ${from}; up to that is allowed`);
    else if (start !== undefined) fault(start, `is below stop, which is ${to}; from that on is allowed, or a lower stop beside it`);
  }
  return { ...readScope(fields, otherwise), start: from ?? otherwise.start, stop: to ?? otherwise.stop };
}

/** Reads `seasonal`: alerts that come at their usual hour. */
export function readSeasonal(setting: Setting, otherwise: SeasonalPolicy): SeasonalPolicy {
  const fields = readMap(setting, { known: ['enabled', 'severities', 'days', 'share', 'max_hold'] });
  if (fields === null) return otherwise;
  return {
    ...readScope(fields, otherwise, 'a critical alert is told at its usual hour too'),
    days: given(fields.get('days'), readInteger(1, MOST_DAYS)) ?? otherwise.days,
    share: given(fields.get('share'), readShare) ?? otherwise.share,
    maxHold: given(fields.get('max_hold'), readPositiveDuration) ?? otherwise.maxHold,
  };
}

/** Reads `storm`: far more alerts that begin at once than the hour bears. */
export function readStorm(setting: Setting, otherwise: StormPolicy): StormPolicy {
  const fields = readMap(setting, { known: ['enabled', 'severities', 'onsets'] });
  if (fields === null) return otherwise;
  return {
    ...readScope(fields, otherwise, 'critical alerts are told singly in a storm too'),
    onsets: given(fields.get('onsets'), readInteger(1, 1_000_000)) ?? otherwise.onsets,
  };
}

interface Scope {
  readonly mode: Mode;
  readonly severities: ReadonlySet<Severity>;
}

/** Reads what every mechanism has; `notCritical` says why one may not act on critical alerts. */
function readScope(fields: Fields, otherwise: Scope, notCritical: string | null = null): Scope {
  return {
    mode: given(fields.get('enabled'), readMode) ?? otherwise.mode,
    severities: given(fields.get('severities'), (list) => readSeveritySet(list, notCritical)) ?? otherwise.severities,
  };
}

function readMode(setting: Setting): Mode | null {
  const text = readText(setting);
  if (text === null || text === 'observe') return text;
  const on = parseBoolean(text);
  if (on !== null) return on ? 'on' : 'off';
  const allowed = ['true', 'false', 'observe'];
  fault(setting, `${JSON.stringify(text)} is not allowed${suggestion(text, allowed)}; one of ${allowed.join(', ')} is`);
  return null;
}

function readSeveritySet(setting: Setting, notCritical: string | null): ReadonlySet<Severity> {
  const read = readList(setting).map((item) => {
    const severity = readChoice(SEVERITIES)(item);
    if (severity === 'critical' && notCritical !== null) fault(item, `"critical" is not allowed, as ${notCritical}; one of warning, info is`);
    return severity;
  });
  return new Set(read.filter((severity) => severity !== null));
}
