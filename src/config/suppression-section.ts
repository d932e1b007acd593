// `suppression`: what is held back, and for how long.

import type { HeartbeatRule, SuppressionPolicy } from '../correlate/policy.ts';
import { formatMatchers, type Matcher, matchesAll, parseMatchers } from '../model/matcher.ts';
import { SEVERITIES, type Severity } from '../model/severity.ts';
import { HOUR, MINUTE, type Milliseconds } from '../model/time.ts';
import { readNeededMatchers } from './matcher-setting.ts';
import { readList, readMap, type Setting } from './setting.ts';
import { given, readInteger, readPositiveDuration } from './setting-value.ts';
import { MOST_CRITICAL, readFlapping, readSeasonal, readStorm, readTransient } from './suppression-mechanisms.ts';
import { conditionsOf, type RuleSettings, readRules } from './suppression-rules.ts';
import type { TimeIntervalSettings } from './time-intervals-section.ts';

/** What `suppression` says, defaults filled in. */
export interface SuppressionSettings extends SuppressionPolicy {
  readonly rules: readonly RuleSettings[];
}

const ALL: ReadonlySet<Severity> = new Set(SEVERITIES);
const BUT_CRITICAL: ReadonlySet<Severity> = new Set(['warning', 'info']);

/** What holds where there is no `suppression`. */
export const DEFAULT_SUPPRESSION: SuppressionSettings = {
  transient: { mode: 'on', severities: ALL, maxHold: { critical: MOST_CRITICAL, warning: 9.5 * MINUTE, info: 4 * HOUR } },
  flapping: { mode: 'on', severities: ALL, start: 30, stop: 25 },
  seasonal: { mode: 'on', severities: BUT_CRITICAL, days: 3, share: 0.75, maxHold: 4 * HOUR },
  storm: { mode: 'on', severities: BUT_CRITICAL, onsets: 100 },
  heartbeats: [heartbeat(parseMatchers('alertname=~"Watchdog|DeadMansSwitch|DeadMansSnitch"'), null)],
  rules: [],
  conditions: [],
  pagesPerHour: null,
  digestInterval: 6 * HOUR,
};

const KEYS = { known: ['transient', 'flapping', 'seasonal', 'storm', 'heartbeats', 'rules', 'digest_interval', 'pages_per_hour'] };

/** Reads the section `suppression`; `intervals` are the time intervals that its rules may name. */
export function readSuppression(setting: Setting, intervals: TimeIntervalSettings): SuppressionSettings {
  const fields = readMap(setting, KEYS);
  const read = <T>(key: string, reader: (setting: Setting, otherwise: T) => T | null, otherwise: T): T =>
    given(fields?.get(key), (section) => reader(section, otherwise)) ?? otherwise;
  const { transient, flapping, seasonal, storm, heartbeats, pagesPerHour, digestInterval } = DEFAULT_SUPPRESSION;
  const rules = given(fields?.get('rules'), (list) => readRules(list, intervals)) ?? [];
  return {
    transient: read('transient', readTransient, transient),
    flapping: read('flapping', readFlapping, flapping),
    seasonal: read('seasonal', readSeasonal, seasonal),
    storm: read('storm', readStorm, storm),
    heartbeats: read('heartbeats', readHeartbeats, heartbeats),
    rules,
    conditions: conditionsOf(rules),
    pagesPerHour: read('pages_per_hour', readInteger(1, 10_000), pagesPerHour),
    digestInterval: read('digest_interval', readPositiveDuration, digestInterval),
  };
}

function readHeartbeats(setting: Setting): readonly HeartbeatRule[] {
  return readList(setting).flatMap((item) => {
    const fields = readMap(item, { known: ['matchers', 'within'] });
    return fields === null ? [] : [heartbeat(readNeededMatchers(item, fields), given(fields.get('within'), readPositiveDuration))];
  });
}

function heartbeat(matchers: readonly Matcher[], within: Milliseconds | null): HeartbeatRule {
  return { matches: (labels) => matchesAll(matchers, labels), source: formatMatchers(matchers), within };
}
