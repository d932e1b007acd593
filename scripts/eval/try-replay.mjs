// Replays a stream; one that fails is said and makes the exit status 1, while the other streams go on.

const plain = new WeakMap();
/** The failure of a replay whose output the scorer refuses. */
export const UNSCORED = 'what the replay printed cannot be scored';

/** What a replay of a stream prints, parsed, or null when it failed. A replay as the configuration says, of all events, is made once. */
export function tryReplay(product, stream, { policy = stream.policy, events = stream.events } = {}) {
  const isPlain = policy === stream.policy && events === stream.events;
  if (isPlain && plain.has(stream)) return plain.get(stream);
  const printed = attempt(stream, 'the replay failed', () => product.replay(policy, events));
  if (isPlain) plain.set(stream, printed);
  return printed;
}

/** The figures of such a replay, or null. */
export function tryFigures(product, stream, options) {
  const printed = tryReplay(product, stream, options);
  return printed === null ? null : attempt(stream, UNSCORED, () => stream.figures(printed));
}

/** What a function answers, or null when it throws, which is said and makes the exit status 1; `failure` is what that means. */
export function attempt({ name }, failure, decide) {
  try {
    return decide();
  } catch (error) {
    console.error(`${name}: ${failure}: ${error.stack}`);
    process.exitCode = 1;
    return null;
  }
}
