// Time zones: which there are, and what clock and calendar show in one. Nothing else asks Intl for them.

import type { LocalTime, LocalTimeOf } from '../model/local-time.ts';
import { DAY, daysInMonth, type Instant, MINUTE, type Milliseconds, SECOND } from '../model/time.ts';

/** How many minutes are remembered in a zone. */
const REMEMBERED = 1024;

/** Whether this is the name of a time zone: `UTC`, or one of the IANA database, in any case of letters. */
export function isTimeZone(name: string): boolean {
  if (name === 'UTC') return true;
  // Offsets such as +01:00 are names to newer Nodes only.
  if (!/^[a-z]/i.test(name)) return false;
  try {
    return offsetFormat(name) !== null;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * Makes the function that tells the local time in a zone; throws a `RangeError` when `isTimeZone` is
 * false for its name. It answers for the minute that an instant is in: since February 1972 every zone
 * has changed its offset on a full minute, though not always on a quarter of an hour.
 */
export function localTimeIn(zone: string): LocalTimeOf {
  const format = zone === 'UTC' ? null : offsetFormat(zone);
  const remembered = new Map<Instant, LocalTime>();
  return (at) => {
    const minute = Math.floor(at / MINUTE) * MINUTE;
    let local = remembered.get(minute);
    if (local === undefined) {
      local = civilTime(minute + (format === null ? 0 : offsetAt(format, minute)));
      if (remembered.size >= REMEMBERED) remembered.clear();
      remembered.set(minute, local);
    }
    return local;
  };
}

function offsetFormat(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
}

/** How far ahead of UTC a zone is, from texts such as `GMT`, `GMT-05:00` and `GMT+05:41:16`. */
function offsetAt(format: Intl.DateTimeFormat, at: Instant): Milliseconds {
  const text = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = 0, minutes = 0, seconds = 0] = /^GMT(?:([+-])(\d+):(\d+)(?::(\d+))?)?$/.exec(text) ?? [];
  const size = (Number(hours) * 60 + Number(minutes)) * MINUTE + Number(seconds) * SECOND;
  return sign === '-' ? -size : size;
}

function civilTime(at: Instant): LocalTime {
  const date = new Date(at);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + 1;
  return {
    year,
    month,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    minuteOfDay: Math.floor((((at % DAY) + DAY) % DAY) / MINUTE),
    daysInMonth: daysInMonth(year, month),
  };
}
