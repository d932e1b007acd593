// `webhooks`: how much the webhook receivers take in, and from whom.

import type { WebhookAuthentication, WebhookSettings } from './config.ts';
import { readAuthorization, readBasic, readToken } from './credentials-setting.ts';
import { hasSecret, readSecret, withFiles } from './secret-setting.ts';
import { fault, readMap, type Setting } from './setting.ts';
import { given, readByteSize } from './setting-value.ts';

const OPEN: WebhookAuthentication = { basic: null, authorization: null, hmac: null };

/** Where Grafana puts its signature unless told otherwise, in lower case. */
const SIGNATURE_HEADER = 'x-grafana-alerting-signature';

/** What holds where there is no `webhooks`; a body of 64 MiB is some 64,000 alerts. */
export const DEFAULT_WEBHOOKS: WebhookSettings = { bodyLimit: 64 * 1024 ** 2, alertmanager: OPEN, grafana: OPEN };

/** Reads the section `webhooks`. */
export function readWebhooks(setting: Setting): WebhookSettings {
  const fields = readMap(setting, { known: ['body_limit', 'alertmanager', 'grafana'] });
  return {
    bodyLimit: given(fields?.get('body_limit'), readByteSize) ?? DEFAULT_WEBHOOKS.bodyLimit,
    alertmanager: given(fields?.get('alertmanager'), (source) => readAuthentication(source, [])) ?? OPEN,
    grafana: given(fields?.get('grafana'), (source) => readAuthentication(source, ['hmac'])) ?? OPEN,
  };
}

function readAuthentication(setting: Setting, more: readonly string[]): WebhookAuthentication {
  const fields = readMap(setting, { known: ['basic_auth', 'authorization', ...more] });
  return {
    basic: given(fields?.get('basic_auth'), readBasic),
    authorization: given(fields?.get('authorization'), readAuthorization),
    hmac: given(fields?.get('hmac'), readHmac),
  };
}

function readHmac(setting: Setting): WebhookAuthentication['hmac'] {
  const fields = readMap(setting, { known: [...withFiles('secret'), 'header', 'timestamp_header'] });
  if (fields === null) return null;
  if (!hasSecret(fields, 'secret')) fault(setting, 'has no secret; secret or secret_file is needed');
  const header = given(fields.get('header'), readToken)?.toLowerCase() ?? SIGNATURE_HEADER;
  const timestampHeader = given(fields.get('timestamp_header'), readToken)?.toLowerCase() ?? null;
  const secret = readSecret(fields, 'secret');
  return secret === null ? null : { secret, header, timestampHeader };
}
