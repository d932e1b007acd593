// `domains`: rules that say which part of the platform an alert speaks of.

import type { DomainRule } from '../correlate/policy.ts';
import { formatMatchers, matchesAll } from '../model/matcher.ts';
import { DOMAINS } from '../model/severity.ts';
import { readMatchers } from './matcher-setting.ts';
import { fault, isEmpty, readList, readMap, type Setting } from './setting.ts';
import { given, readChoice } from './setting-value.ts';

/** Reads the section `domains`, in its order. */
export function readDomains(setting: Setting): readonly DomainRule[] {
  return readList(setting).flatMap((item) => {
    const fields = readMap(item, { known: ['matchers', 'domain'] });
    if (fields === null) return [];
    const list = fields.get('matchers');
    if (list === undefined || isEmpty(list)) fault(item, 'has no matchers; a list of at least one is needed');
    if (!fields.has('domain')) fault(item, `has no domain; one of ${DOMAINS.join(', ')} is needed`);
    const matchers = given(list, readMatchers) ?? [];
    const domain = given(fields.get('domain'), readChoice(DOMAINS));
    return domain === null ? [] : [{ domain, source: formatMatchers(matchers), matches: (labels) => matchesAll(matchers, labels) }];
  });
}
