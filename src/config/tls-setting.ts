// `tls_config`: whom an encrypted connection trusts, and who it says it is.

import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import type { Secret } from '../model/secret.ts';
import type { TlsSettings, TlsVersion } from '../notify/target.ts';
import { hasSecret, readSecret, withFiles } from './secret-setting.ts';
import { type Fields, fault, readMap, type Setting } from './setting.ts';
import { given, readBoolean, readChoice, readName } from './setting-value.ts';

const KEYS = { known: [...withFiles('ca', 'cert', 'key'), 'server_name', 'insecure_skip_verify', 'min_version', 'max_version'] };

/** What holds where there is no `tls_config`. */
export const DEFAULT_TLS: TlsSettings = { ca: null, cert: null, key: null, serverName: null, verify: true, minVersion: null, maxVersion: null };

const VERSIONS: Readonly<Record<string, TlsVersion>> = { TLS10: 'TLSv1', TLS11: 'TLSv1.1', TLS12: 'TLSv1.2', TLS13: 'TLSv1.3' };

/** Reads a `tls_config`; null when it is wrong, having noted why. */
export function readTls(setting: Setting): TlsSettings | null {
  const fields = readMap(setting, KEYS);
  if (fields === null) return null;
  for (const [one, other] of [
    ['cert', 'key'],
    ['key', 'cert'],
  ] as const)
    if (hasSecret(fields, one) && !hasSecret(fields, other)) fault(setting, `has ${one} and no ${other}; both are needed, or neither`);
  const [ca, cert] = [readCertificate(fields, 'ca'), readCertificate(fields, 'cert')];
  const key = readSecret(fields, 'key', (text) => (isKey(text) ? null : 'is no private key in PEM; one without a passphrase is allowed'));
  if (cert !== null && key !== null && !belong(cert, key)) fault(setting, 'has a key that is not the one of cert; a pair that belongs together is allowed');
  return {
    ca,
    cert,
    key,
    serverName: given(fields.get('server_name'), readName),
    verify: !(given(fields.get('insecure_skip_verify'), readBoolean) ?? false),
    minVersion: given(fields.get('min_version'), readVersion),
    maxVersion: given(fields.get('max_version'), readVersion),
  };
}

function readVersion(setting: Setting): TlsVersion | null {
  const name = readChoice(Object.keys(VERSIONS))(setting);
  return name === null ? null : (VERSIONS[name] ?? null);
}

function readCertificate(fields: Fields, key: string): string | null {
  return readSecret(fields, key, (text) => (isCertificate(text) ? null : 'is no certificate in PEM; one or several are allowed'))?.reveal() ?? null;
}

function isCertificate(text: string): boolean {
  return succeeds(() => new X509Certificate(text));
}

function isKey(text: string): boolean {
  return succeeds(() => createSecureContext({ key: text }));
}

function belong(cert: string, key: Secret): boolean {
  return succeeds(() => createSecureContext({ cert, key: key.reveal() }));
}

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}
