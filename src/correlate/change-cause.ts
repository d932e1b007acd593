// Whether a recent change of an entity is likelier to have caused its trouble than what happens without changes.

import type { Change } from '../model/change.ts';
import type { Evidence } from '../model/evidence.ts';
import { compareText } from '../model/labels.ts';
import { formatDuration, type Instant } from '../model/time.ts';
import { lagDensity } from './affinity.ts';
import type { Constants } from './constants.ts';

/** A change and what it says. */
export interface ChangeCause {
  readonly change: Change;
  /** What it adds to the weight of its entity as a cause, in nats. */
  readonly weight: number;
  /** Whether it is likelier than not to be behind the trouble. */
  readonly likelier: boolean;
  readonly evidence: Evidence;
}

/** The trouble of an entity. */
export interface Trouble {
  readonly began: Instant;
  /** How often such trouble comes anyway, per millisecond. */
  readonly rate: number;
}

/** The change of an entity that most likely caused trouble which began at an instant, or null when there was none in reach. */
export function changeCause(entity: string, { began, rate }: Trouble, changes: readonly Change[], c: Constants): ChangeCause | null {
  let latest: Change | null = null;
  let count = 0;
  for (const change of changes) {
    if (change.entity !== entity) continue;
    count += 1;
    if (change.at > began + c.cause.changeSlack || began - change.at > c.cause.changeReach) continue;
    if (latest === null || nearer(change, latest, began)) latest = change;
  }
  if (latest === null) return null;
  const after = Math.max(0, began - latest.at);
  // How often trouble comes so soon after a change, of which few are guilty and one of `count` is the one, against how often it comes anyway.
  const odds = ((c.cause.guilty / count) * lagDensity(after, c.cause.changeLag)) / rate;
  return {
    change: latest,
    weight: Math.log(1 + odds),
    likelier: odds > 1,
    evidence: {
      kind: 'change',
      summary: latest.at > began ? `was changed as it began (${latest.kind})` : `was changed ${formatDuration(after)} before (${latest.kind})`,
      value: Math.round(after / 1000),
      observations: count,
    },
  };
}

/** Whether a change is the likelier one: before the trouble rather than after, then the nearer one. */
function nearer(change: Change, than: Change, began: Instant): boolean {
  if (change.at > began !== than.at > began) return change.at <= began;
  const distance = Math.abs(began - change.at) - Math.abs(began - than.at);
  return distance < 0 || (distance === 0 && compareText(change.id, than.id) < 0);
}
