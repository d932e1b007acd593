// Forwards changes to PagerDuty, as messages of a name of their own in the queue of messages.

import type { Change } from '../../model/change.ts';
import { type Instant, type Milliseconds, SECOND } from '../../model/time.ts';
import type { MessageName } from '../owed-message.ts';
import { retryDelay } from '../retry-delay.ts';
import type { Sending } from '../send-delivery.ts';
import type { Target } from '../target.ts';
import { changeUrl, pagerDutyChangeEvent } from './change-event.ts';
import { postEvent } from './sender.ts';

/** What forwarding works with. */
export interface ForwardDependencies {
  /** The change as committed; null when there is none any more. */
  readonly change: (id: string) => Promise<Change | null>;
  readonly targets: () => ReadonlyMap<string, Target>;
  readonly now: () => Instant;
  /** How long one call may take. */
  readonly timeoutMs?: Milliseconds;
}

const PREFIX = 'change~';

/** The messages that forward a change: one for each destination that wants changes. Its `seq` is when it was handed over. */
export function changeMessages(changeId: string, targets: ReadonlyMap<string, Target>, now: Instant): readonly MessageName[] {
  return [...targets].flatMap(([id, target]) =>
    target.kind === 'pagerduty' && target.changeEvents === true ? [{ deliveryId: `${PREFIX}${id}~${changeId}`, seq: now }] : [],
  );
}

/** Whether a message forwards a change. */
export function isChangeMessage({ deliveryId }: MessageName): boolean {
  return deliveryId.startsWith(PREFIX);
}

/** Forwards a change once; a repeat is another entry in PagerDuty's list, and calls nobody. */
export async function forwardChange(
  { deliveryId, seq }: MessageName,
  { change, targets, now, timeoutMs = 10 * SECOND }: ForwardDependencies,
): Promise<Sending> {
  const [, destination = '', changeId = ''] = /^change~([^~]*)~(.*)$/s.exec(deliveryId) ?? [];
  const target = targets().get(destination);
  const found = await change(changeId);
  if (found === null || target?.kind !== 'pagerduty') return { kind: 'done' };
  const json = pagerDutyChangeEvent(found, target.routingKey.reveal());
  const outcome = await postEvent({ ...target, url: changeUrl(target.url) }, json, timeoutMs);
  if (outcome.kind === 'sent') return { kind: 'done' };
  const elapsed = now() - seq;
  // From one second on, twice as long each time, without counting attempts.
  const after = outcome.kind === 'refused' ? null : retryDelay({ made: 1 + Math.floor(Math.log2(1 + elapsed / SECOND)), elapsed, asked: outcome.after });
  return after === null ? { kind: 'given-up', error: outcome.error } : { kind: 'again', after };
}
