// Alerts that look for their incident and the graph they look in, for tests of what draws them there.

import type { Surroundings } from '../../../src/correlate/affinity.ts';
import type { Arrival } from '../../../src/correlate/arrival.ts';
import { CONSTANTS } from '../../../src/correlate/constants.ts';
import type { CarriedLabel } from '../../../src/correlate/label-values.ts';
import { DAY, HOUR } from '../../../src/model/time.ts';
import { type Edge, Topology } from '../../../src/model/topology.ts';
import { at } from './scenario.ts';

/** An alert on node/gpu-7 that begins at 10:01 for the first time and comes once in six days anyway, but for what is said otherwise. */
export function arrival(given: Partial<Arrival> = {}): Arrival {
  return {
    entity: 'node/gpu-7',
    rule: 'DiskFull',
    domain: 'infra',
    slow: false,
    at: at('10:01'),
    resolution: 0,
    rate: 1 / (6 * DAY),
    labels: [],
    endedAt: null,
    lasted: 0,
    ...given,
  };
}

/** A label `name=value`, or a word `~word`, that a share of all alerts carry; without a number of its own it is the first. */
export function carried(pair: string, share: number, id = 1): CarriedLabel {
  return { id, pair, share };
}

/** A dependency graph to look in, within six hours and four steps; no lag is learned. */
export function around(dependencies: readonly Edge[] = []): Surroundings {
  return { topology: new Topology(dependencies), maxHops: 4, window: 6 * HOUR, constants: CONSTANTS, learnedLag: () => null };
}
