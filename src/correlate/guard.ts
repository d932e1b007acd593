// Fail open: when a step that only makes things better throws, the alert goes on as if there were no such step.

import type { Evidence } from '../model/evidence.ts';

/** Runs a step; when it throws, `otherwise` answers in its place and is given evidence that says so. */
export function guarded<T>(what: string, step: () => T, otherwise: (evidence: Evidence) => T): T {
  try {
    return step();
  } catch (error) {
    return otherwise({
      kind: 'internal-error',
      summary: `${what} failed (${error instanceof Error ? error.message : 'unknown error'}), so it is told as it came`,
    });
  }
}
