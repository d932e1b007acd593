// Alerts that are held back: put off, told of after all, or over before people had to hear of them.

import { type AlertState, alertWith, type Hold } from '../../model/alert.ts';
import type { Suppression } from '../../model/evidence.ts';
import { type Incident, incidentWith, isHushed } from '../../model/incident.ts';
import { formatInstant, type Instant, MINUTE, type Milliseconds, SECOND } from '../../model/time.ts';
import type { Draft } from '../draft.ts';
import type { Policy } from '../policy.ts';
import { addReceivers } from '../receivers.ts';
import { owe } from '../settle.ts';
import { touch } from '../touch.ts';
import { addToDigest, canCarryDigest } from './digest.ts';
import { heldIn, hushOn, isHush } from './hush.ts';
import type { HoldVerdict } from './outcome.ts';
import { ruleVerdict } from './rule.ts';
import { addToStorm, noteInStorm } from './storm-message.ts';

/** Records that an alert is held back and has it looked at again when that is over. */
export function holdBack(draft: Draft, incident: Incident, alert: AlertState, hold: Hold, now: Instant, policy: Policy): void {
  draft.setAlert(alertWith(alert, { hold }));
  if (hold.reason === 'storm') addToStorm(draft, alert, hold, now, policy);
  draft.timers.push({ due: lookAt(hold, now), kind: 'hold', id: alert.fingerprint });
  if (hold.since === now) recordHold(draft, incident, alert, hold, now);
}

function recordHold(draft: Draft, incident: Incident, alert: AlertState, hold: Hold, now: Instant): void {
  const what = alert.entity === null ? alert.rule : `${alert.rule} on ${alert.entity}`;
  const summary = isHush(hold) ? `${what} is ${hold.reason}` : `${what} is held back until ${clock(hold.until)}`;
  draft.record(incident.id, { at: now, kind: 'held', summary, evidence: hold.evidence, fingerprint: alert.fingerprint });
}

/** Holds an alert that fires because it is silenced or inhibited, whatever was decided before; answers the incident as it then is. */
export function holdHushed(draft: Draft, incident: Incident, alert: AlertState, { kind: _, ...hush }: HoldVerdict, now: Instant): Incident {
  const before = alert.hold;
  const first = before === null ? ({ received: 0, routes: [], told: true } as const) : before;
  const hold: Hold = { ...first, ...hush, since: before?.reason === hush.reason ? before.since : now };
  if (before?.reason === hold.reason && before.until === hold.until && before.evidence[0]?.summary === hold.evidence[0]?.summary) return incident;
  draft.setAlert(alertWith(alert, { hold }));
  draft.timers.push({ due: hold.until, kind: 'hold', id: alert.fingerprint });
  if (before?.reason !== hold.reason) recordHold(draft, incident, alert, hold, now);
  const counted = heldIn(incident, before, hold);
  if (incident.audibleAt !== null && isHushed({ ...incident, ...counted })) return touch(draft, incident, now, counted, { news: 'shown' });
  const next = incidentWith(incident, counted);
  draft.setIncident(next);
  draft.reconsider(next.id);
  return next;
}

/** Records what would have been held back by a mechanism that only watches. */
export function observe(draft: Draft, incident: Incident, alert: AlertState, verdict: HoldVerdict, now: Instant): void {
  const { reason, rule, until, evidence } = verdict;
  const { fingerprint, startsAt } = alert;
  draft.suppress({ fingerprint, startsAt: startsAt.text, incidentId: incident.id, reason, rule, since: now, until, outcome: 'observed', evidence });
  const what = alert.entity === null ? alert.rule : `${alert.rule} on ${alert.entity}`;
  draft.record(incident.id, {
    at: now,
    kind: 'observed',
    summary: `${what} would have been held back as ${reason} until ${clock(until)}`,
    evidence,
    fingerprint,
  });
}

/** Tells of every alert of an incident that was held back and fires still: something else of it is told. */
export function releaseAll(draft: Draft, incident: Incident, now: Instant, policy: Policy): Incident {
  let released = incident;
  for (const alert of draft.alertsIn(incident.id))
    if (alert.hold?.alone === false) released = release(draft, released, alert, 'its incident is told of', now, policy);
  return released;
}

