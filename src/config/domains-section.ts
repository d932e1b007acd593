// `domains`: rules that say which part of the platform an alert speaks of.

import type { DomainRule } from '../correlate/policy.ts';
import { formatMatchers, matchesAll } from '../model/matcher.ts';
import { DOMAINS } from '../model/severity.ts';
import { readNeededMatchers } from './matcher-setting.ts';
import { fault, readList, readMap, type Setting } from './setting.ts';
import { given, readChoice } from './setting-value.ts';

/** Reads the section `domains`, in its order. */
export function readDomains(setting: Setting): readonly DomainRule[] {
  return readList(setting).flatMap((item) => {
    const fields = readMap(item, { known: ['matchers', 'domain'] });
    if (fields === null) return [];
    const matchers = readNeededMatchers(item, fields);
    if (!fields.has('domain')) fault(item, `has no domain; one of ${DOMAINS.join(', ')} is needed`);
    const domain = given(fields.get('domain'), readChoice(DOMAINS));
    return domain === null ? [] : [{ domain, source: formatMatchers(matchers), matches: (labels) => matchesAll(matchers, labels) }];
  });
}
