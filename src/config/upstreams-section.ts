// `upstreams`: the Alertmanagers whose open alerts are compared with those here.

import type { Upstream } from './config.ts';
import { readAuthorization, readBasic } from './credentials-setting.ts';
import { fault, readList, readMap, type Setting } from './setting.ts';
import { given, readName, readUrl } from './setting-value.ts';

/** Reads the section `upstreams`. */
export function readUpstreams(setting: Setting): readonly Upstream[] {
  const upstreams: Upstream[] = [];
  for (const item of readList(setting)) {
    const fields = readMap(item, { known: ['url', 'receiver', 'basic_auth', 'authorization'] });
    if (fields === null) continue;
    if (!fields.has('url')) fault(item, 'has no url; that of an Alertmanager is needed, such as http://alertmanager:9093');
    const url = given(fields.get('url'), readUrl)?.replace(/\/+$/, '');
    const upstream = {
      receiver: given(fields.get('receiver'), readName),
      basic: given(fields.get('basic_auth'), readBasic),
      authorization: given(fields.get('authorization'), readAuthorization),
    };
    if (url === undefined) continue;
    if (upstreams.some((other) => other.url === url)) fault(item, 'is an earlier one as well; each is needed once');
    upstreams.push({ url, ...upstream });
  }
  return upstreams;
}
