// When an alert of which nothing more is heard counts as over.

import type { AlertState } from '../model/alert.ts';
import { HOUR, type Instant, type Milliseconds } from '../model/time.ts';
import type { Policy } from './policy.ts';

/** The shortest silence that ends an alert when the configuration sets none: twice Alertmanager's default repeat, and an hour. */
const SHORTEST: Milliseconds = 9 * HOUR;
/** How many of the longest intervals of re-delivery seen may pass. */
const INTERVALS = 2.5;

/** When a firing alert ends unless it is heard of again. */
export function staleAt(alert: AlertState, longestRedelivery: Milliseconds, policy: Policy): Instant {
  return alert.heardAt + (policy.staleAfter ?? Math.max(SHORTEST, INTERVALS * longestRedelivery));
}
