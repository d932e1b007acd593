// Whether the API may be served where it is to listen: not to other machines without anything that keeps strangers out.

import type { ApiSettings } from '../config/config.ts';

/** Why the service must not listen on a host, in one sentence without a full stop; null when it may. */
export function exposureOf({ tokens, allowAnonymous }: Pick<ApiSettings, 'tokens' | 'allowAnonymous'>, host: string): string | null {
  if (tokens.length > 0 || allowAnonymous || isLoopback(host)) return null;
  return `listening on ${host} would let everyone who reaches it act on incidents; configure api.tokens, or say api.allow_anonymous: true where something else keeps strangers out`;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/.test(host);
}
