// The engine: the steps that an event goes through, in order. Each step is a file with one decision.

import { type AlertState, alertWith, type ReceivedAlert } from '../model/alert.ts';
import { isBulletin } from '../model/bulletin.ts';
import type { Change } from '../model/change.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Labels } from '../model/labels.ts';
import { remembered } from '../model/remembered.ts';
import { compareTimestamps, HOUR, type Instant, type Milliseconds, timestampOf } from '../model/time.ts';
import type { Edge } from '../model/topology.ts';
import { unrecoveredBy } from '../model/unrecovered.ts';
import { auditChange } from './audit.ts';
import { DOUBT, verdictOn } from './deduplicate.ts';
import { handOver, report, retry } from './deliver.ts';
import { type DomainReading, domainOf } from './domain.ts';
import type { Draft } from './draft.ts';
import { calmDown, endAlert, forgetAt } from './end.ts';
import { entityOf } from './entity.ts';
import type { EntityNames } from './entity-names.ts';
import type { DeliveryRetried, EngineEvent, TimerFired, WebhookEvent } from './event.ts';
import { fallBackWhenLate } from './fall-back.ts';
import { canLetGo, finish } from './finish.ts';
import type { Firing } from './firing.ts';
import { guarded } from './guard.ts';
import { beatDue, firstBeat, heartbeatRule, nextBeat } from './heartbeat.ts';
import { handOverBulletin, passOnBulletins, reportBulletin, retryBulletin } from './hold/bulletin.ts';
import { holdDue, recheckHeldOn } from './hold/due.ts';
import { silenceMarks } from './hold/hush.ts';
import { inhibitionMarks } from './hold/inhibition.ts';
import { rehushInhibited } from './hold/rehush.ts';
import { marksOf, matchedRules } from './hold/rule.ts';
import { labelEdges } from './label-edges.ts';
import { comparedLabels } from './label-values.ts';
import { metricNamesOf } from './metric-names.ts';
import { fire, stateOf } from './onset.ts';
import { act, type EventResult } from './person.ts';
import type { Policy } from './policy.ts';
import { comparable, redactedDocument, redactedRaw, without } from './redact.ts';
import { reopenResolvedByPerson } from './reopen.ts';
import { expressionOf } from './rule-expression.ts';
import { severityOf } from './severity.ts';
import { endSilence, setSilence, turnSilence } from './silence.ts';
import { wakeUp } from './snooze.ts';
import { staleAt } from './stale.ts';
import { takeHistory } from './take-history.ts';
import { tidy } from './tidy.ts';
import { takeUpstream } from './upstream.ts';
import { type Subject, veiled, veiledSubject } from './veil.ts';

/** How long a change can be named as what came before an alert; older ones leave memory. */
const CHANGES_REMEMBERED: Milliseconds = 24 * HOUR;
/** What an alert is routed by when its own labels cannot be: the route that takes everything. */
const NO_LABELS: Labels = new Map();
const NO_EDGES: readonly Edge[] = [];
/** Who did what nobody gave a name for. */
const ANONYMOUS = 'anonymous';
const NO_MARKS: readonly string[] = [];

/**
 * Decides what an event means. It reads the state through the draft and writes to it what is to be
 * changed, sent and looked at again later; nothing else happens. `now` is event time and not before
 * the draft's clock. Answers a result when somebody waits for one.
 */
export function decide(draft: Draft, event: EngineEvent | TimerFired, now: Instant, policy: Policy): EventResult | null {
  draft.clock = now;
  const result = step(draft, event, now, policy);
  finish(draft, now, policy);
  return result;
}

