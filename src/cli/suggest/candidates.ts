// Which rules of `suppression` are worth trying: for alert rules that always cleared by themselves, a digest or a hold.

import { HOUR, MINUTE, type Milliseconds } from '../../model/time.ts';
import type { RuleFacts } from './episodes.ts';

/** A rule worth trying. It never says `suppress`: what is held for too long is told of. */
export interface Candidate {
  readonly facts: RuleFacts;
  readonly action: 'digest' | 'hold';
  /** After how long what still fires is told of. */
  readonly for: Milliseconds;
  /** How many messages were about incidents of this rule alone. */
  readonly messages: number;
}

/** What decides which candidates there are, beside the facts. */
export interface CandidateOptions {
  /** The alerts of incidents that people acknowledged or resolved: their rules are left alone. Without any, critical ones are too. */
  readonly acted: ReadonlySet<string>;
  /** By alert rule, the messages about incidents of it alone. */
  readonly messages: ReadonlyMap<string, number>;
  readonly most: number;
}

/** So many episodes at least, all of which cleared, are no chance: a true share of 75 % would do that once in 18 times. */
const EPISODES = 10;
/** What lasts longer for every twentieth time is none of a digest's business, nor for longer than this of a hold. */
const DIGEST_MOST: Milliseconds = HOUR;
const CRITICAL_MOST: Milliseconds = 6 * MINUTE;
/** The lengths that are suggested. */
const LENGTHS: readonly Milliseconds[] = [2, 3, 4, 5, 6, 10, 15, 20, 30, 45, 60, 90, 120].map((minutes) => minutes * MINUTE);

/** The candidates with most to gain, best first. */
export function candidates(all: readonly RuleFacts[], { acted, messages, most }: CandidateOptions): readonly Candidate[] {
  return all
    .flatMap((facts): readonly Candidate[] => {
      const count = messages.get(facts.rule) ?? 0;
      const hold = facts.rule === '' || count === 0 || isActedOn(facts, acted) ? null : holdFor(facts);
      return hold === null ? [] : [{ facts, ...hold, messages: count }];
    })
    .sort((a, b) => b.messages - a.messages)
    .slice(0, most);
}

function isActedOn({ severity, fingerprints }: RuleFacts, acted: ReadonlySet<string>): boolean {
  if (acted.size === 0) return severity === 'critical';
  return [...fingerprints].some((fingerprint) => acted.has(fingerprint));
}

function holdFor({ severity, episodes, cleared }: RuleFacts): Pick<Candidate, 'action' | 'for'> | null {
  if (episodes < EPISODES || cleared.length < episodes) return null;
  const usual = quantile(cleared, 0.95);
  if (severity === 'critical') {
    const length = roundedUp(usual);
    return length <= CRITICAL_MOST ? { action: 'hold', for: length } : null;
  }
  return usual <= DIGEST_MOST ? { action: 'digest', for: roundedUp(2 * usual) } : null;
}

/** The length that a share of them does not exceed. */
export function quantile(lengths: readonly Milliseconds[], share: number): Milliseconds {
  const sorted = lengths.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

function roundedUp(length: Milliseconds): Milliseconds {
  return LENGTHS.find((each) => each >= length) ?? length;
}
