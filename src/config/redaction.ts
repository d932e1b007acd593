// Makes what stands for values that are redacted: pseudonyms, which nothing leads back from, and sealed values for recordings.

import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import type { Redaction } from '../correlate/policy.ts';
import { type NamingSettings, veiledKinds } from '../correlate/veil.ts';
import { remembered } from '../model/remembered.ts';
import type { Secret } from '../model/secret.ts';

/** What `redact` says. */
export interface RedactSettings {
  readonly labels: ReadonlySet<string>;
  readonly annotations: ReadonlySet<string>;
  /** What pseudonyms are made and recordings are sealed with; null when none is given. */
  readonly key: Secret | null;
}

/** Pseudonyms without a key: who guesses a value can tell that it is the one. */
const NO_KEY = 'winnow';
const SEALED = 'sealed-';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * The redaction in force. A pseudonym is `redacted-` and 48 bits of an HMAC-SHA256, the same for the same text and key. A
 * sealed value is the value encrypted (AES-256-GCM) under a nonce made of it, so that equal values stay equal; without a
 * key it is a pseudonym.
 */
export function redactionOf({ labels, annotations, key }: RedactSettings, naming: NamingSettings): Redaction {
  const master = key?.reveal() ?? NO_KEY;
  const pseudonym = remembered((text) => `redacted-${keyed(derived(master, 'name'), text).toString('hex').slice(0, 12)}`);
  return {
    labels,
    annotations,
    kinds: veiledKinds(labels, naming),
    pseudonym,
    ...(key === null ? { sealed: pseudonym, unsealed: (text: string) => text } : sealing(master)),
  };
}

function sealing(master: string): Pick<Redaction, 'sealed' | 'unsealed'> {
  const key = derived(master, 'seal');
  const nonces = derived(master, 'nonce');
  return {
    sealed(text) {
      const nonce = keyed(nonces, text).subarray(0, NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return SEALED + Buffer.concat([nonce, encrypted, cipher.getAuthTag()]).toString('base64url');
    },
    unsealed(text) {
      const bytes = text.startsWith(SEALED) ? Buffer.from(text.slice(SEALED.length), 'base64url') : Buffer.alloc(0);
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return text;
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
        decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
        return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
      } catch {
        // It was sealed with another key, or is no more than a text that looks so.
        return text;
      }
    },
  };
}

function derived(master: string, use: string): Buffer {
  return keyed(Buffer.from(master), `winnow redaction ${use}`);
}

function keyed(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
