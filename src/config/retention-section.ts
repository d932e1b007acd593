// `retention`: how long what is over is kept.

import { DAY, type Milliseconds } from '../model/time.ts';
import type { Retention } from './config.ts';
import { readMap, readText, type Setting } from './setting.ts';
import { given, readByteSize, readDuration, readPositiveDuration } from './setting-value.ts';

/** What holds where there is no `retention`. */
export const DEFAULT_RETENTION: Retention = { incidents: 30 * DAY, webhooks: 7 * DAY, webhooksSize: 256 * 1024 ** 2 };

/** Reads the section `retention`. */
export function readRetention(setting: Setting): Retention {
  const fields = readMap(setting, { known: ['incidents', 'webhooks', 'webhooks_size'], later: ['alerts'] });
  return {
    incidents: given(fields?.get('incidents'), readPositiveDuration) ?? DEFAULT_RETENTION.incidents,
    webhooks: given(fields?.get('webhooks'), readDurationOrOff) ?? DEFAULT_RETENTION.webhooks,
    webhooksSize: given(fields?.get('webhooks_size'), readByteSize) ?? DEFAULT_RETENTION.webhooksSize,
  };
}

/** YAML 1.1 reads a bare `off` as false, 1.2 as the text that it is. */
function readDurationOrOff(setting: Setting): Milliseconds | null {
  const text = readText(setting);
  if (text === null) return null;
  return /^(?:off|false)$/i.test(text) ? 0 : readDuration(setting);
}
