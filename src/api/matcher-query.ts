// Reads the query parameter `matcher`.

import { type Matcher, MatcherError, parseMatcher } from '../model/matcher.ts';
import { Problem } from './problem.ts';

/** The matchers of a query; throws the problem `invalid-matcher`, which names the one that cannot be read. */
export function matchersOf(texts: readonly string[] = []): readonly Matcher[] {
  return texts.map((text, index) => {
    try {
      return parseMatcher(text);
    } catch (error) {
      if (!(error instanceof MatcherError)) throw error;
      throw new Problem({ status: 400, code: 'invalid-matcher', detail: error.message, pointer: `/matcher/${index}` });
    }
  });
}
