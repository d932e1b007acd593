// What can be decided about an alert that fires.

import type { Hold } from '../../model/alert.ts';
import type { Evidence } from '../../model/evidence.ts';

/** What is decided about an alert that fires. */
export type Verdict =
  /** `observed` is what would have held it back, had the mechanism not been told to watch only. */
  { readonly kind: 'tell'; readonly evidence: readonly Evidence[]; readonly observed?: HoldVerdict } | HoldVerdict;

/** That it is held back; the fields are those of `Hold`. */
export type HoldVerdict = { readonly kind: 'hold' } & Pick<Hold, 'reason' | 'rule' | 'until' | 'digest' | 'thin' | 'alone' | 'conditions' | 'evidence'>;