/** Tells of an alert after all, unless it is silenced or inhibited. */
export function release(draft: Draft, incident: Incident, alert: AlertState, why: string, now: Instant, policy: Policy): Incident {
  const { hold } = alert;
  if (hold === null) return incident;
  const hush = hushOn(draft, alert, now, policy);
  if (hush !== null) return holdHushed(draft, incident, alert, hush, now);
  const ruled = isHush(hold) ? heldByRule(draft, alert, hold, now, policy) : null;
  if (ruled !== null) {
    const held = incidentWith(incident, heldIn(incident, hold, ruled));
    draft.setIncident(held);
    holdBack(draft, held, alert, ruled, now, policy);
    return held;
  }
  draft.setAlert(alertWith(alert, { hold: null }));
  const what = alert.entity === null ? alert.rule : `${alert.rule} on ${alert.entity}`;
  draft.record(incident.id, { at: now, kind: 'released', summary: `${what} is told of: ${why}`, evidence: hold.evidence, fingerprint: alert.fingerprint });
  if (hold.reason !== 'flapping') draft.suppress(recordOf(alert, hold, 'released', now));
  if (hold.reason === 'storm') noteInStorm(draft, alert, hold, 'told', policy);
  const audible = { audibleAt: incident.audibleAt ?? hold.since, ...heldIn(incident, hold, null) };
  const told = touch(draft, incident, now, audible, { news: 'major' });
  const routed = addReceivers(draft, told, hold.routes, now, policy);
  const owing = incidentWith(routed, { owed: owe(routed.owed, routed.version, hold.received) });
  draft.setIncident(owing);
  return owing;
}

/** The hold of a rule of the configuration that would have held an alert, had it not been silenced or inhibited; null when none would. */
function heldByRule(draft: Draft, { fingerprint }: AlertState, hold: Hold, now: Instant, policy: Policy): Hold | null {
  const counted = (mark: string, within: Milliseconds) => draft.countMarked(mark, fingerprint, now - within);
  const verdict = ruleVerdict(hold.rules ?? [], policy.suppression.rules, { counted, canDigest: canCarryDigest(hold, policy), now });
  if (verdict?.kind !== 'hold') return null;
  const { kind: _, ...decided } = verdict;
  return { ...hold, ...decided, since: now };
}

/** Books a held alert that ended, or of which nobody could be told: nobody has to be. `received` counts the received alerts that ended it. */
export function endHeld(draft: Draft, incident: Incident | null, alert: AlertState, hold: Hold, received: number, now: Instant, policy: Policy): void {
  const flapping = hold.reason === 'flapping' && alert.flapping !== null ? { ...alert.flapping, swings: alert.flapping.swings + 1 } : alert.flapping;
  draft.setAlert(alertWith(alert, { hold: null, flapping }));
  draft.ledger.move(hold.received + received, 'pending', { suppressed: hold.reason });
  if (hold.digest) addToDigest(draft, alert, hold, now, policy);
  if (hold.reason === 'storm') noteInStorm(draft, alert, hold, 'ended', policy);
  if (hold.reason !== 'flapping') draft.suppress(recordOf(alert, hold, 'untold', now));
  if (incident !== null && (!hold.alone || isHush(hold))) draft.setIncident(incidentWith(incident, heldIn(incident, hold, null)));
}

function recordOf(alert: AlertState, hold: Hold, outcome: 'untold' | 'released', now: Instant): Suppression {
  const { fingerprint, startsAt, membership } = alert;
  const { reason, rule, since, evidence } = hold;
  return { fingerprint, startsAt: startsAt.text, incidentId: membership?.incidentId ?? null, reason, rule, since, until: now, outcome, evidence };
}

function clock(at: Instant): string {
  return formatInstant(Math.ceil(at / SECOND) * SECOND).slice(11, 19);
}

/** How often it is looked whether a rule of the configuration still holds an alert back: its time intervals may end. */
const RULE_LOOK: Milliseconds = 5 * MINUTE;

/** When a held alert is looked at next. */
export function lookAt(hold: Hold, now: Instant): Instant {
  if (hold.reason !== 'rule') return hold.until;
  // What ended counts for a while still, so it is asked again when that may be over.
  const windows = [hold.conditions?.when, hold.conditions?.unless].flatMap((condition) => condition?.within ?? []);
  const step = Math.min(RULE_LOOK, Math.max(MINUTE, ...windows));
  return Math.min(hold.until, hold.since + step * (Math.floor((now - hold.since) / step) + 1));
}
