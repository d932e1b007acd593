// What people hear of an alert that fires: news of its incident, later if at all, or nothing but a count.

import { type AlertState, alertWith, type Hold, type Membership } from '../model/alert.ts';
import { type Incident, incidentWith } from '../model/incident.ts';
import { worse } from '../model/severity.ts';
import { DAY, type Instant } from '../model/time.ts';
import { account } from './accounting.ts';
import { changePercent, withChange } from './baseline/change-flags.ts';
import { usualDelay } from './baseline/series.ts';
import type { Draft } from './draft.ts';
import type { Firing } from './firing.ts';
import { guarded } from './guard.ts';
import { canCarryDigest } from './hold/digest.ts';
import { endFlapping } from './hold/flapping.ts';
import { holdBack, observe, release } from './hold/held.ts';
import { heldIn, hushOn, isHush } from './hold/hush.ts';
import { otherwise } from './hold/otherwise.ts';
import type { HoldVerdict, Verdict } from './hold/outcome.ts';
import { verdictOf } from './hold/verdict.ts';
import { habitTimeOf, type Observed } from './observe.ts';
import type { Place } from './place.ts';
import type { Policy } from './policy.ts';
import { addReceivers } from './receivers.ts';
import { touch, type Weight } from './touch.ts';

/** An alert that fires, and where it went. */
export interface Onset {
  readonly firing: Firing;
  /** The alert as it now is, and as it was before. */
  readonly alert: AlertState;
  readonly known: AlertState | undefined;
  readonly place: Place;
  readonly membership: Membership;
  readonly observed: Observed;
  /** How many received alerts say so, for the ledger. */
  readonly received: number;
}

/** Decides it and books the alert; `before` is the incident as it was without the alert. */
export function voice(draft: Draft, incident: Incident, before: Incident, onset: Onset, now: Instant, policy: Policy): Incident {
  const { firing, alert, known, received } = onset;
  const { hold } = known ?? { hold: null };
  const hush = hushOn(draft, alert, now, policy);
  if (hold !== null && hush === null && (isHush(hold) || (hold.reason !== 'rule' && rises(onset)))) {
    const why = isHush(hold) ? 'it fires anew, and nothing silences or inhibits it' : `its severity rose to ${firing.severity}`;
    const released = release(draft, incident, { ...alert, hold }, why, now, policy);
    const told = touch(draft, released, now, {}, weightOf(draft, before, onset, now, policy));
    account(draft, told, alert, received, now);
    return told;
  }
  const verdict = hush ?? verdictIn(draft, incident, before, onset, now, policy);
  if (verdict.kind === 'hold') {
    const { kind: _, ...decided } = verdict;
    const next = holdOf({ ...decided, evidence: [...decided.evidence, otherwise(firing.routes, isAudible(before), now)] }, hold, onset, now);
    const held = incidentWith(incident, heldIn(incident, hold, next));
    draft.setIncident(held);
    holdBack(draft, held, alert, next, now, policy);
    return held;
  }
  if (verdict.evidence.length > 0) {
    const entry = { kind: 'not-held', summary: `${firing.rule} is told of at once`, evidence: verdict.evidence, fingerprint: alert.fingerprint };
    draft.record(incident.id, { at: now, ...entry });
  }
  if (verdict.observed !== undefined) observe(draft, incident, alert, verdict.observed, now);
  if (alert.flapping !== null && policy.suppression.flapping.mode === 'on') endFlapping(draft, alert, now);
  if (flaps(onset, policy)) {
    draft.setAlert(alertWith(alert, { flapping: { since: now, swings: 0 } }));
    draft.record(incident.id, {
      at: now,
      kind: 'flapping',
      summary: `${firing.rule} goes on and off${policy.suppression.flapping.mode === 'on' ? '; its swings are counted and not told' : ''}`,
      evidence: [],
      fingerprint: alert.fingerprint,
    });
  }
  const audible = {
    audibleAt: incident.audibleAt ?? (before.version === 0 ? now : before.openedAt),
    ...(incident.hush?.count === 0 ? { hush: null } : {}),
  };
  const told = addReceivers(draft, touch(draft, incident, now, audible, weightOf(draft, before, onset, now, policy)), firing.routes, now, policy);
  account(draft, told, alert, received, now);
  return told;
}

