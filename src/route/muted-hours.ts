// Until when routes are muted, as Alertmanager's TimeMuteStage and TimeActiveStage decide whether they are.

import type { RouteHours } from '../model/delivery.ts';
import { DAY, type Instant, MINUTE, type Milliseconds } from '../model/time.ts';

/** Name of a time interval to whether it is active at an instant. */
type Intervals = ReadonlyMap<string, (at: Instant) => boolean>;

/** How far ahead the end is looked for: what is muted for longer is looked at again then. */
const AHEAD: Milliseconds = 2 * DAY;

/** Whether a route is muted at an instant: in any interval that mutes it, or in none of those that it is active in. */
export function isMuted({ muteIn, activeIn }: RouteHours, intervals: Intervals, at: Instant): boolean {
  const active = (name: string) => intervals.get(name)?.(at) === true;
  return muteIn.some(active) || (activeIn.length > 0 && !activeIn.some(active));
}

/**
 * Makes the function that tells until when routes are all muted, to the minute and two days ahead at most; null when one of
 * them is not muted. What it found last is remembered for each set of routes: it holds until then.
 */
export function mutedUntilIn(intervals: Intervals): (hours: readonly RouteHours[], at: Instant) => Instant | null {
  const found = new Map<string, { readonly from: Instant; readonly until: Instant }>();
  return (hours, at) => {
    const muted = (instant: Instant) => hours.every((each) => isMuted(each, intervals, instant));
    if (!muted(at)) return null;
    const key = JSON.stringify(hours);
    const known = found.get(key);
    if (known !== undefined && known.from <= at && at < known.until) return known.until;
    let until = (Math.floor(at / MINUTE) + 1) * MINUTE;
    while (until < at + AHEAD && muted(until)) until += MINUTE;
    found.set(key, { from: at, until });
    return until;
  };
}
