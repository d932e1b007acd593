// What was done under an `Idempotency-Key`, so that a repeated request does it once.

import { Fnv64 } from '../model/labels.ts';
import { type DoneAction, learnedKey } from '../model/learned.ts';
import { DAY, type Instant, type Milliseconds } from '../model/time.ts';
import type { Draft } from './draft.ts';
import type { ActionTaken } from './event.ts';
import type { EventResult } from './result.ts';

/** How long a key is remembered. */
export const KEY_REMEMBERED: Milliseconds = DAY;

/** What an action with this key answered within the last day; null when it is new. A key that stood for something else is refused. */
export function doneBefore(draft: Draft, action: ActionTaken, now: Instant): EventResult | null {
  if (action.key === undefined) return null;
  const done = draft.learned.get<DoneAction>(learnedKey.done(action.key));
  if (done === undefined || now - done.at > KEY_REMEMBERED) return null;
  if (done.what === whatOf(action)) return { ok: true, incidentId: done.incidentId };
  return { ok: false, code: 'key-reused', detail: 'the Idempotency-Key was given with another request within the last day' };
}

/** Remembers that it was done. What was refused may be tried again under the same key. */
export function rememberDone(draft: Draft, action: ActionTaken, incidentId: string | null, now: Instant): void {
  if (action.key !== undefined) draft.learned.set(learnedKey.done(action.key), { at: now, what: whatOf(action), incidentId });
}

/** Labels are what was looked up for it, and not what was asked for. */
function whatOf({ receivedAt: _, key: _key, ...request }: ActionTaken): string {
  const asked = Object.entries(request).filter(([name]) => name !== 'labels');
  return new Fnv64().text(JSON.stringify(asked.sort(([a], [b]) => (a < b ? -1 : 1)))).hex();
}
