// Decides whether a webhook comes from PagerDuty.

import { createHmac } from 'node:crypto';
import type { Secret } from '../model/secret.ts';
import { sameBytes } from './same-bytes.ts';

/**
 * Whether one of the signatures in `X-PagerDuty-Signature` (`v1=HEX,v1=HEX`, several while a secret is changed) is the
 * HMAC-SHA256 of the body, byte for byte as it came.
 */
export function isFromPagerDuty(secret: Secret, header: string | undefined, body: Buffer): boolean {
  const expected = Buffer.from(`v1=${createHmac('sha256', secret.reveal()).update(body).digest('hex')}`);
  // Each is compared, so that the time taken does not tell which one fits.
  return (header ?? '').split(',', 20).filter((signature) => sameBytes(Buffer.from(signature.trim()), expected)).length > 0;
}
