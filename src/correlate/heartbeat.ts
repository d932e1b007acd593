// Alerts that always fire, so that their absence tells that the monitoring itself is down: nobody is told that they fire, but that they are missing.

import { type AlertState, alertWith, type Heartbeat, type ReceivedAlert } from '../model/alert.ts';
import { formatDuration, type Instant, MINUTE, type Milliseconds, timestampOf } from '../model/time.ts';
import { suppressAlert } from './accounting.ts';
import type { Draft } from './draft.ts';
import { endAlert } from './end.ts';
import type { Firing } from './firing.ts';
import { fire, stateOf } from './onset.ts';
import type { HeartbeatRule, Policy } from './policy.ts';
import { severityOf } from './severity.ts';

/** A beat may be this late at least, and this many times as late as the latest so far. */
const LEAST: Milliseconds = 10 * MINUTE;
const TIMES = 3;

/** The rule by which an alert is a heartbeat; undefined when it is none. */
export function heartbeatRule({ labels }: Pick<ReceivedAlert, 'labels'>, policy: Policy): HeartbeatRule | undefined {
  return policy.suppression.heartbeats.find(({ matches }) => matches(labels));
}

/** Takes in the first beat: nobody is told. It is judged from the second on. What fired as any other alert before, ends as one. */
export function firstBeat(draft: Draft, firing: Firing, rule: HeartbeatRule, received: number, now: Instant, policy: Policy): void {
  const known = draft.alert(firing.fingerprint);
  if (known?.status === 'firing') endAlert(draft, known, { startsAt: known.startsAt, endsAt: timestampOf(now), by: 'recovery' }, 0, now, policy);
  const heartbeat: Heartbeat = { within: rule.within, longest: 0, absent: false, routes: firing.routes };
  const alert: AlertState = { ...stateOf(firing, null, [], now), heartbeat };
  draft.setAlert(alert);
  draft.ledger.move(received, 'pending', { suppressed: 'heartbeat' });
  suppressAlert(
    draft,
    null,
    alert,
    { reason: 'heartbeat', evidence: { kind: 'heartbeat', summary: `always fires, as ${rule.source} says; its absence is told` } },
    now,
  );
}

/** Takes in a further beat, whether it goes on or began anew; one that was missing is there again. */
export function nextBeat(draft: Draft, known: AlertState, heartbeat: Heartbeat, { startsAt, labels }: ReceivedAlert, now: Instant, policy: Policy): void {
  const next: Heartbeat = { ...heartbeat, longest: heartbeat.absent ? heartbeat.longest : Math.max(heartbeat.longest, now - known.heardAt), absent: false };
  if (heartbeat.absent && known.status === 'firing')
    endAlert(draft, known, { startsAt: known.startsAt, endsAt: timestampOf(now), by: 'recovery' }, 0, now, policy);
  const quiet = draft.alert(known.fingerprint) ?? known;
  const beaten = { startsAt: startsAt ?? quiet.startsAt, rule: labels.get('alertname') ?? '', severity: severityOf(labels, policy.severities).severity };
  draft.setAlert(alertWith(quiet, { ...beaten, status: 'firing', endsAt: null, membership: null, flapping: null, heardAt: now, heartbeat: next }));
  draft.timers.push({ due: missedAt(next, now), kind: 'heartbeat', id: known.fingerprint });
}

/** When a beat is missing, the last one having come at a time. */
export function missedAt({ within, longest }: Heartbeat, heardAt: Instant): Instant {
  return heardAt + (within ?? Math.max(LEAST, TIMES * longest));
}

/** A beat is due: when none came, people are told. */
export function beatDue(draft: Draft, fingerprint: string, now: Instant, policy: Policy): void {
  const known = draft.alert(fingerprint);
  if (known === undefined || known.heartbeat === null || known.heartbeat.absent) return;
  const { heartbeat } = known;
  const due = missedAt(heartbeat, known.heardAt);
  if (due > now) {
    draft.timers.push({ due, kind: 'heartbeat', id: fingerprint });
    return;
  }
  const evidence = [
    { kind: 'heartbeat', summary: `was last heard of ${formatDuration(now - known.heardAt)} ago, where ${formatDuration(missedAt(heartbeat, 0))} are allowed` },
  ];
  const { domain, entity, marks, severity, source } = known;
  const firing: Firing = {
    fingerprint,
    startsAt: timestampOf(now),
    rule: `${known.rule} missing`,
    entity,
    domain,
    severity: severity === 'info' ? 'critical' : severity,
    source,
    compared: [],
    edges: [],
    routes: heartbeat.routes,
    rules: [],
    marks,
    evidence,
  };
  draft.setAlert(alertWith(known, { status: 'resolved', endsAt: timestampOf(known.heardAt) }));
  fire(draft, firing, 0, now, policy);
  const absent = draft.alert(fingerprint);
  if (absent !== undefined) draft.setAlert(alertWith(absent, { heardAt: known.heardAt, heartbeat: { ...heartbeat, absent: true } }));
}