/** The hold of an alert that fires; one that it was held by already goes on, unless it is silenced or inhibited now. */
function holdOf(decided: Omit<HoldVerdict, 'kind'>, hold: Hold | null, { firing, received }: Onset, now: Instant): Hold {
  const rules = isHush(decided) && firing.rules.length > 0 ? { rules: firing.rules } : {};
  if (hold === null) return { ...decided, since: now, received, routes: firing.routes, ...rules };
  const since = hold.reason === decided.reason ? hold.since : now;
  const again = isHush(decided) ? { ...decided, since, routes: firing.routes, ...rules } : {};
  return { ...hold, ...again, received: hold.received + received };
}

/** Whether an alert is worse than when it fired before. */
function rises({ firing, known }: Onset): boolean {
  return known !== undefined && worse(firing.severity, known.severity);
}

/** Whether people were told of an incident that is not over, or are about to be. */
function isAudible({ status, audibleAt }: Incident): boolean {
  return status !== 'resolved' && audibleAt !== null;
}

function verdictIn(draft: Draft, incident: Incident, before: Incident, onset: Onset, now: Instant, policy: Policy): Verdict {
  const { firing, known, observed, membership } = onset;
  if (known?.hold !== null && known?.hold !== undefined) return { kind: 'hold', ...known.hold };
  const { series, rule, lags, storm } = observed;
  const others = new Set(incident.parts.filter(({ firing: count, entity }) => count > 0 && entity !== firing.entity).map(({ entity }) => entity)).size;
  return guarded<Verdict>(
    'deciding whether to hold it back',
    () =>
      verdictOf(
        {
          severity: firing.severity,
          audible: isAudible(before),
          returns: membership.occurrences > 1,
          others,
          series,
          rule,
          silent: known === undefined ? (series === undefined ? null : now - series.at) : now - known.changedAt,
          delay: usualDelay(lags),
          flapping: rises(onset) ? null : (known?.flapping ?? null),
          rules: firing.rules,
          counted: (mark, within) => draft.countMarked(mark, firing.fingerprint, now - within),
          storm,
          canDigest: canCarryDigest(firing, policy),
          local: habitTimeOf(policy.localTime, now),
          now,
        },
        policy.suppression,
      ),
    (evidence) => ({ kind: 'tell', evidence: [evidence] }),
  );
}

/** Whether an alert that people were told of begins to flap by this start. */
function flaps({ membership, observed: { series }, alert }: Onset, { suppression: { flapping } }: Policy): boolean {
  if (flapping.mode === 'off' || series === undefined || membership.occurrences === 1 || alert.flapping !== null) return false;
  return changePercent(withChange(series.flags, alert.changedAt), alert.changedAt) >= flapping.start;
}

/**
 * How much news it is. What is told at once: a rise to critical, a reopening, and what the cause of an incident that
 * somebody has in hand does not explain. What is there already and fires again is lesser news, unless it was silent for a day.
 */
function weightOf(draft: Draft, before: Incident, { firing, known, place, membership }: Onset, now: Instant, policy: Policy): Weight {
  const joins = membership.occurrences === 1;
  const critical = firing.severity === 'critical';
  if (place.kind === 'reopen' || (critical && before.version > 0 && worse(firing.severity, before.severity))) return { news: 'urgent' };
  if ((before.acknowledgedAt !== null || before.snoozedUntil !== null) && critical && joins && !explained(draft, before, firing.entity, policy))
    return { news: 'urgent' };
  const same = before.parts.some((part) => part.entity === firing.entity && part.rule === firing.rule);
  const silent = known?.status === 'resolved' ? now - known.changedAt : 0;
  return { news: before.audibleAt === null || (joins && (critical || !same)) || silent >= DAY ? 'major' : 'minor' };
}

/** Whether the first cause of an incident is, or can make alert, the entity. */
function explained(draft: Draft, incident: Incident, entity: string | null, policy: Policy): boolean {
  const cause = incident.rootCauses[0]?.entity;
  if (cause === undefined || entity === null) return false;
  return cause === entity || draft.topology(policy).relation(entity, cause, policy.correlation.maxHops)?.kind === 'upstream';
}
