// How the settings of an encrypted connection are said to Node.

import type { SecureContextOptions } from 'node:tls';
import type { TlsSettings } from './target.ts';

/** The options of `tls.connect` that are set; the others keep Node's defaults. */
export interface TlsOptions extends SecureContextOptions {
  readonly rejectUnauthorized: boolean;
  readonly servername?: string;
}

/** What Node is to be told. */
export function tlsOptions({ ca, cert, key, serverName, verify, minVersion, maxVersion }: TlsSettings): TlsOptions {
  return {
    rejectUnauthorized: verify,
    ...(ca === null ? {} : { ca }),
    ...(cert === null ? {} : { cert }),
    ...(key === null ? {} : { key: key.reveal() }),
    ...(serverName === null ? {} : { servername: serverName }),
    ...(minVersion === null ? {} : { minVersion }),
    ...(maxVersion === null ? {} : { maxVersion }),
  };
}
