// Matchers in the file: lists of texts, each of which may hold several, and the older maps.

import { compileMatcher, type Matcher, MatcherError, parseMatchers } from '../model/matcher.ts';
import { type Fields, fault, readEntries, readList, readText, type Setting } from './setting.ts';
import { given } from './setting-value.ts';

/** Reads a list such as `[severity="page", team=~"ml|data"]`; wrong ones are left out, having been noted. */
export function readMatchers(setting: Setting): readonly Matcher[] {
  return readList(setting).flatMap((item) => {
    const text = readText(item);
    return text === null ? [] : attempt(item, () => parseMatchers(text));
  });
}

/** Reads the `matchers` of a map that needs at least one, as without any it would be about every alert. */
export function readNeededMatchers(setting: Setting, fields: Fields): readonly Matcher[] {
  const before = setting.source.faults.length;
  const matchers = given(fields.get('matchers'), readMatchers) ?? [];
  if (matchers.length === 0 && setting.source.faults.length === before) fault(setting, 'has no matchers; a list of at least one is needed');
  return matchers;
}

/** Reads a map of label names and values, as in `match` (operator `=`) and `match_re` (`=~`). */
export function readMatcherMap(setting: Setting, operator: '=' | '=~'): readonly Matcher[] {
  return [...(readEntries(setting) ?? [])].flatMap(([name, item]) => {
    const value = readText(item);
    if (value === null) return [];
    if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)) {
      fault(item, 'is not the name of a label; letters, digits and _ are allowed here, and any name in matchers');
      return [];
    }
    return attempt(item, () => [compileMatcher({ name, operator, value })]);
  });
}

function attempt(setting: Setting, read: () => readonly Matcher[]): readonly Matcher[] {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof MatcherError)) throw error;
    fault(setting, error.message);
    return [];
  }
}
