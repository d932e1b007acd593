// `route`: the routing tree as written, each receiver checked to exist.

import type { RouteHours, Timing } from '../model/delivery.ts';
import type { RouteSettings } from '../route/route-tree.ts';
import { readMatcherMap, readMatchers } from './matcher-setting.ts';
import { readReceiverReference } from './receiver-reference.ts';
import { type Fields, fault, isEmpty, readList, readMap, type Setting, warn } from './setting.ts';
import { given, readBoolean, readDuration, readNames, readPositiveDuration } from './setting-value.ts';
import { readIntervalNames, type TimeIntervalSettings } from './time-intervals-section.ts';

const KEYS = {
  known: [
    'receiver',
    'group_by',
    'matchers',
    'match',
    'match_re',
    'continue',
    'group_wait',
    'group_interval',
    'repeat_interval',
    'mute_time_intervals',
    'active_time_intervals',
    'routes',
  ],
};

/** What routes may name: receivers, and time intervals. */
interface Named {
  readonly receivers: ReadonlySet<string>;
  readonly intervals: TimeIntervalSettings;
}

/** Reads the section `route`. */
export function readRoute(setting: Setting, named: Named): RouteSettings {
  const route = readOneRoute(setting, named);
  const fields = route.fields;
  if (fields === null) return route.settings;
  if (!fields.has('receiver')) fault(setting, 'has no receiver; the root route needs one, for alerts that no other route takes');
  for (const key of ['matchers', 'match', 'match_re']) {
    const matchers = fields.get(key);
    if (matchers !== undefined && !isEmpty(matchers))
      fault(matchers, 'is in the root route, which takes every alert; matchers are allowed in the routes below it');
  }
  for (const key of ['mute_time_intervals', 'active_time_intervals']) {
    const intervals = fields.get(key);
    if (intervals !== undefined && !isEmpty(intervals))
      fault(intervals, 'is in the root route, which takes what no other route does; time intervals are allowed in the routes below it');
  }
  const onward = fields.get('continue');
  if (route.settings.continues && onward !== undefined)
    fault(onward, 'is in the root route, which has no route beside it; continue is allowed in the routes below it');
  return route.settings;
}

function readOneRoute(setting: Setting, named: Named): { readonly settings: RouteSettings; readonly fields: Fields | null } {
  const fields = readMap(setting, KEYS);
  if (fields === null) return { settings: { receiver: null, matchers: [], continues: false, timing: {}, hours: null, routes: [] }, fields };
  const settings: RouteSettings = {
    receiver: given(fields.get('receiver'), (name) => readReceiverReference(name, named.receivers)),
    matchers: [
      ...(given(fields.get('match'), (map) => readMatcherMap(map, '=')) ?? []),
      ...(given(fields.get('match_re'), (map) => readMatcherMap(map, '=~')) ?? []),
      ...(given(fields.get('matchers'), readMatchers) ?? []),
    ],
    continues: given(fields.get('continue'), readBoolean) ?? false,
    timing: readTiming(fields),
    hours: readHours(fields, named.intervals),
    routes: given(fields.get('routes'), readList)?.map((child) => readOneRoute(child, named).settings) ?? [],
  };
  const groupBy = fields.get('group_by');
  if (groupBy !== undefined && readNames(groupBy).length > 0)
    warn(groupBy, 'is no more than a hint and has no effect: what belongs together is decided by correlation');
  return { settings, fields };
}

function readHours(fields: Fields, intervals: TimeIntervalSettings): RouteHours | null {
  const [muteIn, activeIn] = ['mute_time_intervals', 'active_time_intervals'].map(
    (key) => given(fields.get(key), (list) => readIntervalNames(list, intervals)) ?? [],
  );
  return muteIn === undefined || activeIn === undefined || muteIn.length + activeIn.length === 0 ? null : { muteIn, activeIn };
}

function readTiming(fields: Fields): Partial<Timing> {
  const groupWait = given(fields.get('group_wait'), readDuration);
  const groupInterval = given(fields.get('group_interval'), readPositiveDuration);
  const repeatInterval = given(fields.get('repeat_interval'), readPositiveDuration);
  return {
    ...(groupWait === null ? {} : { groupWait }),
    ...(groupInterval === null ? {} : { groupInterval }),
    ...(repeatInterval === null ? {} : { repeatInterval }),
  };
}
