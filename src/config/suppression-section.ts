// `suppression`: what is held back, and for how long.

import type { SuppressionPolicy } from '../correlate/policy.ts';
import type { Severity } from '../model/severity.ts';
import { HOUR, MINUTE } from '../model/time.ts';

const ALL: ReadonlySet<Severity> = new Set(['critical', 'warning', 'info']);

/** What holds where there is no `suppression`. */
export const DEFAULT_SUPPRESSION: SuppressionPolicy = {
  transient: { mode: 'on', severities: ALL, maxHold: { critical: 6 * MINUTE, warning: 10 * MINUTE, info: 4 * HOUR } },
  flapping: { mode: 'on', severities: ALL, start: 30, stop: 25 },
  seasonal: { mode: 'on', severities: new Set(['warning', 'info']), days: 3, share: 0.75, maxHold: 4 * HOUR },
  storm: { mode: 'on', severities: new Set(['warning', 'info']), onsets: 100 },
  heartbeats: [],
  rules: [],
  conditions: [],
  pagesPerHour: null,
  digestInterval: 6 * HOUR,
};
