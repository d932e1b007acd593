// How an incident keeps count of the entities that take part in it.

import type { AlertState } from '../model/alert.ts';
import { type EntityPart, partWith } from '../model/incident.ts';
import { DOMAINS, type Domain, type Severity, worst } from '../model/severity.ts';
import type { Instant, Milliseconds } from '../model/time.ts';
import type { CarriedLabel } from './label-values.ts';
import { symptomOf } from './symptom.ts';

/** Entities that an incident tells apart; further ones are counted together, without a name. */
const MOST_PARTS = 256;

/** An alert that fires, as far as its entity's part is concerned. */
export interface PartOnset {
  readonly entity: string | null;
  readonly domain: Domain;
  readonly severity: Severity;
  readonly fingerprint: string;
  readonly rule: string;
  readonly at: Instant;
  /** Whether it was not in the incident before, and whether it did not fire before. */
  readonly joins: boolean;
  readonly starts: boolean;
  /** Its chance rate per millisecond, its pace, and the time resolution of its rule. */
  readonly rate: number;
  /** How far its firing again counts as a new sign of the trouble: 1 for what is rare, towards 0 for what fires all the time. */
  readonly weight: number;
  readonly slow: boolean;
  readonly resolution: Milliseconds;
  readonly labels: readonly CarriedLabel[];
}

/** The parts after an onset. */
export function withOnset(parts: readonly EntityPart[], onset: PartOnset): readonly EntityPart[] {
  const i = indexOf(parts, onset.entity, onset.rule);
  const part = parts[i];
  if (part === undefined) {
    const full = parts.length >= MOST_PARTS;
    const entity = full ? null : onset.entity;
    const { domain, severity, at, fingerprint, rule, rate, slow, resolution } = onset;
    const labels = onset.labels.map(({ id }) => id);
    const symptom = symptomOf(rule, domain);
    const first = {
      entity,
      domain,
      severity,
      firstAt: at,
      lastAt: at,
      fingerprint,
      rule,
      alerts: 1,
      firing: 1,
      endedAt: null,
      rate,
      slow,
      resolution,
      symptom,
      labels,
    };
    return [...parts, full ? { ...first, labels: [], others: true } : first];
  }
  const changed = partWith(part, {
    severity: worst(part.severity, onset.severity),
    lastAt: onset.joins ? onset.at : Math.round(part.lastAt + onset.weight * (onset.at - part.lastAt)),
    alerts: part.alerts + (onset.joins ? 1 : 0),
    firing: part.firing + (onset.starts ? 1 : 0),
    rate: onset.rate,
    labels: sharedBy(part.labels, onset.labels),
  });
  return parts.with(i, changed);
}

function sharedBy(labels: readonly number[], others: readonly CarriedLabel[]): readonly number[] {
  return labels.every((id) => others.some((other) => other.id === id)) ? labels : labels.filter((id) => others.some((other) => other.id === id));
}

/** The parts after an alert on an entity ended. */
export function withEnd(parts: readonly EntityPart[], entity: string | null, rule: string, at: Instant): readonly EntityPart[] {
  const i = indexOf(parts, entity, rule);
  const part = parts[i];
  return part === undefined ? parts : parts.with(i, partWith(part, { firing: Math.max(0, part.firing - 1), endedAt: at }));
}

function indexOf(parts: readonly EntityPart[], entity: string | null, rule: string): number {
  const own = parts.findIndex((part) => part.entity === entity && part.rule === rule && part.others !== true);
  return own === -1 && parts.length >= MOST_PARTS ? parts.findIndex((part) => part.others === true) : own;
}

/** The domains of an incident's alerts with one more, in the order of `DOMAINS`. */
export function withDomain(domains: readonly Domain[], domain: Domain): readonly Domain[] {
  return domains.includes(domain) ? domains : DOMAINS.filter((known) => known === domain || domains.includes(known));
}

/** The parts of two incidents as one, where some alerts go over from the other. */
export function mergedParts(
  parts: readonly EntityPart[],
  others: readonly EntityPart[],
  moved: readonly AlertState[],
  known: ReadonlySet<string>,
): readonly EntityPart[] {
  let merged = parts;
  for (const other of others) {
    const going = moved.filter((alert) => isOf(alert, other, others));
    if (going.length === 0) continue;
    const firing = going.filter((alert) => alert.status === 'firing').length;
    // An alert that the incident had before and gets back is counted there already.
    const alerts = going.filter((alert) => !known.has(alert.fingerprint)).length;
    const i = indexOf(merged, other.entity, other.rule);
    const part = merged[i];
    if (part === undefined)
      merged = [
        ...merged,
        merged.length < MOST_PARTS ? partWith(other, { alerts, firing }) : { ...other, entity: null, labels: [], others: true, alerts, firing },
      ];
    else merged = merged.with(i, together(part, other, alerts, firing));
  }
  return merged;
}

function together(part: EntityPart, other: EntityPart, alerts: number, firing: number): EntityPart {
  const first = other.firstAt < part.firstAt ? other : part;
  return partWith(part, {
    fingerprint: first.fingerprint,
    firstAt: first.firstAt,
    lastAt: Math.max(part.lastAt, other.lastAt),
    endedAt: part.endedAt === null ? other.endedAt : Math.max(part.endedAt, other.endedAt ?? 0),
    severity: worst(part.severity, other.severity),
    alerts: part.alerts + alerts,
    firing: part.firing + firing,
    rate: Math.min(part.rate, other.rate),
    labels: part.labels.filter((id) => other.labels.includes(id)),
  });
}

/** The parts of an incident that some alerts have left. */
export function partsWithout(parts: readonly EntityPart[], moved: readonly AlertState[]): readonly EntityPart[] {
  return parts.flatMap((part) => {
    const gone = moved.filter((alert) => isOf(alert, part, parts));
    const alerts = part.alerts - gone.length;
    return alerts === 0 ? [] : [partWith(part, { alerts, firing: Math.max(0, part.firing - gone.filter((alert) => alert.status === 'firing').length) })];
  });
}

function isOf(alert: AlertState, part: EntityPart, parts: readonly EntityPart[]): boolean {
  return parts[indexOf(parts, alert.entity, alert.rule)] === part;
}
