// `basic_auth` and `authorization`, as Alertmanager and Prometheus write them.

import type { WebhookAuthentication } from './config.ts';
import { hasSecret, readSecret, withFiles } from './secret-setting.ts';
import { fault, readMap, type Setting } from './setting.ts';
import { given, readName } from './setting-value.ts';

/** Reads a user name and password; null when they are wrong, having noted why. */
export function readBasic(setting: Setting): WebhookAuthentication['basic'] {
  const fields = readMap(setting, { known: ['username', ...withFiles('password')] });
  if (fields === null) return null;
  if (!fields.has('username')) fault(setting, 'has no username; one is needed');
  if (!hasSecret(fields, 'password')) fault(setting, 'has no password; password or password_file is needed');
  const username = given(fields.get('username'), readName);
  const password = readSecret(fields, 'password');
  return username === null || password === null ? null : { username, password };
}

/** Reads a scheme, by default `Bearer`, and credentials; null when they are wrong, having noted why. */
export function readAuthorization(setting: Setting): WebhookAuthentication['authorization'] {
  const fields = readMap(setting, { known: ['type', ...withFiles('credentials')] });
  if (fields === null) return null;
  if (!hasSecret(fields, 'credentials')) fault(setting, 'has no credentials; credentials or credentials_file is needed');
  const scheme = given(fields.get('type'), readScheme) ?? 'Bearer';
  const credentials = readSecret(fields, 'credentials');
  return credentials === null ? null : { scheme, credentials };
}

function readScheme(setting: Setting): string | null {
  const scheme = readToken(setting);
  if (scheme?.toLowerCase() !== 'basic') return scheme;
  fault(setting, 'is Basic, which basic_auth is for; another scheme is allowed, such as Bearer');
  return null;
}

/** Reads a token of RFC 9110, which names of headers and schemes are. */
export function readToken(setting: Setting): string | null {
  const token = readName(setting);
  if (token === null || /^[\w!#$%&'*+\-.^`|~]+$/.test(token)) return token;
  fault(setting, `${JSON.stringify(token)} is not the name of a header or scheme; letters, digits and - are allowed`);
  return null;
}
