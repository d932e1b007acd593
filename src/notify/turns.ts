// Lets messages wait for their turn, so that no app of a chat service is sent more than it takes, by all processes of the
// service together. Which goes first is decided in each process; while the others cannot be asked, so is the pace.

import type { Instant, Milliseconds } from '../model/time.ts';
import {
  BETWEEN_EDITS,
  BETWEEN_POSTS,
  CRITICAL_RANK,
  EDITS_IN_A_ROW,
  IDLE,
  nextTurn,
  type Pace,
  paceAfter,
  paceBehind,
  type Turn,
  type Waits,
  type Wish,
} from './pacing.ts';

/** How waiting ended: the message may be sent; it is to be looked at anew, as what it says may be worse by now; the service stops. */
export type Granted = { readonly kind: 'go'; readonly post: boolean; readonly waited: boolean } | { readonly kind: 'look-again' } | { readonly kind: 'stop' };

/** What a message is about to do, and the limits that hold for it. */
export interface Reservation {
  readonly app: string;
  readonly channel: string;
  readonly post: Wish['post'];
  readonly edit: boolean;
  /** Whether its edit waits for others. */
  readonly waits: boolean;
  readonly betweenPosts: Milliseconds;
  readonly betweenEdits: Milliseconds;
  readonly editsInARow: number;
}

/** The pace that all processes of the service keep together. Both functions reject when it cannot be known now. */
export interface SharedPace {
  /** Takes a turn when all waits are 0, and says whether something may be posted; else takes none. */
  reserve(asked: Reservation): Promise<Waits & { readonly post: boolean }>;
  pause(app: string, wait: Milliseconds): Promise<void>;
}

/** What waiting takes. */
export interface TurnsOptions {
  readonly now: () => Instant;
  /** Calls back after a while; answers what calls that off. */
  readonly later: (wait: Milliseconds, callback: () => void) => () => void;
  /** Left out where this process is the only one. */
  readonly shared?: SharedPace;
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
/** For how long each process keeps the pace by itself after the others could not be asked. */
const ALONE: Milliseconds = 5000;

type Going = Extract<Turn, { readonly kind: 'go' }>;

interface Ticket {
  readonly wish: Wish;
  readonly since: Instant;
  readonly end: (granted: Granted) => void;
}

interface AppQueue {
  readonly tickets: Map<Wish, Ticket>;
  pace: Pace;
  cancelWake: () => void;
  /** Whether the other processes are being asked right now. */
  reserving: boolean;
}

/** Makes turns on a clock. */
export function createTurns({ now, later, shared }: TurnsOptions): Turns {
  const apps = new Map<string, AppQueue>();
  let arrivals = 0;
  let stopped = false;
  let aloneUntil = Number.NEGATIVE_INFINITY;

  const queueOf = (app: string): AppQueue => {
    const known = apps.get(app);
    if (known !== undefined) return known;
    const queue = { tickets: new Map(), pace: IDLE, cancelWake: () => undefined, reserving: false };
    apps.set(app, queue);
    return queue;
  };

  const leave = (queue: AppQueue, wish: Wish, granted: Granted): void => {
    const ticket = queue.tickets.get(wish);
    queue.tickets.delete(wish);
    ticket?.end(granted);
  };

  const go = (queue: AppQueue, turn: Going, free: Instant): void => {
    queue.pace = paceAfter(queue.pace, turn, now());
    const since = queue.tickets.get(turn.wish)?.since ?? free;
    leave(queue, turn.wish, { kind: 'go', post: turn.post, waited: free > since });
  };

  /** Asks the other processes, and lets the message go or wait; one that has left by then is a turn that nobody takes. */
  const reserve = async (app: string, queue: AppQueue, turn: Going, pace: SharedPace): Promise<void> => {
    queue.reserving = true;
    const begun = now();
    const { wish } = turn;
    const limits = { betweenPosts: BETWEEN_POSTS, betweenEdits: BETWEEN_EDITS, editsInARow: EDITS_IN_A_ROW };
    const asked = { app, channel: wish.channel, post: turn.post ? wish.post : 'no', edit: wish.edit, waits: wish.rank !== CRITICAL_RANK, ...limits } as const;
    const answer = await pace.reserve(asked).catch(() => null);
    const at = now();
    queue.reserving = false;
    if (answer === null) aloneUntil = at + ALONE;
    const free = answer === null || answer.paused + answer.posted + answer.edited === 0;
    if (!free) queue.pace = paceBehind(queue.pace, wish, answer, at);
    else if (queue.tickets.has(wish)) go(queue, answer === null ? turn : { ...turn, post: answer.post }, begun);
    if (!stopped) pump(app, queue);
  };

  const pump = (app: string, queue: AppQueue): void => {
    queue.cancelWake();
    if (queue.reserving) return;
    for (;;) {
      const at = now();
      const turn = nextTurn([...queue.tickets.keys()], queue.pace, at);
      if (turn === null) return;
      if (turn.kind === 'wait') {
        queue.cancelWake = later(Math.max(1, turn.until - at), () => pump(app, queue));
        return;
      }
      if (shared !== undefined && at >= aloneUntil && (turn.post || turn.wish.edit)) {
        void reserve(app, queue, turn, shared);
        return;
      }
      go(queue, turn, at);
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
        pump(app, queue);
      });
    },
    done(app) {
      const queue = queueOf(app);
      queue.pace = { ...queue.pace, running: queue.pace.running - 1 };
      pump(app, queue);
    },
    pause(app, wait) {
      const queue = queueOf(app);
      queue.pace = { ...queue.pace, pausedUntil: Math.max(queue.pace.pausedUntil, now() + wait) };
      // That the others are not told costs them a refusal of their own.
      shared?.pause(app, wait).catch(() => undefined);
      pump(app, queue);
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
