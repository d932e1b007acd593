// `tls_config`: whom an encrypted connection trusts.

import { readSecretFile } from './secret-setting.ts';
import { readMap, type Setting } from './setting.ts';
import { given, readBoolean, readName } from './setting-value.ts';

const KEYS = { known: ['ca_file', 'server_name', 'insecure_skip_verify'], later: ['ca', 'cert', 'cert_file', 'key', 'key_file', 'min_version', 'max_version'] };

/** The parts of `tls_config` that are acted on. */
export interface TlsSettings {
  /** The certificates that are trusted, as PEM; null for the system's. */
  readonly ca: string | null;
  readonly serverName: string | null;
  readonly verify: boolean;
}

/** What holds where there is no `tls_config`. */
export const DEFAULT_TLS: TlsSettings = { ca: null, serverName: null, verify: true };

/** Reads a `tls_config`. */
export function readTls(setting: Setting): TlsSettings | null {
  const fields = readMap(setting, KEYS);
  if (fields === null) return null;
  return {
    ca: given(fields.get('ca_file'), readSecretFile),
    serverName: given(fields.get('server_name'), readName),
    verify: !(given(fields.get('insecure_skip_verify'), readBoolean) ?? false),
  };
}
