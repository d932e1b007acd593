// Holds that are over, or whose conditions changed: each alert is judged anew.

import { type AlertState, alertWith, type Hold } from '../../model/alert.ts';
import { learnedKey, type StormRecord } from '../../model/learned.ts';
import { type Instant, MINUTE, type Milliseconds } from '../../model/time.ts';
import type { Draft } from '../draft.ts';
import type { Policy } from '../policy.ts';
import { reopensAt } from '../reopen.ts';
import { endHeld, lookAt, release } from './held.ts';
import { isInForce } from './rule.ts';
import { stormAt } from './storm.ts';

/** How long a hold that is judged anew goes on at a time: what a storm holds, and what a rule does. */
const STORM_FOR: Milliseconds = 30 * MINUTE;
const RULE_FOR: Milliseconds = 24 * 60 * MINUTE;

/** Looks at a held alert whose time has come: it is told of, or held on for a stated reason. */
export function holdDue(draft: Draft, fingerprint: string, now: Instant, policy: Policy): void {
  const known = draft.alert(fingerprint);
  if (known === undefined || known.hold === null) return;
  const { hold } = known;
  if (hold.until > now) {
    recheck(draft, known, hold, now, policy);
    return;
  }
  const longer = holdsOn(draft, known, hold, now, policy);
  if (longer === null) tell(draft, known, hold, hold.reason === 'transient' ? 'it lasted longer than it usually does' : 'its time is over', now, policy);
  else holdOn(draft, known, hold, now + longer);
}

/** Looks again at what is held back depending on an alert that began or ended. */
export function recheckHeldOn(draft: Draft, { marks }: Pick<AlertState, 'marks'>, now: Instant, policy: Policy): void {
  for (const mark of marks) for (const held of draft.heldOn(mark)) if (held.hold !== null) recheck(draft, held, held.hold, now, policy);
}

function recheck(draft: Draft, alert: AlertState, hold: Hold, now: Instant, policy: Policy): void {
  if (hold.reason !== 'rule') return;
  if (!ruleHolds(draft, alert, hold, now, policy)) {
    tell(draft, alert, hold, `what the rule ${JSON.stringify(hold.rule)} depends on has changed`, now, policy);
    return;
  }
  draft.timers.push({ due: lookAt(hold, now), kind: 'hold', id: alert.fingerprint });
}

function holdsOn(draft: Draft, alert: AlertState, hold: Hold, now: Instant, policy: Policy): Milliseconds | null {
  if (hold.reason === 'storm') return stormAt(draft.learned.get<StormRecord>(learnedKey.storm), now) ? STORM_FOR : null;
  if (hold.reason !== 'rule' || !hold.alone) return null;
  const rule = policy.suppression.rules.find(({ name }) => name === hold.rule);
  return rule !== undefined && rule.for === null && ruleHolds(draft, alert, hold, now, policy) ? RULE_FOR : null;
}

function ruleHolds(draft: Draft, alert: AlertState, hold: Hold, now: Instant, policy: Policy): boolean {
  const rule = policy.suppression.rules.find(({ name }) => name === hold.rule);
  const counted = (mark: string, within: Milliseconds) => draft.countMarked(mark, alert.fingerprint, now - within);
  return rule !== undefined && isInForce(rule, hold.conditions ?? { when: null, unless: null }, counted, now);
}

/** Tells of it. When a person resolved its incident, it waits until what is heard firing would reopen that, if anybody would be told. */
function tell(draft: Draft, alert: AlertState, hold: Hold, why: string, now: Instant, policy: Policy): void {
  const incident = alert.membership === null ? undefined : draft.incident(alert.membership.incidentId);
  if (incident !== undefined && incident.status !== 'resolved') {
    release(draft, incident, alert, why, now, policy);
    return;
  }
  const reopens = incident === undefined ? Number.POSITIVE_INFINITY : reopensAt(draft, incident, alert);
  // Once that time is past it is over: when it is heard again, the incident reopens and tells of it.
  if (Number.isFinite(reopens) && now < reopens) holdOn(draft, alert, hold, reopens);
  else endHeld(draft, incident ?? null, alert, hold, 0, now, policy);
}

function holdOn(draft: Draft, alert: AlertState, hold: Hold, until: Instant): void {
  const next = { ...hold, until };
  draft.setAlert(alertWith(alert, { hold: next }));
  draft.timers.push({ due: lookAt(next, draft.clock), kind: 'hold', id: alert.fingerprint });
}
