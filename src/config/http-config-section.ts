// `http_config` of an integration: how a request says who sends it, and which way it takes.

import { Secret } from '../model/secret.ts';
import type { WebhookTarget } from '../notify/target.ts';
import { readAuthorization, readBasic } from './credentials-setting.ts';
import { readOAuth2 } from './oauth2-setting.ts';
import { readProxy } from './proxy-setting.ts';
import { hasSecret, readSecret, withFiles } from './secret-setting.ts';
import { type Fields, fault, readMap, type Setting } from './setting.ts';
import { given } from './setting-value.ts';
import { readTls } from './tls-setting.ts';

const KEYS = {
  known: ['authorization', 'basic_auth', ...withFiles('bearer_token'), 'oauth2', 'tls_config', 'proxy_url'],
  ignored: ['enable_http2', 'follow_redirects'],
  later: ['http_headers', 'no_proxy', 'proxy_connect_header', 'proxy_from_environment'],
};

/** What an `http_config` asks for. */
export type HttpSettings = Pick<WebhookTarget, 'authorization' | 'oauth2' | 'tls' | 'proxy'>;

/** What holds where there is none. */
export const DEFAULT_HTTP: HttpSettings = { authorization: null };

/** Reads an `http_config`; what is wrong of it is left out, having noted why. */
export function readHttpConfig(setting: Setting): HttpSettings {
  const fields = readMap(setting, KEYS);
  if (fields === null) return DEFAULT_HTTP;
  const ways = ['authorization', 'basic_auth', 'bearer_token', 'oauth2'].filter((key) => hasSecret(fields, key));
  if (ways.length > 1) fault(setting, `has ${ways.join(' and ')}; one of them is allowed`);
  const oauth2 = given(fields.get('oauth2'), readOAuth2);
  const tls = given(fields.get('tls_config'), readTls);
  const proxy = given(fields.get('proxy_url'), readProxy);
  return {
    authorization: authorizationOf(setting, fields),
    ...(oauth2 === null ? {} : { oauth2 }),
    ...(tls === null ? {} : { tls }),
    ...(proxy === null ? {} : { proxy }),
  };
}

/** The value of the header `Authorization` that it asks for; null when it asks for none, or is wrong. */
function authorizationOf(setting: Setting, fields: Fields): Secret | null {
  const basic = given(fields.get('basic_auth'), readBasic);
  if (basic !== null) return new Secret(`Basic ${Buffer.from(`${basic.username}:${basic.password.reveal()}`).toString('base64')}`);
  const bearer = readSecret(fields, 'bearer_token');
  const authorization = bearer === null ? given(fields.get('authorization'), readAuthorization) : { scheme: 'Bearer', credentials: bearer };
  if (authorization === null) return null;
  const value = `${authorization.scheme} ${authorization.credentials.reveal()}`;
  if (/^[\t\x20-\x7e]*$/.test(value)) return new Secret(value);
  fault(setting, 'has credentials with characters that a header cannot hold; printable ASCII is allowed');
  return null;
}
