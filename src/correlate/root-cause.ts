// What most likely caused an incident: entities ranked by how well each explains what alerts, and what does not.

import type { Change } from '../model/change.ts';
import type { Evidence } from '../model/evidence.ts';
import type { EntityPart, RootCause } from '../model/incident.ts';
import { compareText } from '../model/labels.ts';
import { formatDuration, type Instant, type Milliseconds } from '../model/time.ts';
import type { Relation, Topology } from '../model/topology.ts';
import { rarity } from './chance.ts';
import { changeCause } from './change-cause.ts';
import type { Constants } from './constants.ts';

/** How many causes are named at most. */
const MOST_CAUSES = 5;
/** Of a large incident only so many parts are explained, the first to fire. */
const MOST_EXPLAINED = 48;
/** How many entities without an alert of their own are considered. */
const MOST_SILENT = 48;

interface Candidate {
  readonly entity: string;
  readonly part: EntityPart | null;
  readonly weight: number;
  readonly evidence: readonly Evidence[];
  readonly changeId: string | null;
}

/** What ranking looks at. */
export interface RankView {
  readonly topology: Topology;
  readonly changes: Iterable<Change>;
  readonly maxHops: number;
  readonly now: Instant;
  readonly constants: Constants;
}

/**
 * Ranks the likely causes, best first. A candidate's weight is the log-likelihood of what alerts, given
 * that it is the cause, over that of chance, plus what speaks for it beforehand; scores are the softmax of the
 * weights and of that of none of them, tempered so that they mean what they say, to three places: what they lack of 1 is none's.
 */
export function rankCauses(parts: readonly EntityPart[], view: RankView): readonly RootCause[] {
  const named = parts
    .filter((part) => part.entity !== null)
    .sort((a, b) => a.firstAt - b.firstAt || compareText(a.entity ?? '', b.entity ?? '') || compareText(a.rule, b.rule));
  const explained = named.slice(0, MOST_EXPLAINED);
  if (explained.length === 0) return [];
  const scene = sceneOf(explained, view);
  const candidates = [...scene.byEntity.keys(), ...silentEntities(scene)].map((entity) => weigh(entity, scene));
  const { none, temperature } = view.constants.cause;
  const most = candidates.reduce((max, { weight }) => Math.max(max, weight), none);
  const odds = candidates.map(({ weight }) => Math.exp((weight - most) / temperature));
  const total = odds.reduce((sum, o) => sum + o, Math.exp((none - most) / temperature));
  return candidates
    .map((candidate, i) => ({ candidate, score: Math.floor(((odds[i] ?? 0) / total) * 1000) / 1000 }))
    .sort((a, b) => b.candidate.weight - a.candidate.weight || compareText(a.candidate.entity, b.candidate.entity))
    .slice(0, MOST_CAUSES)
    .map(({ candidate, score }, i) => ({
      rank: i + 1,
      score,
      entity: candidate.entity,
      fingerprint: candidate.part?.fingerprint ?? null,
      changeId: candidate.changeId,
      evidence: candidate.evidence,
    }));
}

interface Scene {
  readonly view: RankView;
  readonly parts: readonly { readonly part: EntityPart; readonly weight: number }[];
  readonly byEntity: ReadonlyMap<string, readonly EntityPart[]>;
  /** Entities that alert, and how many steps each stands above each, 0 when it does not. */
  readonly entities: readonly string[];
  readonly above: readonly (readonly number[])[];
  readonly changes: readonly Change[];
  readonly firstAt: Instant;
}

function sceneOf(explained: readonly EntityPart[], view: RankView): Scene {
  const byEntity = new Map<string, EntityPart[]>();
  for (const part of explained) {
    const list = byEntity.get(part.entity ?? '');
    if (list === undefined) byEntity.set(part.entity ?? '', [part]);
    else list.push(part);
  }
  const c = view.constants;
  // Several rules on one entity say less than as many entities.
  const parts = explained.map((part) => ({ part, weight: rarity(part.rate, c) / Math.sqrt(byEntity.get(part.entity ?? '')?.length ?? 1) }));
  const entities = [...byEntity.keys()];
  const above = entities.map((below) => entities.map((entity) => hopsUp(view, below, entity)));
  return { view, parts, byEntity, entities, above, changes: [...view.changes], firstAt: explained[0]?.firstAt ?? 0 };
}

/** How many steps `entity` stands above `below`; 0 when it does not. */
function hopsUp({ topology, maxHops }: RankView, below: string, entity: string): number {
  const relation = topology.relation(below, entity, maxHops);
  return relation?.kind === 'upstream' ? relation.hops : 0;
}

/**
 * How many steps each entity stands below the nearest that hands the trouble of a cause on: the cause
 * itself, or one that alerts and stands below it. What alerts on the way is seen, not guessed. 0 for what the cause does not reach.
 */
function stepsFrom(cause: string, { view, entities, above }: Scene): readonly number[] {
  const steps = entities.map((entity) => hopsUp(view, entity, cause));
  const reached = steps.map((hops, i) => hops > 0 || entities[i] === cause);
  for (let grew = true; grew; ) {
    grew = false;
    for (let p = 0; p < entities.length; p++) {
      if (entities[p] === cause) continue;
      for (let m = 0; m < entities.length; m++) {
        const from = above[p]?.[m] ?? 0;
        const now = steps[p] ?? 0;
        if (from === 0 || reached[m] !== true || (now > 0 && from >= now)) continue;
        steps[p] = from;
        reached[p] = true;
        grew = true;
      }
    }
  }
  return steps;
}

