// How strongly an alert is drawn to an incident: the rate at which its causes and its members make such alerts.

import type { EntityPart, Incident } from '../model/incident.ts';
import type { Instant, Milliseconds } from '../model/time.ts';
import type { Relation, Topology } from '../model/topology.ts';
import type { Arrival } from './arrival.ts';
import { rarity } from './chance.ts';
import type { Constants } from './constants.ts';
import { type CarriedLabel, sharedOdds, strongestShared } from './label-values.ts';
import { recurrence } from './recurrence.ts';

/** What draws an alert to one part of an incident: factors whose product is a rate per millisecond. */
export interface Pull {
  readonly part: EntityPart;
  /** How the part's entity stands to the alert's; null when only labels relate the two. */
  readonly relation: Relation | null;
  readonly label: CarriedLabel | null;
  /** How likely trouble there makes this alert at all. */
  readonly strength: number;
  /** The density of such a lag, per millisecond, and how present the trouble still is. */
  readonly density: number;
  readonly activity: number;
  /** 1 for a part that hardly ever fires by chance, towards 0 for one that always does. */
  readonly weight: number;
}

/** The attraction of an incident. */
export interface Affinity {
  /** Expected alerts such as this one per millisecond. */
  readonly rate: number;
  /** Of that, what its coming back within its own incident makes. */
  readonly again: number;
  /** The part that draws most; null when none does. */
  readonly pull: Pull | null;
}

/** An incident and how strongly the alert is drawn to it. */
export interface Attraction {
  readonly incident: Incident;
  readonly affinity: Affinity;
}

/** Where entities stand, as far as joining looks. */
export interface Surroundings {
  readonly topology: Topology;
  readonly maxHops: number;
  /** The longest lag that is looked at. */
  readonly window: Milliseconds;
  readonly constants: Constants;
  /** The median lag of alerts of one rule after those of another, as learned; null while too little is known. */
  readonly learnedLag: (first: string, second: string) => Milliseconds | null;
}

/** How strongly an alert is drawn to an incident; `isOwn` says that it was in it last. */
export function affinityOf(arrival: Arrival, incident: Incident, isOwn: boolean, surroundings: Surroundings): Affinity {
  const { constants: c } = surroundings;
  let sum = 0;
  let best = 0;
  let pull: Pull | null = null;
  for (const part of incident.parts) {
    const candidate = pullOf(arrival, part, surroundings);
    if (candidate === null) continue;
    const rate = rateOfPull(candidate);
    sum += rate;
    if (rate <= best) continue;
    best = rate;
    pull = candidate;
  }
  const members = best + c.restWeight * (sum - best);
  const again = isOwn ? recurrence(arrival, incident, c) : 0;
  return { rate: again + c.causesWeight * causesRate(arrival, incident, surroundings) + (1 - c.causesWeight) * members, again, pull };
}

/** The rate of a pull, per millisecond. */
export function rateOfPull({ strength, density, activity, weight }: Pull): number {
  return strength * density * activity * weight;
}

function pullOf(arrival: Arrival, part: EntityPart, surroundings: Surroundings): Pull | null {
  const { topology, maxHops, window, constants: c } = surroundings;
  const lag = Math.abs(arrival.at - part.lastAt);
  if (lag > window) return null;
  const relation = part.entity === null || arrival.entity === null ? null : topology.relation(arrival.entity, part.entity, maxHops);
  const label = strongestShared(arrival.labels, part.labels, lag, c);
  if (relation === null && label === null) return null;
  const byGraph = relation === null ? 0 : plausible(arrival, part, relation, c) * strengthOf(relation, lag, Math.max(arrival.resolution, part.resolution), c);
  const byLabel = label === null ? 0 : labelStrength(label, c);
  const strength = Math.max(byGraph, byLabel);
  if (strength === 0) return null;
  const usual = surroundings.learnedLag(part.rule, arrival.rule) ?? usualLag(arrival, part, byGraph >= byLabel ? relation : null, c);
  return {
    part,
    relation: byGraph >= byLabel ? relation : null,
    label: byGraph >= byLabel ? null : label,
    strength,
    density: lagDensity(lag, usual),
    activity: activityOf(part, arrival.at, usual, c),
    weight: rarity(part.rate, c),
  };
}

