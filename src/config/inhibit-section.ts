// `inhibit_rules`: alerts of one kind keep people from hearing of those of another while they fire.

import type { InhibitRule, InhibitSide } from '../correlate/policy.ts';
import { compareText } from '../model/labels.ts';
import { formatMatcher, formatMatchers, type Matcher, matchesAll } from '../model/matcher.ts';
import { contentHash } from './content-hash.ts';
import { readMatcherMap, readMatchers } from './matcher-setting.ts';
import { atKey, type Fields, readList, readMap, readText, type Setting, warn } from './setting.ts';
import { given, readNames } from './setting-value.ts';

const KEYS = {
  known: ['name', 'source_matchers', 'target_matchers', 'equal'],
  tolerated: ['source_match', 'source_match_re', 'target_match', 'target_match_re'],
};

/** Reads the list of rules. */
export function readInhibitRules(setting: Setting): readonly InhibitRule[] {
  return readList(setting).flatMap((item) => {
    const fields = readMap(item, KEYS);
    if (fields === null) return [];
    given(fields.get('name'), readText);
    const [source, target] = [readSide(item, fields, 'source'), readSide(item, fields, 'target')];
    // In one order, so that the same rule has the same id however it is written.
    const equal = [...new Set(given(fields.get('equal'), readNames))].sort(compareText);
    return [{ id: contentHash(written(source), written(target), ...equal), source: sideOf(source), target: sideOf(target), equal }];
  });
}

function readSide(item: Setting, fields: Fields, side: 'source' | 'target'): readonly Matcher[] {
  const matchers = [
    ...(given(fields.get(`${side}_match`), (map) => readMatcherMap(map, '=')) ?? []),
    ...(given(fields.get(`${side}_match_re`), (map) => readMatcherMap(map, '=~')) ?? []),
    ...(given(fields.get(`${side}_matchers`), readMatchers) ?? []),
  ];
  if (matchers.length === 0) warn(atKey(item), `has no ${side}_matchers, so that every alert is its ${side}`);
  return matchers;
}

function sideOf(matchers: readonly Matcher[]): InhibitSide {
  return { matches: (labels) => matchesAll(matchers, labels), text: formatMatchers(matchers) };
}

function written(matchers: readonly Matcher[]): string {
  return matchers.map(formatMatcher).sort(compareText).join(',');
}
