// What would have happened to an alert that is held back, had it not been.

import type { RoutedReceiver } from '../../model/delivery.ts';
import type { Evidence } from '../../model/evidence.ts';
import { formatInstant, type Instant } from '../../model/time.ts';

/** Says it as evidence. `audible` tells that people know of its incident, or are about to. */
export function otherwise(routes: readonly RoutedReceiver[], audible: boolean, now: Instant): Evidence {
  return { kind: 'otherwise', summary: `without the hold it ${inWords(routes, audible, now)}` };
}

function inWords(routes: readonly RoutedReceiver[], audible: boolean, now: Instant): string {
  if (routes.length === 0) return 'would have been told to nobody';
  if (audible) return 'would have been told with the next update of its incident';
  return `would have been told at ${formatInstant(now + Math.min(...routes.map(({ timing }) => timing.groupWait))).slice(11, 16)}`;
}