function step(draft: Draft, event: EngineEvent | TimerFired, now: Instant, policy: Policy): EventResult | null {
  switch (event.kind) {
    case 'webhook':
      takeIn(draft, event, now, policy);
      return null;
    case 'change':
      forgetOldChanges(draft, now);
      takeChange(draft, { ...event.change, entity: veiled(event.change.entity, policy.redaction) }, event.by ?? ANONYMOUS, now);
      return { ok: true, incidentId: null };
    case 'action':
      return act(draft, event, now, policy);
    case 'topology':
      draft.audit({
        at: now,
        by: event.by ?? ANONYMOUS,
        action: 'topology',
        target: null,
        before: { edges: draft.putEdges.length },
        after: { edges: event.edges.length },
        comment: null,
      });
      draft.setEdges(event.edges);
      return { ok: true, incidentId: null };
    case 'config':
      draft.audit({
        at: now,
        by: event.by,
        action: 'reload',
        target: null,
        before: { hash: event.before },
        after: { hash: event.after },
        comment: null,
      });
      return { ok: true, incidentId: null };
    case 'upstream':
      takeUpstream(draft, event, now, policy);
      return null;
    case 'silence':
      return setSilence(draft, event, now, policy);
    case 'silence-end':
      return endSilence(draft, event, now, policy);
    case 'learned':
      return { ok: true, incidentId: null, added: takeHistory(draft, event, now) };
    case 'delivery':
      if (isBulletin(event.deliveryId)) reportBulletin(draft, event, now, policy);
      else report(draft, event, now, policy);
      return null;
    case 'retry':
      return tryAgain(draft, event, now);
    case 'timer':
      fallDue(draft, event, now, policy);
      return null;
  }
}

function takeChange(draft: Draft, change: Change, by: string, now: Instant): void {
  auditChange(draft, change, by, now);
  draft.setChange(change);
}

function tryAgain(draft: Draft, event: DeliveryRetried, now: Instant): EventResult {
  const { deliveryId: target, by } = event;
  const result = isBulletin(target) ? retryBulletin(draft, event, now) : retry(draft, event, now);
  if (result.ok) draft.audit({ at: now, by, action: 'retry', target, before: { status: 'failed' }, after: { status: 'pending' }, comment: null });
  return result;
}

function takeIn(draft: Draft, webhook: WebhookEvent, now: Instant, policy: Policy): void {
  draft.ledger.receive(webhook.malformed.length, 'failed');
  for (const { pointer, detail, raw } of webhook.malformed) draft.fail({ at: now, pointer, detail, raw: redactedRaw(raw, policy.redaction) });
  for (const alert of webhook.alerts) takeAlert(draft, alert, now, policy);
}

function takeAlert(draft: Draft, alert: ReceivedAlert, now: Instant, policy: Policy): void {
  const known = draft.alert(alert.fingerprint);
  if (known !== undefined && known.heartbeat !== null && alert.status === 'firing') {
    draft.ledger.receive(1, 'duplicate');
    nextBeat(draft, known, known.heartbeat, alert, now, policy);
    return;
  }
  const verdict = verdictOn(known, alert);
  if (verdict === 'duplicate' || verdict === 'later-end' || verdict === 'unheard-end') {
    draft.ledger.receive(1, 'duplicate');
    heardAgain(draft, known, alert, now, policy);
    return;
  }
  draft.ledger.receive(1, 'pending');
  if (verdict === 'onset') {
    draft.setDocument(redactedDocument(alert, policy.redaction));
    const received = 1 + (known?.doubtful?.received ?? 0);
    const firing = classify(draft, alert, known, now, policy);
    const beat = heartbeatRule(alert, policy);
    if (beat === undefined) fire(draft, firing, received, now, policy);
    else firstBeat(draft, firing, beat, received, now, policy);
    recheckHeldOn(draft, firing, now, policy);
    rehushInhibited(draft, draft.alert(firing.fingerprint), now, policy);
  } else if (verdict === 'doubtful' && known !== undefined) {
    doubt(draft, known, alert, now, policy);
  } else if (known !== undefined) {
    const startsAt = alert.startsAt ?? known.startsAt;
    endAlert(draft, known, { startsAt, endsAt: alert.endsAt ?? timestampOf(now), by: unrecoveredBy(alert.annotations) ?? 'recovery' }, 1, now, policy);
    recheckHeldOn(draft, known, now, policy);
    rehushInhibited(draft, known, now, policy);
  }
}

