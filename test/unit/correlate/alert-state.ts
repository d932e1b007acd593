// What the engine remembers of an alert, for tests of the decisions that look at it.

import type { AlertState } from '../../../src/model/alert.ts';
import { plainAlert } from '../plain-records.ts';
import { at } from './scenario.ts';

/** An alert on node/gpu-7 that fires since 10:00 and belongs to no incident, but for what is said otherwise. */
export function alertState(given: Partial<AlertState> = {}): AlertState {
  return {
    fingerprint: 'a',
    rule: 'NodeDown',
    ...plainAlert(at('10:00')),
    ...given,
  };
}
