// `receivers`: who can be told, and where.

import type { Fallback } from '../correlate/policy.ts';
import { MINUTE, type Milliseconds } from '../model/time.ts';
import { LACKING_INTEGRATIONS } from './alertmanager-keys.ts';
import { type Place, placeOf } from './destination.ts';
import { readEmailConfig } from './email-section.ts';
import type { GlobalSettings } from './global-section.ts';
import { readPagerDutyConfig } from './pagerduty-section.ts';
import { readReceiverReference } from './receiver-reference.ts';
import { atKey, type Fields, fault, isEmpty, readList, readMap, type Setting, warn } from './setting.ts';
import { given, readBoolean, readName, readPositiveDuration } from './setting-value.ts';
import { readSlackConfig } from './slack-section.ts';
import { readWebhookConfig } from './webhook-section.ts';

/** A receiver and the places that it tells: each once, none for a receiver that tells nobody. */
export interface ReceiverSettings {
  readonly name: string;
  readonly places: readonly Place[];
  /** Who is told in its place; null when nobody is. */
  readonly fallback: Fallback | null;
}

const INTEGRATIONS: Readonly<Record<string, (setting: Setting, global: GlobalSettings) => Place | null>> = {
  slack_configs: readSlackConfig,
  pagerduty_configs: readPagerDutyConfig,
  webhook_configs: readWebhookConfig,
  email_configs: readEmailConfig,
  console_configs: readConsoleConfig,
};

const KEYS = { known: ['name', ...Object.keys(INTEGRATIONS), 'fallback_receiver', 'fallback_after'], tolerated: LACKING_INTEGRATIONS };

/** After how long a message is under way others are told. */
const FALLBACK_AFTER: Milliseconds = 5 * MINUTE;

/**
 * Reads the section `receivers`. A place that several of them name is one place: its `send_resolved`
 * is on as soon as one of them wants it.
 */
export function readReceivers(setting: Setting, global: GlobalSettings): readonly ReceiverSettings[] {
  const names = new Set<string>();
  const places = new Map<string, Place>();
  const receivers = readList(setting).flatMap((item) => {
    const fields = readMap(item, KEYS);
    if (fields === null) return [];
    const name = readReceiverName(item, fields, names);
    const ids = readPlaces(item, fields, global, places);
    return name === null ? [] : [{ name, ids, fields }];
  });
  return receivers.map(({ name, ids, fields }) => ({
    name,
    places: [...ids].flatMap((id) => places.get(id) ?? []),
    fallback: readFallback(name, fields, names),
  }));
}

function readReceiverName(item: Setting, fields: Fields, names: Set<string>): string | null {
  const setting = fields.get('name');
  if (setting === undefined) fault(item, 'has no name; one is needed');
  const name = given(setting, readName);
  if (name === null || setting === undefined) return null;
  if (names.has(name)) {
    fault(setting, `${JSON.stringify(name)} is the name of an earlier receiver as well; each needs its own`);
    return null;
  }
  names.add(name);
  return name;
}

function readFallback(name: string, fields: Fields, names: ReadonlySet<string>): Fallback | null {
  const setting = fields.get('fallback_receiver');
  const after = given(fields.get('fallback_after'), readPositiveDuration) ?? FALLBACK_AFTER;
  const receiver = given(setting, (given) => readReceiverReference(given, names));
  if (setting === undefined || receiver === null) return null;
  if (receiver !== name) return { receiver, after };
  fault(setting, 'is the receiver itself; another one is allowed');
  return null;
}

function readPlaces(item: Setting, fields: Fields, global: GlobalSettings, places: Map<string, Place>): ReadonlySet<string> {
  const ids = new Set<string>();
  let integrations = 0;
  for (const [kind, read] of Object.entries(INTEGRATIONS)) {
    for (const config of given(fields.get(kind), readList) ?? []) {
      integrations += 1;
      const place = read(config, global);
      if (place === null) continue;
      ids.add(place.destination.id);
      addPlace(config, place, places);
    }
  }
  noteLacking(item, fields, integrations);
  return ids;
}

function addPlace(config: Setting, place: Place, places: Map<string, Place>): void {
  const { id, sendResolved } = place.destination;
  const known = places.get(id);
  if (known === undefined) {
    places.set(id, place);
    return;
  }
  if (known.destination.sendResolved === sendResolved) return;
  warn(config, 'another receiver tells the same place with another send_resolved; resolves are sent to it');
  places.set(id, placeOf(known.target, true));
}

function noteLacking(item: Setting, fields: Fields, integrations: number): void {
  const lacking = LACKING_INTEGRATIONS.flatMap((kind) => fields.get(kind) ?? []).filter((setting) => !isEmpty(setting));
  for (const setting of lacking) if (integrations > 0) warn(atKey(setting), 'has no effect in Winnow, which cannot send there');
  if (integrations > 0 || lacking.length === 0) return;
  const kinds = lacking.map((setting) => setting.path.slice(item.path.length + 1)).join(', ');
  fault(item, `tells nobody, as Winnow cannot send to ${kinds}; one of ${Object.keys(INTEGRATIONS).join(', ')} is needed beside them`);
}

function readConsoleConfig(setting: Setting): Place | null {
  if (isEmpty(setting)) return placeOf({ kind: 'console' }, true);
  const fields = readMap(setting, { known: ['send_resolved'] });
  return fields === null ? null : placeOf({ kind: 'console' }, given(fields.get('send_resolved'), readBoolean) ?? true);
}
