// Decides whose turn it is to be sent to one app of a chat service, which takes only so much.
//
// Slack takes about one new message a second in a channel, and about 50 edits a minute of an app in all channels.

import { type Instant, MINUTE, type Milliseconds, SECOND } from '../model/time.ts';

/** What a message needs to be sent. */
export interface Wish {
  readonly channel: string;
  /** Whether it posts something new: it has to, it would if nobody else waits to post there, or it does not. */
  readonly post: 'needed' | 'if-free' | 'no';
  readonly edit: boolean;
  /** 0 for what is new and critical; the rest comes after, the lowest first. */
  readonly rank: number;
  /** Who came before whom; the lowest first. */
  readonly order: number;
}

/** What was sent to an app lately. */
export interface Pace {
  /** When something was last posted, by channel. */
  readonly posts: ReadonlyMap<string, Instant>;
  /** When the edits made so far would have ended had they been spread evenly. */
  readonly editsUntil: Instant;
  /** Until when the app asked to be left alone. */
  readonly pausedUntil: Instant;
  /** How many messages are being sent right now. */
  readonly running: number;
}

/** Whose turn it is, and whether something may be posted beside an edit; or when it is somebody's. */
export type Turn = { readonly kind: 'go'; readonly wish: Wish; readonly post: boolean } | { readonly kind: 'wait'; readonly until: Instant };

/** The pace of an app that nothing was sent to. */
export const IDLE: Pace = { posts: new Map(), editsUntil: 0, pausedUntil: 0, running: 0 };

/** The rank of what is new and critical. */
export const CRITICAL_RANK = 0;

/** The least time between two new messages in a channel. */
export const BETWEEN_POSTS: Milliseconds = SECOND;
/** The time between two edits on the average; some of the 50 are left to what cannot wait. */
export const BETWEEN_EDITS: Milliseconds = MINUTE / 45;
/** How many edits can be made in a row after a pause. */
export const EDITS_IN_A_ROW = 3;
/** How many messages are sent to one app at a time. */
const MOST_RUNNING = 50;

/**
 * Decides whose turn it is; null when nobody waits, or so many are being sent that one has to end first.
 *
 * The lowest rank goes first and then who came first, past those whose channel or edit is not free yet. But
 * while anything new and critical waits, in whatever channel, nothing else goes.
 */
export function nextTurn(waiting: readonly Wish[], pace: Pace, now: Instant): Turn | null {
  if (waiting.length === 0 || pace.running >= MOST_RUNNING) return null;
  if (pace.pausedUntil > now) return { kind: 'wait', until: pace.pausedUntil };
  const critical = waiting.filter(({ rank }) => rank === CRITICAL_RANK);
  const crowded = new Set(waiting.flatMap(({ post, channel }) => (post === 'needed' ? [channel] : [])));
  let first: Wish | null = null;
  let until = Number.POSITIVE_INFINITY;
  for (const wish of critical.length > 0 ? critical : waiting) {
    const free = freeAt(wish, pace, crowded);
    if (free > now) until = Math.min(until, free);
    else if (first === null || wish.rank < first.rank || (wish.rank === first.rank && wish.order < first.order)) first = wish;
  }
  if (first === null) return { kind: 'wait', until };
  return { kind: 'go', wish: first, post: first.post === 'needed' || (first.post === 'if-free' && postAt(first, pace) <= now) };
}

/** The pace after a turn was taken. */
export function paceAfter(pace: Pace, { wish, post }: Extract<Turn, { readonly kind: 'go' }>, now: Instant): Pace {
  return {
    ...pace,
    running: pace.running + 1,
    posts: post ? new Map(pace.posts).set(wish.channel, now) : pace.posts,
    editsUntil: wish.edit ? Math.max(pace.editsUntil, now) + BETWEEN_EDITS : pace.editsUntil,
  };
}

/** How long other processes of the service have to be waited for; 0 for what is free. */
export interface Waits {
  /** The app asked to be left alone. */
  readonly paused: Milliseconds;
  /** For a new message in the channel, and for an edit. */
  readonly posted: Milliseconds;
  readonly edited: Milliseconds;
}

/** The pace after a turn could not be taken because of what other processes sent. */
export function paceBehind(pace: Pace, { channel }: Wish, { paused, posted, edited }: Waits, now: Instant): Pace {
  return {
    ...pace,
    pausedUntil: Math.max(pace.pausedUntil, paused === 0 ? 0 : now + paused),
    posts: posted === 0 ? pace.posts : new Map(pace.posts).set(channel, now + posted - BETWEEN_POSTS),
    editsUntil: Math.max(pace.editsUntil, edited === 0 ? 0 : now + edited + (EDITS_IN_A_ROW - 1) * BETWEEN_EDITS),
  };
}

/** When a message can go at the earliest. An edit that goes with something critical waits for no others. */
function freeAt(wish: Wish, pace: Pace, crowded: ReadonlySet<string>): Instant {
  const posts = wish.post === 'needed' || (wish.post === 'if-free' && !crowded.has(wish.channel));
  const post = posts ? postAt(wish, pace) : 0;
  const edit = wish.edit && wish.rank !== CRITICAL_RANK ? pace.editsUntil - (EDITS_IN_A_ROW - 1) * BETWEEN_EDITS : 0;
  return Math.max(post, edit);
}

function postAt({ channel }: Wish, { posts }: Pace): Instant {
  const last = posts.get(channel);
  return last === undefined ? 0 : last + BETWEEN_POSTS;
}
