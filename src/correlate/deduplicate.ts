// Whether a received alert changes anything, held against what is known of it.

import type { AlertState, ReceivedAlert } from '../model/alert.ts';
import { compareTimestamps, MINUTE, type Milliseconds } from '../model/time.ts';

/**
 * What a received alert means:
 * `onset`, it fires, or fires again; `end`, it ended; `duplicate`, it agrees with the present state
 * or is older; `doubtful`, it fires with the start of a resolve already seen; `unheard-end`, it ended
 * without ever having been heard of firing; `later-end`, a whole episode that was never seen ended.
 */
export type Verdict = 'onset' | 'end' | 'duplicate' | 'doubtful' | 'unheard-end' | 'later-end';

/** How long a doubtful firing waits for a late replica's resolve before it counts as fired again. */
export const DOUBT: Milliseconds = MINUTE;

/** Judges a received alert; without a start of its own it is about the present episode. */
export function verdictOn(known: AlertState | undefined, alert: ReceivedAlert): Verdict {
  if (known === undefined) return alert.status === 'firing' ? 'onset' : 'unheard-end';
  const order = alert.startsAt === null ? null : Math.sign(compareTimestamps(alert.startsAt, known.startsAt));
  if (alert.status === 'firing') {
    if (known.status === 'firing') return order === 1 ? 'onset' : 'duplicate';
    if (order === 0) return 'doubtful';
    return order === -1 ? 'duplicate' : 'onset';
  }
  if (known.status === 'firing') return order === -1 ? 'duplicate' : 'end';
  return order === 1 ? 'later-end' : 'duplicate';
}
