// How a mail server is reached: the same keys in `email_configs` and, after `smtp_`, in `global`.

import type { Secret } from '../model/secret.ts';
import { readSecret, withFiles } from './secret-setting.ts';
import { type Fields, fault, readText, type Setting } from './setting.ts';
import { given, readBoolean, readName } from './setting-value.ts';

/** What is given; null for what is not. */
export interface SmtpSettings {
  readonly from: string | null;
  readonly smarthost: { readonly host: string; readonly port: number } | null;
  readonly hello: string | null;
  readonly username: string | null;
  readonly password: Secret | null;
  /** For CRAM-MD5. */
  readonly secret: Secret | null;
  readonly requireTls: boolean | null;
  readonly implicitTls: boolean | null;
}

/** What holds where nothing is given. */
export const NO_SMTP: SmtpSettings = {
  from: null,
  smarthost: null,
  hello: null,
  username: null,
  password: null,
  secret: null,
  requireTls: null,
  implicitTls: null,
};

/** The keys, as they are in `email_configs`. */
export const SMTP_KEYS: readonly string[] = [
  'from',
  'smarthost',
  'hello',
  'auth_username',
  ...withFiles('auth_password', 'auth_secret'),
  'require_tls',
  'force_implicit_tls',
];

/** Reads the keys, which begin with `prefix`; what is not given is as in `otherwise`. */
export function readSmtp(fields: Fields, prefix: '' | 'smtp_', otherwise: SmtpSettings): SmtpSettings {
  const at = (key: string) => fields.get(`${prefix}${key}`);
  return {
    from: given(at('from'), readName) ?? otherwise.from,
    smarthost: given(at('smarthost'), readHostPort) ?? otherwise.smarthost,
    hello: given(at('hello'), readName) ?? otherwise.hello,
    username: given(at('auth_username'), readText) ?? otherwise.username,
    password: readSecret(fields, `${prefix}auth_password`) ?? otherwise.password,
    secret: readSecret(fields, `${prefix}auth_secret`) ?? otherwise.secret,
    requireTls: given(at('require_tls'), readBoolean) ?? otherwise.requireTls,
    implicitTls: given(at('force_implicit_tls'), readBoolean) ?? otherwise.implicitTls,
  };
}

function readHostPort(setting: Setting): SmtpSettings['smarthost'] {
  const text = readText(setting);
  if (text === null) return null;
  const [, host, port] = /^(\[[\da-fA-F:]+\]|[^:\s]+):(\d{1,5})$/.exec(text) ?? [];
  if (host !== undefined && Number(port) >= 1 && Number(port) <= 65535) return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
  fault(setting, `${JSON.stringify(text)} is not allowed; HOST:PORT is, such as smtp.example.com:587`);
  return null;
}
