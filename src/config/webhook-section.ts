// `webhook_configs`: anything that reads Alertmanager's webhooks.

import { type Place, placeOf } from './destination.ts';
import { DEFAULT_HTTP, readHttpConfig } from './http-config-section.ts';
import { hasSecret, readSecret, withFiles } from './secret-setting.ts';
import { fault, readMap, type Setting } from './setting.ts';
import { given, parseHttpUrl, readBoolean, readDuration, readInteger } from './setting-value.ts';

const KEYS = { known: [...withFiles('url'), 'send_resolved', 'http_config', 'max_alerts', 'timeout'] };
const MOST_ALERTS = 1_000_000;

/** Reads an item of `webhook_configs`. Null when it is wrong, having noted why. */
export function readWebhookConfig(setting: Setting): Place | null {
  const fields = readMap(setting, KEYS);
  if (fields === null) return null;
  if (!hasSecret(fields, 'url')) fault(setting, 'has no url; url or url_file is needed');
  const sendResolved = given(fields.get('send_resolved'), readBoolean) ?? true;
  const http = given(fields.get('http_config'), readHttpConfig) ?? DEFAULT_HTTP;
  const maxAlerts = given(fields.get('max_alerts'), readInteger(0, MOST_ALERTS)) ?? 0;
  // Zero is Alertmanager's way to say none.
  const timeoutMs = given(fields.get('timeout'), readDuration) || null;
  const url = readSecret(fields, 'url', checkUrl);
  return url === null ? null : placeOf({ kind: 'webhook', url, ...http, maxAlerts, timeoutMs }, sendResolved);
}

/** What is wrong with the URL, or null; it is a secret and not repeated. */
function checkUrl(text: string): string | null {
  const url = parseHttpUrl(text);
  if (url === null) return 'is not a URL; an http or https URL is allowed';
  return url.username === '' && url.password === '' ? null : 'holds a user or password; http_config.basic_auth is for these';
}
