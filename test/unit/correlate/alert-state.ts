// What the engine remembers of an alert, for tests of the decisions that look at it.

import type { AlertState } from '../../../src/model/alert.ts';
import { at, stamp } from './scenario.ts';

/** An alert on node/gpu-7 that fires since 10:00 and belongs to no incident, but for what is said otherwise. */
export function alertState(given: Partial<AlertState> = {}): AlertState {
  return {
    fingerprint: 'a',
    status: 'firing',
    startsAt: stamp('10:00'),
    endsAt: null,
    changedAt: at('10:00'),
    heardAt: at('10:00'),
    rule: 'NodeDown',
    entity: 'node/gpu-7',
    domain: 'infra',
    severity: 'critical',
    membership: null,
    past: [],
    doubtful: null,
    hold: null,
    marks: [],
    flapping: null,
    heartbeat: null,
    source: 'alertmanager',
    ...given,
  };
}
