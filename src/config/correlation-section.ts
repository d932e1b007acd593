// `correlation`: how near in time and in the graph alerts have to be to belong together.

import type { CorrelationPolicy } from '../correlate/policy.ts';
import { HOUR, MINUTE } from '../model/time.ts';
import { readMap, type Setting } from './setting.ts';
import { given, readDuration, readInteger } from './setting-value.ts';

/** What holds where there is no `correlation`. */
export const DEFAULT_CORRELATION: CorrelationPolicy = { window: 6 * HOUR, maxHops: 4, reopenWithin: 15 * MINUTE };

/** Reads the section `correlation`. */
export function readCorrelation(setting: Setting): CorrelationPolicy {
  const fields = readMap(setting, { known: ['window', 'max_hops', 'reopen_within'] });
  return {
    window: given(fields?.get('window'), readDuration) ?? DEFAULT_CORRELATION.window,
    maxHops: given(fields?.get('max_hops'), readInteger(0, 10)) ?? DEFAULT_CORRELATION.maxHops,
    reopenWithin: given(fields?.get('reopen_within'), readDuration) ?? DEFAULT_CORRELATION.reopenWithin,
  };
}
