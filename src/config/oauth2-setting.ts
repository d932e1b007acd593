// `oauth2` of `http_config`: requests bear a token that is asked for with a client's credentials (RFC 6749, 4.4).

import type { OAuth2Settings } from '../notify/target.ts';
import { readProxy } from './proxy-setting.ts';
import { hasSecret, readSecret, withFiles } from './secret-setting.ts';
import { fault, readEntries, readMap, readText, type Setting } from './setting.ts';
import { given, readName, readNames, readUrl } from './setting-value.ts';
import { readTls } from './tls-setting.ts';

const KEYS = {
  known: ['client_id', ...withFiles('client_secret'), 'scopes', 'token_url', 'endpoint_params', 'tls_config', 'proxy_url'],
  later: ['no_proxy', 'proxy_connect_header', 'proxy_from_environment'],
};

/** Reads an `oauth2`; null when it is wrong, having noted why. */
export function readOAuth2(setting: Setting): OAuth2Settings | null {
  const fields = readMap(setting, KEYS);
  if (fields === null) return null;
  for (const key of ['client_id', 'token_url']) if (!fields.has(key)) fault(setting, `has no ${key}; one is needed`);
  if (!hasSecret(fields, 'client_secret')) fault(setting, 'has no client_secret; client_secret or client_secret_file is needed');
  const clientId = given(fields.get('client_id'), readName);
  const clientSecret = readSecret(fields, 'client_secret');
  const tokenUrl = given(fields.get('token_url'), readUrl);
  const tls = given(fields.get('tls_config'), readTls);
  const proxy = given(fields.get('proxy_url'), readProxy);
  const settings = { scopes: given(fields.get('scopes'), readNames) ?? [], endpointParams: given(fields.get('endpoint_params'), readParams) ?? new Map() };
  if (clientId === null || clientSecret === null || tokenUrl === null) return null;
  return { clientId, clientSecret, tokenUrl, ...settings, ...(tls === null ? {} : { tls }), ...(proxy === null ? {} : { proxy }) };
}

function readParams(setting: Setting): ReadonlyMap<string, string> | null {
  const entries = readEntries(setting);
  if (entries === null) return null;
  return new Map(
    [...entries].flatMap(([name, value]): [string, string][] => {
      const text = readText(value);
      return text === null ? [] : [[name, text]];
    }),
  );
}