function classify(draft: Draft, alert: ReceivedAlert, known: AlertState | undefined, now: Instant, policy: Policy): Firing {
  const { labels, annotations, fingerprint, source, groupKey } = alert;
  const faults: Evidence[] = [];
  const fault =
    <T>(otherwise: T) =>
    (evidence: Evidence) => {
      faults.push(evidence);
      return otherwise;
    };
  const routes = guarded(
    'routing it',
    () => policy.route(labels),
    (evidence) => {
      faults.push(evidence);
      return policy.route(NO_LABELS);
    },
  );
  // A fingerprint stands for its labels: what they were read as holds while the alert is remembered.
  const { entity, edges } =
    known !== undefined && now - known.changedAt < HOUR
      ? { entity: known.entity, edges: NO_EDGES }
      : guarded('finding its entity', () => subjectOf(alert, draft.names(policy), policy), fault({ entity: null, edges: NO_EDGES }));
  const { severity, assumed } = severityOf(labels, policy.severities);
  const facts = { labels, annotations, entity, sourceLink: alert.links.source ?? '', before: known?.domain ?? null };
  const reading = guarded<DomainReading | null>('finding its domain', () => domainOf(facts, policy.domainRules), fault(null));
  return {
    fingerprint,
    startsAt: alert.startsAt ?? timestampOf(now),
    rule: labels.get('alertname') ?? '',
    entity,
    domain: reading?.domain ?? 'unknown',
    severity,
    source,
    compared: comparedLabels(without(labels, policy.redaction.labels), entity, groupKey),
    edges,
    rules: matchedRules(policy.suppression.rules, labels, comparable(labels, policy.redaction)),
    marks: marksIn(draft, labels, now, policy),
    routes,
    evidence: [reading?.evidence, assumed, ...faults].filter((evidence) => evidence !== null && evidence !== undefined),
  };
}

/** The marks by which conditions, inhibitions and silences know an alert. */
function marksIn(draft: Draft, labels: Labels, now: Instant, { suppression, inhibitRules, redaction }: Policy): readonly string[] {
  const values = comparable(labels, redaction);
  const marks = [
    marksOf(suppression.conditions, labels, values),
    inhibitionMarks(inhibitRules, labels, values),
    silenceMarks(draft.allSilences(), labels, now),
  ].filter(({ length }) => length > 0);
  return marks.length > 1 ? marks.flat() : (marks[0] ?? NO_MARKS);
}

/** What an alert is about, and the dependencies that its labels prove, as far as they may be shown. */
function subjectOf({ labels, links }: ReceivedAlert, names: EntityNames, { entityKinds: configured, redaction }: Policy): Subject {
  const metrics = metricsRead(links.source ?? '');
  const read = (of: Labels): Subject => {
    const entity = entityOf(of, configured, names, metrics);
    return { entity, edges: labelEdges(of, entity, { configured, names, metrics }) };
  };
  const found = read(labels);
  if (redaction.labels.size === 0) return found;
  const plain = without(labels, redaction.labels);
  return veiledSubject(found, plain === labels ? found : read(plain), redaction);
}

const metricsRead = remembered((link) => metricNamesOf(expressionOf(link)));

/** A webhook that says nothing new still says that the sender is there, and may settle a doubt. */
function heardAgain(draft: Draft, known: AlertState | undefined, alert: ReceivedAlert, now: Instant, policy: Policy): void {
  if (known === undefined) {
    draft.setDocument(redactedDocument(alert, policy.redaction));
    const unheard = stateOfUnheard(draft, alert, now, policy);
    draft.setAlert(unheard);
    draft.timers.push({ due: forgetAt(unheard), kind: 'forget', id: alert.fingerprint });
    return;
  }
  if (alert.status === 'firing' && known.status === 'firing') {
    draft.longestRedelivery = Math.max(draft.longestRedelivery, now - known.heardAt);
    draft.setAlert(alertWith(known, { heardAt: now }));
    reopenResolvedByPerson(draft, known, now);
    return;
  }
  if (alert.status === 'firing') return;
  const later = alert.startsAt !== null && compareTimestamps(alert.startsAt, known.startsAt) >= 0;
  if (known.doubtful !== null && (later || alert.startsAt === null)) draft.ledger.move(known.doubtful.received, 'pending', 'duplicate');
  const doubtful = later || alert.startsAt === null ? null : known.doubtful;
  if (later || doubtful !== known.doubtful) {
    const whole = later && known.status === 'resolved' && alert.startsAt !== null;
    const episode = whole ? { startsAt: alert.startsAt, endsAt: alert.endsAt ?? known.endsAt } : {};
    draft.setAlert(alertWith(known, { doubtful, heardAt: now, ...episode }));
  }
}

function stateOfUnheard(draft: Draft, alert: ReceivedAlert, now: Instant, policy: Policy): AlertState {
  return alertWith(stateOf(classify(draft, alert, undefined, now, policy), null, [], now), { status: 'resolved', endsAt: alert.endsAt ?? timestampOf(now) });
}

