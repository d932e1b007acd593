// Waits for what real programs do in their own time, by asking again and again.

import { setTimeout as sleep } from 'node:timers/promises';

/** How long between two questions, and how long at most in all, in milliseconds. */
const PAUSE = 25;
const PATIENCE = 20_000;

/**
 * Resolves with the first answer that is neither false, null nor undefined. A question that throws counts as
 * no answer yet. Rejects after `within` milliseconds, with `what` was waited for and the last error.
 */
export async function until<T>(what: string, question: () => Promise<T> | T, within = PATIENCE): Promise<Exclude<T, false | null | undefined>> {
  const deadline = performance.now() + within;
  let last = 'it stayed false';
  for (;;) {
    try {
      const answer = await question();
      if (answer !== false && answer !== null && answer !== undefined) return answer as Exclude<T, false | null | undefined>;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    if (performance.now() > deadline) throw new Error(`waited ${within / 1000} s in vain for ${what}: ${last}`);
    await sleep(PAUSE);
  }
}
