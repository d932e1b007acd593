// Silences: for how long nobody is to hear of alerts of a kind, who said so and why.

import { compareText, type Labels } from './labels.ts';
import { compileMatcher, matchesAll } from './matcher.ts';
import type { WrittenMatcher } from './matcher-syntax.ts';
import { DAY, formatInstant, type Instant, type Milliseconds } from './time.ts';

/** How long a silence that is over is kept to be looked up, as Alertmanager keeps one by default. */
export const SILENCE_KEPT: Milliseconds = 5 * DAY;

/** A silence, in Alertmanager's words. It holds plain JSON values. */
export interface Silence {
  readonly id: string;
  /** At least one; all of them have to be fulfilled. */
  readonly matchers: readonly WrittenMatcher[];
  /** It is in force from its start, which may lie ahead, to its end, which is not part of it. */
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly updatedAt: Instant;
  readonly createdBy: string;
  readonly comment: string;
}

/** Alertmanager's three states of a silence. */
export type SilenceState = 'pending' | 'active' | 'expired';

/** A silence that labels can be held against. */
export interface CompiledSilence extends Silence {
  readonly matches: (labels: Labels) => boolean;
}

/** Makes a silence ready to be held against labels. Throws a `MatcherError` for a regular expression that is malformed. */
export function compileSilence(silence: Silence): CompiledSilence {
  const matchers = silence.matchers.map(compileMatcher);
  return { ...silence, matches: (labels) => matchesAll(matchers, labels) };
}

/** The state of a silence at an instant. */
export function silenceState({ startsAt, endsAt }: Pick<Silence, 'startsAt' | 'endsAt'>, at: Instant): SilenceState {
  return at >= endsAt ? 'expired' : at < startsAt ? 'pending' : 'active';
}

/** When a silence is next to be looked at: at its start, at its end, or when it need not be kept any longer. */
export function silenceDue(silence: Silence, now: Instant): Instant {
  const { startsAt, endsAt } = silence;
  return { pending: startsAt, active: endsAt, expired: endsAt + SILENCE_KEPT }[silenceState(silence, now)];
}

/** Who silences, until when and why, in one line. */
export function silenceInWords({ id, createdBy, endsAt, comment }: Silence): string {
  return `silenced by ${createdBy} until ${formatInstant(endsAt)}: ${comment} (silence ${id})`;
}

/** Orders silences as Alertmanager lists them: active ones by their end, pending ones by their start, then the expired, the latest first. For `sort`. */
export function compareSilences(now: Instant): (a: Silence, b: Silence) => number {
  const rank = { active: 0, pending: 1, expired: 2 };
  return (a, b) => {
    const [state, other] = [silenceState(a, now), silenceState(b, now)];
    if (state !== other) return rank[state] - rank[other];
    const difference = { active: a.endsAt - b.endsAt, pending: a.startsAt - b.startsAt, expired: b.endsAt - a.endsAt }[state];
    return difference || compareText(a.id, b.id);
  };
}
