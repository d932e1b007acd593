// What most likely caused an incident: entities ranked by how well each explains what alerts, and what does not.

import type { Change } from '../model/change.ts';
import type { Evidence } from '../model/evidence.ts';
import type { CauseFeedback, EntityPart, RootCause } from '../model/incident.ts';
import { compareText } from '../model/labels.ts';
import { formatDuration, type Instant, type Milliseconds } from '../model/time.ts';
import type { Relation, Topology } from '../model/topology.ts';
import { rarity } from './chance.ts';
import { type ChangeCause, changeCause } from './change-cause.ts';
import type { Constants } from './constants.ts';
import { feedbackOn, withFeedback } from './feedback-weight.ts';

/** How many causes are named at most. */
const MOST_CAUSES = 5;
/** Of a large incident only so many parts are explained, the first to fire. */
const MOST_EXPLAINED = 48;
/** How many entities without an alert of their own are considered. */
const MOST_SILENT = 48;

interface Candidate {
  readonly entity: string;
  /** Its first part, if it alerts itself. */
  readonly part: EntityPart | undefined;
  readonly weight: number;
  /** How many other entities with alerts depend on it. */
  readonly reached: number;
  readonly change: ChangeCause | null;
}

/** What ranking looks at. */
export interface RankView {
  readonly topology: Topology;
  readonly changes: readonly Change[];
  readonly maxHops: number;
  readonly constants: Constants;
  /** What people said of causes; one said to be right comes before all others, one said to be wrong after them. */
  readonly feedback?: readonly CauseFeedback[];
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
  const { feedback = [] } = view;
  const entities = new Set([...scene.entities, ...silentEntities(scene), ...feedback.flatMap(({ entity, correct }) => (correct ? [entity] : []))]);
  const candidates = withFeedback(
    [...entities].map((entity) => weigh(entity, scene)),
    feedback,
    view.constants.cause,
  );
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
      changeId: candidate.change?.likelier === true ? candidate.change.change.id : null,
      evidence: [...feedbackOn(candidate.entity, feedback), ...evidenceOf(candidate, scene)],
    }));
}

interface Scene {
  readonly view: RankView;
  readonly parts: readonly PartInScene[];
  readonly byEntity: ReadonlyMap<string, readonly PartInScene[]>;
  /** Entities that alert, all that stands near each, and how many steps each stands above each, 0 when it does not. */
  readonly entities: readonly string[];
  readonly near: readonly ReadonlyMap<string, Relation>[];
  readonly above: readonly (readonly number[])[];
  readonly changes: readonly Change[];
  readonly firstAt: Instant;
}

interface PartInScene {
  readonly part: EntityPart;
  /** The place of its entity among the entities of the scene. */
  readonly at: number;
  /** Several rules on one entity say less than as many entities. */
  weight: number;
}

function sceneOf(explained: readonly EntityPart[], view: RankView): Scene {
  const byEntity = new Map<string, PartInScene[]>();
  const parts: PartInScene[] = [];
  for (const part of explained) {
    const list = byEntity.get(part.entity ?? '');
    const placed = { part, at: list?.[0]?.at ?? byEntity.size, weight: rarity(part.rate, view.constants) };
    parts.push(placed);
    if (list === undefined) byEntity.set(part.entity ?? '', [placed]);
    else list.push(placed);
  }
  for (const list of byEntity.values()) for (const placed of list) placed.weight /= Math.sqrt(list.length);
  const entities = [...byEntity.keys()];
  const near = entities.map((entity) => view.topology.relations(entity, view.maxHops));
  const above = near.map((relations) => entities.map((entity) => hopsUp(relations, entity)));
  return { view, parts, byEntity, entities, near, above, changes: view.changes, firstAt: explained[0]?.firstAt ?? 0 };
}

/** How many steps an entity stands above the one whose relations are given; 0 when it does not. */
function hopsUp(relations: ReadonlyMap<string, Relation>, entity: string): number {
  const relation = relations.get(entity);
  return relation?.kind === 'upstream' ? relation.hops : 0;
}

/**
 * How many steps each entity stands below the nearest that hands the trouble of a cause on: the cause
 * itself, or one that alerts and stands below it. What alerts on the way is seen, not guessed. 0 for what the cause does not reach.
 */
function stepsFrom(cause: string, { entities, near, above }: Scene): readonly number[] {
  const steps = near.map((relations) => hopsUp(relations, cause));
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
function silentEntities({ byEntity, near }: Scene): readonly string[] {
  const found = new Map<string, number>();
  for (const relations of near) {
    for (const [other, { kind, hops }] of relations) {
      if (kind === 'upstream' && !byEntity.has(other)) found.set(other, (found.get(other) ?? 0) + 1 / hops);
    }
  }
  return [...found]
    .sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]))
    .slice(0, MOST_SILENT)
    .map(([entity]) => entity);
}

function weigh(entity: string, scene: Scene): Candidate {
  const { view, near } = scene;
  const { constants: c } = view;
  const own = scene.byEntity.get(entity) ?? NO_PARTS;
  const first = own[0]?.part;
  const steps = first !== undefined && near.length > 1 ? stepsFrom(entity, scene) : NO_STEPS;
  let weight = 0;
  let reached = 0;
  let seen = 0;
  let rate = Number.POSITIVE_INFINITY;
  for (const { part, at, weight: importance } of scene.parts) {
    const relation = near[at]?.get(entity);
    const handed = steps[at] ?? 0;
    const isFirst = at === seen;
    if (isFirst) seen += 1;
    if (relation === undefined && handed === 0) continue;
    const kind = relation?.kind ?? 'upstream';
    const hops = kind === 'upstream' && handed > 0 ? handed : (relation?.hops ?? handed);
    // What another one hands on is an effect of what alerts there, whatever sort of trouble the cause has.
    const likely = likelihood(part, kind, hops, relation !== undefined && hops >= relation.hops ? first : undefined, c);
    weight += importance * Math.log((c.cause.chance + likely) / c.cause.chance);
    if (kind === 'upstream' && isFirst) reached += 1;
    if (kind === 'same' || (first === undefined && kind === 'upstream')) rate = Math.min(rate, part.rate);
  }
  const heard = heardOf(own);
  weight += c.cause.silent * (1 - heard);
  if (first !== undefined) weight += c.cause.first * heard * 2 ** (-(first.firstAt - scene.firstAt) / c.cause.firstHalves);
  if (first?.domain === 'business') weight += c.cause.business;
  weight -= c.cause.silence * silentShare(entity, scene);
  const change = changeCause(entity, { began: first?.firstAt ?? scene.firstAt, rate }, scene.changes, c);
  if (change !== null) weight += change.weight;
  return { entity, part: first, weight, reached, change };
}

const NO_PARTS: readonly PartInScene[] = [];
const NO_STEPS: readonly number[] = [];

/** How much an entity's alerts are ones of its own: one that fires all the time hardly is. */
function heardOf(own: readonly PartInScene[]): number {
  let heard = 0;
  for (const { weight } of own) heard = Math.max(heard, Math.min(1, weight * Math.sqrt(own.length)));
  return heard;
}

function evidenceOf({ part, reached, change }: Candidate, scene: Scene): readonly Evidence[] {
  const evidence: Evidence[] = [];
  const silent = part === undefined;
  if (change?.likelier === true) evidence.push(change.evidence);
  if (reached > 0) evidence.push(explains(reached, scene.entities.length - (silent ? 0 : 1), silent));
  evidence.push(silent ? { kind: 'silent', summary: 'has no alert of its own' } : precedence(part, part.firstAt - scene.firstAt, scene));
  return evidence;
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
