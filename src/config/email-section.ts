// `email_configs`: people told by e-mail, in Alertmanager's grammar.

import type { EmailTarget, TlsSettings } from '../notify/target.ts';
import { IGNORED_EMAIL } from './alertmanager-keys.ts';
import { type Place, placeOf } from './destination.ts';
import type { GlobalSettings } from './global-section.ts';
import { atKey, type Fields, fault, readEntries, readMap, readText, type Setting, warn } from './setting.ts';
import { given, readBoolean, readName } from './setting-value.ts';
import { readSmtp, SMTP_KEYS, type SmtpSettings } from './smtp-setting.ts';
import { readTls } from './tls-setting.ts';

const KEYS = { known: ['to', ...SMTP_KEYS, 'headers', 'tls_config', 'send_resolved'], ignored: IGNORED_EMAIL };

/** Headers that the message has anyway. */
const OWN_HEADERS: ReadonlySet<string> = new Set(['Message-Id', 'References', 'Content-Type', 'Content-Transfer-Encoding', 'Mime-Version']);

/** Reads an item of `email_configs`. Null when it is wrong, having noted why. */
export function readEmailConfig(setting: Setting, global: GlobalSettings): Place | null {
  const fields = readMap(setting, KEYS);
  if (fields === null) return null;
  if (!fields.has('to')) fault(setting, 'has no to; an address is needed, or several with commas between them');
  const to = given(fields.get('to'), readName);
  const smtp = readSmtp(fields, '', global.smtp);
  const tls = given(fields.get('tls_config'), readTls) ?? global.smtpTls;
  const headers = given(fields.get('headers'), readHeaders) ?? new Map<string, string>();
  const sendResolved = given(fields.get('send_resolved'), readBoolean) ?? false;
  const target = to === null ? null : targetOf({ setting, fields, to, smtp, tls, headers });
  return target === null ? null : placeOf(target, sendResolved);
}

interface EmailParts {
  readonly setting: Setting;
  readonly fields: Fields;
  readonly to: string;
  readonly smtp: SmtpSettings;
  readonly tls: TlsSettings;
  readonly headers: ReadonlyMap<string, string>;
}

function targetOf({ setting, fields, to, smtp, tls, headers }: EmailParts): EmailTarget | null {
  const { from, smarthost, username, password, secret } = smtp;
  if (from === null && !fields.has('from')) fault(setting, 'says not who it is from; from is needed, here or in global as smtp_from');
  if (smarthost === null && !fields.has('smarthost'))
    fault(setting, 'says not which server takes it; smarthost is needed, here or in global as smtp_smarthost');
  const credentials = secret ?? password;
  if (username === null && credentials !== null) fault(setting, 'has a password and no auth_username; both are needed, or neither');
  if (from === null || smarthost === null) return null;
  return {
    kind: 'email',
    to,
    from,
    host: smarthost.host,
    port: smarthost.port,
    hello: smtp.hello,
    implicitTls: smtp.implicitTls ?? smarthost.port === 465,
    requireTls: smtp.requireTls ?? true,
    tls,
    auth: username === null || credentials === null ? null : { username, password: credentials, cramMd5: secret !== null },
    headers,
  };
}

function readHeaders(setting: Setting): ReadonlyMap<string, string> | null {
  const entries: Fields | null = readEntries(setting);
  if (entries === null) return null;
  const headers = new Map<string, string>();
  for (const [key, value] of entries) {
    const name = key.toLowerCase().replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());
    const text = readText(value);
    if (!/^[\x21-\x39\x3b-\x7e]+$/.test(key)) fault(atKey(value), 'is under a key that is not the name of a header');
    else if (OWN_HEADERS.has(name)) fault(atKey(value), 'is a header that each message has anyway; another one is allowed');
    else if (text === null) continue;
    else if (/[\r\n]/.test(text)) fault(value, 'has several lines; one is allowed');
    else if (text.includes('{{')) warn(value, 'is a template, which has no effect in Winnow');
    else headers.set(name, text);
  }
  return headers;
}
