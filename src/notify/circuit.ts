// Leaves a destination alone that fails time after time, so that it holds up no others, and tries it with one message now and then.

import { type Instant, MINUTE, type Milliseconds, SECOND } from '../model/time.ts';
import type { Integration, MessageRequest, SendOutcome } from './integration.ts';
import type { Target } from './target.ts';

/** After so many failures in a row a destination is left alone. */
const FAILURES = 5;
/** For how long at first; twice as long after each further failure, up to the longest. */
const FIRST: Milliseconds = 5 * SECOND;
const LONGEST: Milliseconds = MINUTE;

/** How a destination fared. */
interface Circuit {
  readonly kind: Target['kind'];
  readonly failures: number;
  /** Until when it is left alone; then one message tries it, while the others wait for that long again. */
  readonly until: Instant;
  readonly error: string;
}

/** The circuits of all destinations, of one process. */
export interface Circuits {
  /** The integration, but for messages to a destination that is left alone: these are to be tried again later. */
  guard<T extends Target>(integration: Integration<T>): Integration<T>;
  /** How many destinations are left alone, by kind. */
  open(): ReadonlyMap<Target['kind'], number>;
}

/** Makes the circuits. A destination is the part of a delivery's id behind its first `~`. */
export function createCircuits(now: () => Instant): Circuits {
  const circuits = new Map<string, Circuit>();

  const through = async <R extends MessageRequest>(request: R, send: (request: R) => Promise<SendOutcome>): Promise<SendOutcome> => {
    const destination = request.deliveryId.slice(request.deliveryId.indexOf('~') + 1);
    const before = circuits.get(destination);
    if (before !== undefined && before.failures >= FAILURES) {
      if (now() < before.until) return leftAlone(before, before.until - now(), request.uncertain);
      circuits.set(destination, { ...before, until: now() + pauseAfter(before.failures) });
    }
    const outcome = await send(request);
    // Being asked to wait is no failure, and a refusal is an answer.
    if (outcome.kind !== 'retry' || outcome.after !== null) circuits.delete(destination);
    else circuits.set(destination, failed(circuits.get(destination), request.target.kind, outcome.error, now()));
    return outcome;
  };

  return {
    guard: (integration) => ({
      kind: integration.kind,
      ...(integration.viewed === undefined ? {} : { viewed: (target) => integration.viewed?.(target) ?? 0 }),
      send: (request) => through(request, (admitted) => integration.send(admitted)),
      ...(integration.sendBulletin === undefined
        ? {}
        : { sendBulletin: (request) => through(request, async (admitted) => (await integration.sendBulletin?.(admitted)) ?? GONE) }),
    }),
    open() {
      const counts = new Map<Target['kind'], number>();
      for (const { kind, failures } of circuits.values()) if (failures >= FAILURES) counts.set(kind, (counts.get(kind) ?? 0) + 1);
      return counts;
    },
  };
}

const GONE: SendOutcome = { kind: 'refused', error: 'cannot be sent' };

function leftAlone({ failures, error }: Circuit, after: Milliseconds, uncertain: boolean): SendOutcome {
  return { kind: 'retry', after, error: `left alone after ${failures} failures in a row: ${error}`, uncertain };
}

function failed(before: Circuit | undefined, kind: Target['kind'], error: string, now: Instant): Circuit {
  const failures = (before?.failures ?? 0) + 1;
  return { kind, failures, error, until: now + pauseAfter(failures) };
}

/** How long a destination is left alone after so many failures in a row. */
function pauseAfter(failures: number): Milliseconds {
  return Math.min(LONGEST, FIRST * 2 ** Math.max(0, Math.min(10, failures - FAILURES)));
}
