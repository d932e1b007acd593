// Reads a webhook of PagerDuty (version 3): what a person did there that is to be done here too.

import { type Fault, fault } from './fault.ts';
import { isJsonObject, textMember, wellFormed } from './json-object.ts';

/** What somebody did to a PagerDuty incident. */
export interface PagerDutyAction {
  readonly kind: 'action';
  readonly action: 'acknowledge' | 'resolve';
  /** The key that the incident was opened with (`incident_key`, the `dedup_key` of its first event). */
  readonly dedupKey: string;
  /** The name of who did it. */
  readonly by: string;
}

/** What is of no concern here: other events, and the echo of what this service sent. */
export interface IgnoredEvent {
  readonly kind: 'ignored';
}

const ACTIONS: Readonly<Record<string, PagerDutyAction['action'] | undefined>> = {
  'incident.acknowledged': 'acknowledge',
  'incident.resolved': 'resolve',
};
const IGNORED: IgnoredEvent = { kind: 'ignored' };
const MAX_NAME = 100;

/**
 * Reads the body. What no one in particular did is ignored: what an integration caused, which is the echo of an event
 * that was sent there, or a service by one of its time-outs.
 */
export function readPagerDutyEvent(body: unknown): PagerDutyAction | IgnoredEvent | Fault {
  const event = isJsonObject(body) ? body['event'] : undefined;
  if (!isJsonObject(event)) return fault('/event', 'is missing; the event of a PagerDuty webhook of version 3 is allowed');
  const action = Object.hasOwn(ACTIONS, String(event['event_type'])) ? ACTIONS[String(event['event_type'])] : undefined;
  const { agent, data } = event;
  if (action === undefined || !isJsonObject(agent) || !isJsonObject(data)) return IGNORED;
  const type = textMember(agent, 'type') ?? '';
  const by = wellFormed(textMember(agent, 'summary') ?? '').trim();
  const dedupKey = textMember(data, 'incident_key') ?? '';
  if (by === '' || dedupKey === '' || type.endsWith('integration_reference') || type === 'service_reference') return IGNORED;
  return { kind: 'action', action, dedupKey, by: Array.from(by).slice(0, MAX_NAME).join('') };
}
