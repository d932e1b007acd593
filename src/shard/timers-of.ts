// The timers that a loaded state asks for: due times are fields of its records, and the queue is rebuilt from them.

import { TIDY_EVERY } from '../correlate/constants.ts';
import { forgetAt } from '../correlate/end.ts';
import { fallbackAt } from '../correlate/fall-back.ts';
import { letGoAt } from '../correlate/finish.ts';
import { missedAt } from '../correlate/heartbeat.ts';
import { lookAt } from '../correlate/hold/held.ts';
import type { Policy } from '../correlate/policy.ts';
import { staleAt } from '../correlate/stale.ts';
import type { EngineState } from '../correlate/state.ts';
import { learnedKey } from '../model/learned.ts';
import { silenceDue } from '../model/silence.ts';
import { TimerQueue } from './timer-queue.ts';

/** Makes the queue of a state: the timers that the engine would have asked for had the process never stopped. */
export function timersOf(state: EngineState, policy: Policy): TimerQueue {
  const timers = new TimerQueue();
  for (const alert of state.alerts.values()) {
    const { fingerprint: id } = alert;
    if (alert.status === 'firing' && alert.heartbeat === null) timers.set({ due: staleAt(alert, state.longestRedelivery, policy), kind: 'stale', id });
    else if (alert.status === 'resolved') timers.set({ due: forgetAt(alert), kind: 'forget', id });
    if (alert.heartbeat !== null && alert.heartbeat.longest > 0 && !alert.heartbeat.absent)
      timers.set({ due: missedAt(alert.heartbeat, alert.heardAt), kind: 'heartbeat', id });
    if (alert.hold !== null) timers.set({ due: lookAt(alert.hold, state.clock), kind: 'hold', id });
    if (alert.doubtful !== null) timers.set({ due: alert.doubtful.due, kind: 'doubtful', id });
  }
  for (const { id, due } of state.bulletins.values()) if (due !== null) timers.set({ due, kind: 'bulletin', id });
  for (const delivery of state.deliveries.values()) {
    if (delivery.due !== null) timers.set({ due: delivery.due.at, kind: 'deliver', id: delivery.id });
    const late = fallbackAt(delivery, policy);
    if (late !== null) timers.set({ due: late, kind: 'fallback', id: delivery.id });
  }
  for (const incident of state.incidents.values()) {
    if (incident.calmAt !== null) timers.set({ due: incident.calmAt, kind: 'calm', id: incident.id });
    if (incident.snoozedUntil !== null) timers.set({ due: incident.snoozedUntil, kind: 'snooze', id: incident.id });
    if (incident.resolvedAt !== null) timers.set({ due: letGoAt(incident.resolvedAt, policy), kind: 'let-go', id: incident.id });
  }
  for (const silence of state.silences.values()) timers.set({ due: silenceDue(silence, state.clock), kind: 'silence', id: silence.id });
  const counts = state.learned.get(learnedKey.counts);
  if (counts !== undefined && 'tidiedAt' in counts) timers.set({ due: counts.tidiedAt + TIDY_EVERY, kind: 'tidy', id: '' });
  return timers;
}
