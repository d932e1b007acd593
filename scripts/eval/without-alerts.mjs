// Takes some alerts out of a recording, as if they had never been.

import { keyOf } from './fault-key.mjs';

/** The lines without the alerts whose keys are given; a webhook that held nothing else goes with them. */
export function linesWithout(lines, keys) {
  return lines.flatMap((line) => {
    const event = JSON.parse(line);
    if (!Array.isArray(event.body.alerts)) return [line];
    const alerts = event.body.alerts.filter(({ fingerprint, startsAt }) => !keys.has(keyOf(fingerprint, Date.parse(startsAt))));
    if (alerts.length === event.body.alerts.length) return [line];
    return alerts.length === 0 ? [] : [JSON.stringify({ ...event, body: { ...event.body, alerts } })];
  });
}
