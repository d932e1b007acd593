// Decides which kind of sender a body comes from.

import type { AlertSource } from '../model/alert.ts';
import type { JsonObject } from './json-object.ts';

/**
 * The sender that a body speaks of, whichever path it came on: an `orgId` or a `state` at the top is
 * Grafana's, else version "4" is Alertmanager's and "1" Grafana's. A body that says none of it (one
 * with a custom payload, for example) is taken for what its path expects.
 */
export function sourceOf(body: JsonObject, expected: AlertSource): AlertSource {
  if (typeof body['orgId'] === 'number' || typeof body['state'] === 'string') return 'grafana';
  const version = body['version'];
  if (version === '4' || version === 4) return 'alertmanager';
  return version === '1' || version === 1 ? 'grafana' : expected;
}
