// Lets messages wait for their turn, so that no app of a chat service is sent more than it takes. What is sent by
// other processes of the service is not counted; that an app then refuses it is.

import type { Instant, Milliseconds } from '../model/time.ts';
import { CRITICAL_RANK, IDLE, nextTurn, type Pace, paceAfter, type Wish } from './pacing.ts';

/** How waiting ended: the message may be sent; it is to be looked at anew, as what it says may be worse by now; the service stops. */
export type Granted = { readonly kind: 'go'; readonly post: boolean; readonly waited: boolean } | { readonly kind: 'look-again' } | { readonly kind: 'stop' };

/** What waiting takes. */
export interface TurnsOptions {
  readonly now: () => Instant;
  /** Calls back after a while; answers what calls that off. */
  readonly later: (wait: Milliseconds, callback: () => void) => () => void;
}

/** Gives out turns. */
export interface Turns {
  /** A place in the order in which messages came; one message keeps it. */
  arrive(): number;
  /** Waits until a message may be sent to an app. Whoever may calls `done` after that. */
  take(app: string, wish: Wish): Promise<Granted>;
  done(app: string): void;
  /** The app asked to be left alone for so long. */
  pause(app: string, wait: Milliseconds): void;
  /** Lets nobody wait any more. */
  stop(): void;
}

/** How long at most a message that is not critical waits before it is looked at anew. */
const LOOK_AGAIN: Milliseconds = 2000;

interface Ticket {
  readonly wish: Wish;
  readonly since: Instant;
  readonly end: (granted: Granted) => void;
}

interface AppQueue {
  readonly tickets: Map<Wish, Ticket>;
  pace: Pace;
  cancelWake: () => void;
}

/** Makes turns on a clock. */
export function createTurns({ now, later }: TurnsOptions): Turns {
  const apps = new Map<string, AppQueue>();
  let arrivals = 0;
  let stopped = false;

  const queueOf = (app: string): AppQueue => {
    const known = apps.get(app);
    if (known !== undefined) return known;
    const queue = { tickets: new Map(), pace: IDLE, cancelWake: () => undefined };
    apps.set(app, queue);
    return queue;
  };

  const leave = (queue: AppQueue, wish: Wish, granted: Granted): void => {
    const ticket = queue.tickets.get(wish);
    queue.tickets.delete(wish);
    ticket?.end(granted);
  };

  const pump = (queue: AppQueue): void => {
    queue.cancelWake();
    for (;;) {
      const at = now();
      const turn = nextTurn([...queue.tickets.keys()], queue.pace, at);
      if (turn === null) return;
      if (turn.kind === 'wait') {
        queue.cancelWake = later(Math.max(1, turn.until - at), () => pump(queue));
        return;
      }
      queue.pace = paceAfter(queue.pace, turn, at);
      const since = queue.tickets.get(turn.wish)?.since ?? at;
      leave(queue, turn.wish, { kind: 'go', post: turn.post, waited: at > since });
    }
  };

  return {
    arrive: () => arrivals++,
    take(app, wish) {
      if (stopped) return Promise.resolve({ kind: 'stop' });
      const queue = queueOf(app);
      return new Promise((resolve) => {
        const cancel = wish.rank === CRITICAL_RANK ? () => undefined : later(LOOK_AGAIN, () => leave(queue, wish, { kind: 'look-again' }));
        const end = (granted: Granted): void => {
          cancel();
          resolve(granted);
        };
        queue.tickets.set(wish, { wish, since: now(), end });
        pump(queue);
      });
    },
    done(app) {
      const queue = queueOf(app);
      queue.pace = { ...queue.pace, running: queue.pace.running - 1 };
      pump(queue);
    },
    pause(app, wait) {
      const queue = queueOf(app);
      queue.pace = { ...queue.pace, pausedUntil: Math.max(queue.pace.pausedUntil, now() + wait) };
      pump(queue);
    },
    stop() {
      stopped = true;
      for (const queue of apps.values()) {
        queue.cancelWake();
        for (const wish of [...queue.tickets.keys()]) leave(queue, wish, { kind: 'stop' });
      }
    },
  };
}