function doubt(draft: Draft, known: AlertState, alert: ReceivedAlert, now: Instant, policy: Policy): void {
  const due = known.doubtful?.due ?? now + DOUBT;
  draft.setDocument(redactedDocument(alert, policy.redaction));
  const doubtful = {
    due,
    received: (known.doubtful?.received ?? 0) + 1,
    routes: policy.route(alert.labels),
    compared: comparedLabels(without(alert.labels, policy.redaction.labels), known.entity, alert.groupKey),
    rules: matchedRules(policy.suppression.rules, alert.labels, comparable(alert.labels, policy.redaction)),
  };
  draft.setAlert(alertWith(known, { heardAt: now, doubtful }));
  if (known.doubtful === null) draft.timers.push({ due, kind: 'doubtful', id: alert.fingerprint });
}

function fallDue(draft: Draft, { timer }: TimerFired, now: Instant, policy: Policy): void {
  switch (timer.kind) {
    case 'deliver':
      handOver(draft, timer.id, now, policy);
      break;
    case 'doubtful':
      believe(draft, timer.id, now, policy);
      break;
    case 'stale':
      expire(draft, timer.id, now, policy);
      break;
    case 'forget':
      forget(draft, timer.id, now);
      break;
    case 'tidy':
      tidy(draft, now);
      passOnBulletins(draft, now, policy);
      break;
    case 'heartbeat':
      beatDue(draft, timer.id, now, policy);
      break;
    case 'hold':
      holdDue(draft, timer.id, now, policy);
      break;
    case 'bulletin':
      handOverBulletin(draft, timer.id, now);
      break;
    case 'silence':
      turnSilence(draft, timer.id, now, policy);
      break;
    case 'fallback':
      fallBackWhenLate(draft, timer.id, now, policy);
      break;
    case 'calm':
      calmDown(draft, timer.id, now);
      break;
    case 'snooze':
      wakeUp(draft, timer.id, now);
      break;
    case 'let-go':
      letGo(draft, timer.id, now, policy);
      break;
  }
}

/** A doubtful firing that nothing contradicted counts as fired again. */
function believe(draft: Draft, fingerprint: string, now: Instant, policy: Policy): void {
  const known = draft.alert(fingerprint);
  if (known === undefined || known.doubtful === null || known.doubtful.due > now) return;
  const { routes, compared, rules, received } = known.doubtful;
  const again = { kind: 'doubtful-firing', summary: 'fires with the start of an episode that was resolved, and no resolve came after it' };
  fire(draft, { ...known, routes, compared, rules, edges: [], evidence: [again] }, received, now, policy);
  rehushInhibited(draft, draft.alert(fingerprint), now, policy);
}

function expire(draft: Draft, fingerprint: string, now: Instant, policy: Policy): void {
  const known = draft.alert(fingerprint);
  // A heartbeat is judged by its own measure, and is missing until it is back.
  if (known === undefined || known.status !== 'firing' || known.heartbeat !== null) return;
  const due = staleAt(known, draft.longestRedelivery, policy);
  if (due > now) draft.timers.push({ due, kind: 'stale', id: fingerprint });
  else endAlert(draft, known, { startsAt: known.startsAt, endsAt: timestampOf(now), by: 'silence' }, 0, now, policy);
  if (due <= now) rehushInhibited(draft, known, now, policy);
}

/** An incident counts an alert once however often it fires, so its alerts are remembered until it is let go. */
function forget(draft: Draft, fingerprint: string, now: Instant): void {
  const known = draft.alert(fingerprint);
  if (known === undefined || known.status === 'firing') return;
  if (known.membership !== null && draft.incident(known.membership.incidentId) !== undefined) return;
  if (forgetAt(known) > now) {
    draft.timers.push({ due: forgetAt(known), kind: 'forget', id: fingerprint });
    return;
  }
  // What was passed over because deciding it failed is accounted for all the same.
  draft.ledger.move((known.hold?.received ?? 0) + (known.doubtful?.received ?? 0), 'pending', 'failed');
  draft.forgetAlert(known);
}

function letGo(draft: Draft, id: string, now: Instant, policy: Policy): void {
  const incident = draft.incident(id);
  if (incident === undefined || !canLetGo(draft, incident, now, policy)) return;
  for (const alert of draft.alertsIn(id)) draft.timers.push({ due: Math.max(now, forgetAt(alert)), kind: 'forget', id: alert.fingerprint });
  draft.letGo(incident);
}

function forgetOldChanges(draft: Draft, now: Instant): void {
  for (const change of draft.recentChanges()) if (now - change.at > CHANGES_REMEMBERED) draft.forgetChange(change.id);
}
