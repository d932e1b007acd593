// `http_config` of an integration: how a request says who sends it.

import { Secret } from '../model/secret.ts';
import { readAuthorization, readBasic } from './credentials-setting.ts';
import { hasSecret, readSecret, withFiles } from './secret-setting.ts';
import { fault, readMap, type Setting } from './setting.ts';
import { given } from './setting-value.ts';

const KEYS = {
  known: ['authorization', 'basic_auth', ...withFiles('bearer_token')],
  ignored: ['enable_http2', 'follow_redirects', 'proxy_connect_header', 'no_proxy', 'proxy_from_environment'],
  later: ['oauth2', 'tls_config', 'proxy_url', 'http_headers'],
};

/** The value of the header `Authorization` that it asks for; null when it asks for none, or is wrong, having noted why. */
export function readHttpConfig(setting: Setting): Secret | null {
  const fields = readMap(setting, KEYS);
  if (fields === null) return null;
  const ways = ['authorization', 'basic_auth', 'bearer_token'].filter((key) => hasSecret(fields, key));
  if (ways.length > 1) fault(setting, `has ${ways.join(' and ')}; one of them is allowed`);
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
