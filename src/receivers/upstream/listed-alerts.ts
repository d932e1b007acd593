// What an Alertmanager says of its open alerts: its `GET /api/v2/alerts`, read as the webhook's alerts are.

import type { ReceivedAlert } from '../../model/alert.ts';
import type { Instant } from '../../model/time.ts';
import { isJsonObject } from '../json-object.ts';
import { readAlert } from '../received-alert.ts';

/** An open alert of an Alertmanager. */
export interface ListedAlert {
  readonly alert: ReceivedAlert;
  /** Why it tells nobody; null when it does. Silenced counts more than inhibited, as in Alertmanager. */
  readonly muted: 'silenced' | 'inhibited' | null;
}

/** Reads the answer, alerts by fingerprint; null when it is no list. An alert that cannot be understood is left out. */
export function readListedAlerts(body: unknown, receivedAt: Instant): ReadonlyMap<string, ListedAlert> | null {
  if (!Array.isArray(body)) return null;
  const listed = new Map<string, ListedAlert>();
  for (const [i, value] of body.entries()) {
    if (!isJsonObject(value)) continue;
    const { status, endsAt: _, ...said } = value;
    // Every alert in the list fires: its `endsAt` is when it would end if nothing more is heard of it.
    const alert = readAlert({ ...said, status: 'firing' }, `/${i}`, { source: 'alertmanager', groupKey: '', externalUrl: null, receivedAt, bodyStatus: null });
    if ('kind' in alert) continue;
    listed.set(alert.fingerprint, { alert, muted: isJsonObject(status) ? mutedBy(status) : null });
  }
  return listed;
}

function mutedBy({ state, silencedBy, inhibitedBy }: Readonly<Record<string, unknown>>): ListedAlert['muted'] {
  if (state !== 'suppressed') return null;
  if (Array.isArray(silencedBy) && silencedBy.length > 0) return 'silenced';
  return Array.isArray(inhibitedBy) && inhibitedBy.length > 0 ? 'inhibited' : null;
}
