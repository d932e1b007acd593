// The alerts that are held back, as the hash of them gives them: how many there are, and which come next in the list.

import type { ListRange } from '../api/read-model.ts';
import type { SuppressionReason } from '../model/evidence.ts';
import { compareText } from '../model/labels.ts';

/** Before the positions of the holds in the list of suppressions; none of those that ended begins so. */
const PREFIX = 'held ';

/** A place in the list of what is held back. */
export interface HeldPosition {
  readonly position: string;
  readonly fingerprint: string;
}

/** Counts by reason what the hash has as `SINCE REASON`. */
export function countHolds(values: readonly string[]): ReadonlyMap<SuppressionReason, number> {
  const counts = new Map<SuppressionReason, number>();
  for (const value of values) {
    const reason = value.slice(value.indexOf(' ') + 1) as SuppressionReason;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return counts;
}

/** Whether a part of the list of suppressions begins among those that last. */
export function beginsAmongHeld(after: string | null): boolean {
  return after === null || after.startsWith(PREFIX);
}

/** The holds of a part of the list, those that began last first. */
export function heldIn(hash: Readonly<Record<string, string>>, { after, limit }: ListRange): readonly HeldPosition[] {
  return Object.entries(hash)
    .map(([fingerprint, value]) => ({ fingerprint, position: `${PREFIX}${value.slice(0, value.indexOf(' ')).padStart(15, '0')} ${fingerprint}` }))
    .filter(({ position }) => after === null || position < after)
    .sort((a, b) => compareText(b.position, a.position))
    .slice(0, limit);
}
