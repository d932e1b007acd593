// How a silence is written as JSON, and how what is posted becomes one.

import type { components } from '../generated/openapi.d.ts';
import { compileMatcher, MatcherError, parseMatcher } from './matcher.ts';
import type { WrittenMatcher } from './matcher-syntax.ts';
import { type Silence, silenceState } from './silence.ts';
import { formatInstant, type Instant, parseTimestamp } from './time.ts';
import { ulidOf } from './ulid.ts';

/** The JSON of a silence, as `openapi/winnow.yaml` describes it. */
export type SilenceDocument = components['schemas']['Silence'];

/** What is posted to make a silence, as `openapi/winnow.yaml` describes it. */
export type SilenceRequest = components['schemas']['SilenceRequest'];

type SilenceMatcher = components['schemas']['SilenceMatcher'];

/** Writes a silence as JSON, in the state that it has at an instant. */
export function silenceDocument(silence: Silence, now: Instant): SilenceDocument {
  const { id, matchers, startsAt, endsAt, updatedAt, createdBy, comment } = silence;
  return {
    id,
    status: { state: silenceState(silence, now) },
    matchers: matchers.map(({ name, operator, value }) => ({ name, value, isRegex: operator.endsWith('~'), isEqual: operator.startsWith('=') })),
    startsAt: formatInstant(startsAt),
    endsAt: formatInstant(endsAt),
    updatedAt: formatInstant(updatedAt),
    createdBy,
    comment,
  };
}

/** What is wrong with a request: a JSON pointer into it, and what is allowed. */
export interface SilenceFault {
  readonly fault: { readonly pointer: string; readonly detail: string };
}

/**
 * The silence that a request speaks of, or what is wrong with it. It begins at its start, at `now` when that is past. Without
 * an id it gets one made of all that it says and when: the same in the service as in a replay.
 */
export function silenceOf(request: SilenceRequest, { now, id }: { readonly now: Instant; readonly id: string | null }): Silence | SilenceFault {
  const { createdBy, comment } = request;
  for (const [name, text] of Object.entries({ createdBy, comment }))
    if (text.trim() === '') return faultAt(`/${name}`, 'is empty; who silences and why is needed');
  const endsAt = parseTimestamp(request.endsAt)?.ms;
  if (endsAt === undefined) return faultAt('/endsAt', 'is no RFC 3339 time');
  if (endsAt <= now) return faultAt('/endsAt', 'is past; a time to come is needed');
  const begins = request.startsAt === undefined ? now : parseTimestamp(request.startsAt)?.ms;
  if (begins === undefined) return faultAt('/startsAt', 'is no RFC 3339 time');
  const startsAt = Math.max(begins, now);
  if (endsAt <= startsAt) return faultAt('/endsAt', 'is not after startsAt');
  const matchers = silenceMatchersOf(request.matchers);
  if ('fault' in matchers) return matchers;
  const silence = { matchers, startsAt, endsAt, updatedAt: now, createdBy, comment };
  return { id: id ?? ulidOf(Math.max(0, now), JSON.stringify(silence)), ...silence };
}

/** The matchers of a request, or what is wrong with them. One of them has to need a value, as a silence of all alerts is never meant. */
export function silenceMatchersOf(given: SilenceRequest['matchers']): readonly WrittenMatcher[] | SilenceFault {
  const matchers: WrittenMatcher[] = [];
  let narrows = false;
  for (const [i, each] of given.entries()) {
    try {
      const { accepts, ...matcher } = typeof each === 'string' ? parseMatcher(each) : compileMatcher(matcherOf(each));
      matchers.push(matcher);
      narrows ||= !accepts('');
    } catch (error) {
      if (!(error instanceof MatcherError)) throw error;
      return faultAt(`/matchers/${i}`, error.message);
    }
  }
  return narrows ? matchers : faultAt('/matchers', 'fit alerts without any of these labels; at least one that no empty value fulfils is needed');
}

function matcherOf({ name, value, isRegex, isEqual = true }: SilenceMatcher): WrittenMatcher {
  if (typeof name !== 'string' || name === '' || typeof value !== 'string') throw new MatcherError('has no name and value; name, value and isRegex are needed');
  return { name, value, operator: isEqual ? (isRegex ? '=~' : '=') : isRegex ? '!~' : '!=' };
}

function faultAt(pointer: string, detail: string): SilenceFault {
  return { fault: { pointer, detail } };
}