/** Entities without an alert of their own that stand upstream of some that alert. */
function silentEntities({ byEntity, view: { topology, maxHops } }: Scene): readonly string[] {
  const found = new Map<string, number>();
  for (const entity of byEntity.keys()) {
    for (const [other, { kind, hops }] of topology.relations(entity, maxHops)) {
      if (kind === 'upstream' && !byEntity.has(other)) found.set(other, (found.get(other) ?? 0) + 1 / hops);
    }
  }
  return [...found]
    .sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]))
    .slice(0, MOST_SILENT)
    .map(([entity]) => entity);
}

function weigh(entity: string, scene: Scene): Candidate {
  const { view, byEntity } = scene;
  const { constants: c, topology } = view;
  const own = byEntity.get(entity) ?? [];
  const evidence: Evidence[] = [];
  let weight = 0;
  const reached = new Set<string>();
  const steps = own.length > 0 ? stepsFrom(entity, scene) : null;
  for (const { part, weight: importanceOf } of scene.parts) {
    const handed = steps?.[scene.entities.indexOf(part.entity ?? '')] ?? 0;
    const relation = topology.relation(part.entity ?? '', entity, view.maxHops) ?? (handed > 0 ? { kind: 'upstream', hops: Number.POSITIVE_INFINITY } : null);
    if (relation === null) continue;
    const hops = relation.kind === 'upstream' && handed > 0 ? handed : relation.hops;
    // What another one hands on is an effect of what alerts there, whatever sort of trouble the cause has.
    const likely = likelihood(part, relation.kind, hops, hops < relation.hops ? undefined : own[0], c);
    weight += importanceOf * Math.log((c.cause.chance + likely) / c.cause.chance);
    if (relation.kind === 'upstream') reached.add(part.entity ?? '');
  }
  const others = byEntity.size - (own.length > 0 ? 1 : 0);
  if (reached.size > 0) evidence.push(explains(reached.size, others, own.length === 0));
  const first = own[0];
  // An alert that fires all the time is hardly one of its own.
  const heard = Math.max(0, ...scene.parts.filter(({ part }) => part.entity === entity).map(({ weight: w }) => Math.min(1, w * Math.sqrt(own.length))));
  weight += c.cause.silent * (1 - heard);
  if (first === undefined) {
    evidence.push({ kind: 'silent', summary: 'has no alert of its own' });
  } else {
    const behind = first.firstAt - scene.firstAt;
    weight += c.cause.first * heard * 2 ** (-behind / c.cause.firstHalves);
    evidence.push(precedence(first, behind, scene));
  }
  if (first?.domain === 'business') weight += c.cause.business;
  weight -= c.cause.silence * silentShare(entity, scene);
  const change = changeCause(entity, first?.firstAt ?? scene.firstAt, scene.changes, first, c);
  if (change !== null) {
    weight += change.weight;
    if (change.likelier) evidence.unshift(change.evidence);
  }
  return { entity, part: first ?? null, weight, evidence, changeId: change?.likelier === true ? change.change.id : null };
}

/** How likely the cause makes such an alert, by what it reports and how it stands to the cause. */
function likelihood(part: EntityPart, kind: Relation['kind'], hops: number, own: EntityPart | undefined, c: Constants): number {
  const table = c.cause.likely[part.symptom];
  switch (kind) {
    case 'same':
      return table.own;
    case 'upstream': {
      const plausible = own === undefined ? 1 : (c.plausible[own.slow ? 'slow' : own.domain][part.slow ? 'slow' : part.domain] ?? 1);
      return table.down * c.cause.perStep ** (hops - 1) * plausible;
    }
    case 'downstream':
      return table.up * c.cause.perStep ** (hops - 1);
    default:
      return 0;
  }
}

/** Of what depends on the entity directly, the share that does not alert. */
function silentShare(entity: string, { byEntity, view: { topology } }: Scene): number {
  const dependents = topology.dependentsOf(entity);
  if (dependents.length === 0) return 0;
  return dependents.filter((dependent) => !byEntity.has(dependent)).length / dependents.length;
}

function explains(count: number, of: number, silent: boolean): Evidence {
  return {
    kind: 'topology',
    summary:
      of === 1
        ? `the ${silent ? 'only' : 'other'} entity with alerts depends on it`
        : `${count} of the ${of} other entities with alerts ${count === 1 ? 'depends' : 'depend'} on it`,
    value: count,
    observations: of,
  };
}

function precedence(first: EntityPart, behind: Milliseconds, { byEntity, parts }: Scene): Evidence {
  if (byEntity.size === 1) return { kind: 'precedence', summary: 'the only entity with alerts' };
  if (behind > 0)
    return { kind: 'precedence', summary: `first alert ${formatDuration(behind)} after the first of the incident`, value: Math.round(behind / 1000) };
  const next = parts.find(({ part }) => part.entity !== first.entity)?.part;
  const lead = next === undefined ? 0 : next.firstAt - first.firstAt;
  return lead === 0
    ? { kind: 'precedence', summary: 'among the first to fire', value: 0 }
    : { kind: 'precedence', summary: `first to fire, ${formatDuration(lead)} before the next`, value: Math.round(lead / 1000) };
}
