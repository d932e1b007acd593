// All that a shell ever decided, and what must be true of it at any time.

import { expect } from 'vitest';
import type { DeliverEffect } from '../../../src/correlate/draft.ts';
import { isHush } from '../../../src/correlate/hold/hush.ts';
import { balances, EMPTY_TOTALS, type Totals } from '../../../src/correlate/ledger.ts';
import type { EngineState, FailedAlert, MemberChange } from '../../../src/correlate/state.ts';
import type { Suppression, TimelineEntry } from '../../../src/model/evidence.ts';
import { type Incident, isHushed } from '../../../src/model/incident.ts';
import type { Decision } from '../../../src/shard/turn.ts';

type Kept = MemberChange['member'];

/** What the store and the people would have by now. */
export class Past {
  readonly incidents = new Map<string, Incident>();
  readonly members = new Map<string, Map<string, Kept>>();
  readonly messages: DeliverEffect[] = [];
  readonly timelines = new Map<string, TimelineEntry[]>();
  readonly suppressions: Suppression[] = [];
  readonly failures: FailedAlert[] = [];
  totals: Totals = EMPTY_TOTALS;

  /** Takes in what was committed. */
  take({ changes, effects }: Decision): void {
    for (const [id, incident] of changes.incidents) this.incidents.set(id, incident);
    for (const { from, to, fingerprint } of changes.moves) {
      const kept = this.members.get(from)?.get(fingerprint);
      this.members.get(from)?.delete(fingerprint);
      if (this.members.get(from)?.size === 0) this.members.delete(from);
      if (kept !== undefined) entry(this.members, to, () => new Map<string, Kept>()).set(fingerprint, kept);
    }
    for (const { incidentId, member } of changes.members.values())
      entry(this.members, incidentId, () => new Map<string, Kept>()).set(member.fingerprint, member);
    for (const { incidentId, entry: line } of changes.timeline) entry(this.timelines, incidentId, (): TimelineEntry[] => []).push(line);
    this.messages.push(...effects);
    this.suppressions.push(...changes.suppressions);
    this.failures.push(...changes.failures);
    this.totals = changes.totals;
  }
}

function entry<V>(map: Map<string, V>, key: string, make: () => V): V {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}

/** Everything that must hold after each commit. */
export function expectSound(state: EngineState, past: Past): void {
  expect(balances(state.totals), 'the ledger adds up').toBe(true);
  expect(state.totals.pending, 'what is pending is owed by an incident, doubtful or held back').toBe(owed(state) + doubtful(state) + held(state));
  expect(state.totals.failed, 'what failed is malformed or could not be told').toBe(
    past.failures.length + sum([...past.incidents.values()].map((i) => i.failedAlerts)),
  );
  for (const incident of past.incidents.values()) expectCounted(incident, past.members.get(incident.id) ?? new Map());
  for (const incident of state.incidents.values()) {
    const kept = [...state.alerts.values()].filter(({ hold, membership }) => hold?.alone === false && membership?.incidentId === incident.id);
    expect(incident.held, `held back in ${incident.id}`).toBe(kept.length);
    const hushed = [...state.alerts.values()].filter(({ hold, membership }) => isHush(hold) && membership?.incidentId === incident.id);
    expect(incident.hush?.count ?? 0, `silenced or inhibited in ${incident.id}`).toBe(hushed.length);
  }
  for (const incident of state.incidents.values())
    if (incident.owed.length > 0) expect(isUnderWay(state, incident) || isHushed(incident), `${incident.id} owes something that will come`).toBe(true);
  for (const alert of state.alerts.values()) {
    if (alert.status !== 'firing') continue;
    const kept = past.members.get(alert.membership?.incidentId ?? '')?.get(alert.fingerprint);
    expect(kept?.status, `${alert.fingerprint} fires in its incident`).toBe('firing');
    expect(state.incidents.has(alert.membership?.incidentId ?? ''), `the incident of ${alert.fingerprint} is remembered`).toBe(true);
  }
  expectOneOpenIncidentEach(past);
}

function expectCounted(incident: Incident, members: ReadonlyMap<string, Kept>): void {
  const kept = [...members.values()];
  const byEntity = (only: (member: Kept) => boolean) => counted(kept.filter(only).map((member) => member.entity));
  const said = (count: (part: Incident['parts'][number]) => number) =>
    counted(incident.parts.flatMap((part) => Array<string | null>(count(part)).fill(part.entity)));
  expect(incident.alertCount, `alertCount of ${incident.id}`).toBe(kept.length);
  expect(incident.firingCount, `firingCount of ${incident.id}`).toBe(kept.filter((member) => member.status === 'firing').length);
  expect(
    said((part) => part.alerts),
    `alerts by entity of ${incident.id}`,
  ).toEqual(byEntity(() => true));
  expect(
    said((part) => part.firing),
    `firing by entity of ${incident.id}`,
  ).toEqual(byEntity((member) => member.status === 'firing'));
  if (incident.firingCount === 0 && incident.calmAt === null) expect(incident.status, `${incident.id} is over, as nothing fires`).toBe('resolved');
  expect(incident.resolvedAt === null, `${incident.id} has an end when it is over`).toBe(incident.status !== 'resolved');
}

function counted(names: readonly (string | null)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[String(name)] = (counts[String(name)] ?? 0) + 1;
  return counts;
}

function expectOneOpenIncidentEach(past: Past): void {
  const seen = new Map<string, string>();
  for (const incident of past.incidents.values()) {
    if (incident.status === 'resolved') continue;
    for (const [fingerprint, { status }] of past.members.get(incident.id) ?? []) {
      if (status !== 'firing') continue;
      expect(seen.get(fingerprint), `${fingerprint} fires in one open incident`).toBe(undefined);
      seen.set(fingerprint, incident.id);
    }
  }
}

function owed(state: EngineState): number {
  return sum([...state.incidents.values()].flatMap((incident) => incident.owed.map((o) => o.count)));
}

function held(state: EngineState): number {
  return sum([...state.alerts.values()].map((alert) => alert.hold?.received ?? 0));
}

function doubtful(state: EngineState): number {
  return sum([...state.alerts.values()].map((alert) => alert.doubtful?.received ?? 0));
}

function isUnderWay(state: EngineState, incident: Incident): boolean {
  return incident.deliveryIds.some((id) => {
    const delivery = state.deliveries.get(id);
    return delivery !== undefined && (delivery.inFlight !== null || delivery.due !== null);
  });
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