/** What the incident's likely causes make by themselves, silent ones too. */
function causesRate(arrival: Arrival, incident: Incident, { topology, maxHops, window, constants: c }: Surroundings): number {
  if (arrival.entity === null) return 0;
  let rate = 0;
  for (const cause of incident.rootCauses) {
    const relation = topology.relation(arrival.entity, cause.entity, maxHops);
    if (relation === null) continue;
    const part = incident.parts.find((p) => p.entity === cause.entity);
    const lag = Math.abs(arrival.at - (part?.firstAt ?? incident.openedAt));
    if (lag > window) continue;
    const usual = usualLag(arrival, part, relation, c);
    const active = part === undefined ? (incident.firingCount > 0 ? 1 : 0) : activityOf(part, arrival.at, usual, c);
    rate += cause.score * strengthOf(relation, lag, 0, c) * lagDensity(lag, usual) * active;
  }
  return rate;
}

/** How likely trouble of an entity makes another alert, by how it stands to it, and how sure that is. */
function strengthOf({ kind, hops, fan, sure }: Relation, lag: Milliseconds, resolution: Milliseconds, c: Constants): number {
  switch (kind) {
    case 'same':
      return c.sameEntity;
    case 'upstream':
      return sure * c.downstream * c.perStep ** (hops - 1);
    case 'downstream':
      return sure * c.upstream * c.perStep ** (hops - 1);
    case 'beside':
      return (sure * c.beside * c.perStep ** (hops - 2)) / fan ** c.fanPower;
    case 'part':
      return lag > Math.max(c.partWithin, c.partResolution * resolution) ? 0 : sure * c.part * c.partPerStep ** (hops - 1);
  }
}

/**
 * How likely, when they share a value: by chance two alerts do so with probability `share`, with a common
 * cause more often; the ratio of both times what relates two of which nothing is known.
 */
function labelStrength(label: CarriedLabel, c: Constants): number {
  return Math.min(c.beside, c.unrelated * sharedOdds(label, c));
}

/** How readily trouble of one sort makes trouble of the other: a full disk hardly makes predictions drift. */
function plausible(arrival: Arrival, part: EntityPart, { kind }: Relation, c: Constants): number {
  const own = arrival.slow ? 'slow' : arrival.domain;
  const other = part.slow ? 'slow' : part.domain;
  if (kind === 'upstream') return c.plausible[other][own] ?? 1;
  if (kind === 'downstream') return c.plausible[own][other] ?? 1;
  return 1;
}

/**
 * The density of a lag whose median is `usual`, per millisecond: (1/M) / (1 + lag/M)², a Lomax distribution
 * of shape 1, as effects are often prompt and at times very late.
 */
export function lagDensity(lag: Milliseconds, usual: Milliseconds): number {
  return 1 / usual / (1 + lag / usual) ** 2;
}

/** The usual lag: that of the effect, longer over more steps, and never finer than the rules resolve time. */
function usualLag(arrival: Arrival, part: EntityPart | undefined, relation: Relation | null, c: Constants): Milliseconds {
  const own = arrival.slow ? c.slowLag : c.lag[arrival.domain];
  const other = part === undefined ? own : part.slow ? c.slowLag : c.lag[part.domain];
  const effect = relation?.kind === 'upstream' ? own : relation?.kind === 'downstream' ? other : Math.max(own, other);
  const resolution = Math.max(arrival.resolution, part?.resolution ?? 0);
  return Math.max(effect * Math.sqrt(Math.max(1, relation?.hops ?? 1)), c.resolutionShare * resolution);
}

/** How present the trouble of a part is: wholly while it fires, then less and less. */
function activityOf(part: EntityPart, at: Instant, usual: Milliseconds, c: Constants): number {
  if (part.firing > 0 || part.endedAt === null) return 1;
  return 2 ** (-Math.max(0, at - part.endedAt) / (c.activityShare * usual));
}
