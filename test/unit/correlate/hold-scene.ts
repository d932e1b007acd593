// A scene in which some alerts have a history of clearing by themselves, so that their first messages are held back.

import { DEFAULT_SUPPRESSION } from '../../../src/config/suppression-section.ts';
import { withLength } from '../../../src/correlate/baseline/durations.ts';
import { NEW_SERIES } from '../../../src/correlate/baseline/series.ts';
import { EMPTY_TOTALS } from '../../../src/correlate/ledger.ts';
import type { Policy, SuppressionPolicy } from '../../../src/correlate/policy.ts';
import { EngineState } from '../../../src/correlate/state.ts';
import type { ReceivedAlert } from '../../../src/model/alert.ts';
import { type LearnedRecord, learnedKey, type SeriesBaseline } from '../../../src/model/learned.ts';
import { MINUTE } from '../../../src/model/time.ts';
import { at, firing, type Said, type Scene, SLACK, scene } from './scenario.ts';

/** A policy's parts under which Slack can carry digests and everything is held that can be. */
export function holding(suppression: Partial<SuppressionPolicy> = {}): Partial<Policy> {
  return {
    suppression: { ...DEFAULT_SUPPRESSION, ...suppression },
    destinations: new Map([
      ['slack', [{ ...SLACK, digests: true }]],
      ['nobody', []],
    ]),
  };
}

const ENDED = Array.from({ length: 20 }).reduce<readonly number[]>((ended) => withLength(ended, 2 * MINUTE), []);

/** What is known of an alert that cleared twenty times within two minutes, and began last at 09:00. */
export const CLEARS: SeriesBaseline = { ...NEW_SERIES, onsets: 20, at: at('09:00'), ended: ENDED, agedAt: at('09:00') };

/** Opens a scene on a state that knows this of each of the alerts. */
export function holdScene(fingerprints: readonly string[], given: Partial<Policy> = {}): Scene {
  const learned = fingerprints.map((fingerprint): [string, LearnedRecord] => [learnedKey.series(fingerprint), CLEARS]);
  const nothing = {
    clock: 0,
    totals: EMPTY_TOTALS,
    longestRedelivery: 0,
    alerts: [],
    incidents: [],
    deliveries: [],
    bulletins: [],
    changes: [],
    silences: [],
    putEdges: [],
  };
  return scene({ ...holding(), ...given }, EngineState.of({ ...nothing, learned }));
}

/** A warning that fires since 10:00, unless said otherwise. */
export function warning(fingerprint: string, said: Said = {}): ReceivedAlert {
  return firing(fingerprint, { ...said, labels: { severity: 'warning', ...said.labels } });
}

/** How many received alerts wait in alerts and incidents: what the ledger's account `pending` has to say. */
export function waiting({ draft }: Scene): number {
  const { alerts, incidents } = draft.changes();
  let count = 0;
  for (const alert of alerts.values()) count += (alert?.hold?.received ?? 0) + (alert?.doubtful?.received ?? 0);
  for (const { owed } of incidents.values()) for (const each of owed) count += each.count;
  return count;
}
