// `pagerduty_configs`: a service reached by its Events v2 integration key.

import { IGNORED_PAGERDUTY } from './alertmanager-keys.ts';
import { type Place, placeOf } from './destination.ts';
import type { GlobalSettings } from './global-section.ts';
import { hasSecret, readSecret, secretSetting, withFiles } from './secret-setting.ts';
import { fault, readMap, type Setting } from './setting.ts';
import { given, readBoolean, readUrl } from './setting-value.ts';

const KEYS = { known: [...withFiles('routing_key', 'service_key'), 'url', 'send_resolved', 'change_events'], ignored: IGNORED_PAGERDUTY };

/** Reads an item of `pagerduty_configs`. Null when it is wrong, having noted why. */
export function readPagerDutyConfig(setting: Setting, global: GlobalSettings): Place | null {
  const fields = readMap(setting, KEYS);
  if (fields === null) return null;
  const sendResolved = given(fields.get('send_resolved'), readBoolean) ?? true;
  const url = given(fields.get('url'), readUrl) ?? global.pagerdutyUrl;
  const routingKey = readSecret(fields, 'routing_key', checkRoutingKey);
  const serviceKey = secretSetting(fields, 'service_key');
  if (serviceKey !== undefined)
    fault(serviceKey, 'is for the Events API v1, which is not supported; routing_key is allowed, the integration key of an "Events API V2" integration');
  else if (!hasSecret(fields, 'routing_key')) fault(setting, 'has no routing_key; routing_key or routing_key_file is needed');
  const changeEvents = given(fields.get('change_events'), readBoolean) ?? false;
  return routingKey === null ? null : placeOf({ kind: 'pagerduty', routingKey, url, ...(changeEvents ? { changeEvents } : {}) }, sendResolved);
}

function checkRoutingKey(key: string): string | null {
  return key.length === 32 ? null : `has ${key.length} characters; an integration key of 32 is allowed`;
}
