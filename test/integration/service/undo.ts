// What a test has started and must stop, in reverse order.

/** Steps to take after a test. */
export interface Undo {
  /** Adds a step, to be taken before those that were added earlier. */
  later(step: () => unknown): void;
  /** Takes all steps. */
  all(): Promise<void>;
}

/** Makes an empty list of steps. */
export function undoList(): Undo {
  let steps: (() => unknown)[] = [];
  return {
    later: (step) => void steps.push(step),
    async all() {
      const taken = steps.toReversed();
      steps = [];
      for (const step of taken) await step();
    },
  };
}
