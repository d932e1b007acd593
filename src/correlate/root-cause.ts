// What most likely caused an incident: its entities ranked by position in the graph and by who was first.

import type { Change } from '../model/change.ts';
import type { Evidence } from '../model/evidence.ts';
import type { EntityPart, RootCause } from '../model/incident.ts';
import { compareText } from '../model/labels.ts';
import type { Domain } from '../model/severity.ts';
import { formatDuration, MINUTE, type Milliseconds } from '../model/time.ts';
import type { Topology } from '../model/topology.ts';

/** How many causes are named at most. */
const MOST_CAUSES = 5;
/** How far down the graph a cause is looked for effects, in steps. */
const REACH = 6;
/** Of a large incident only so many entities are candidates, the first to fire. */
const MOST_CANDIDATES = 48;
/** Weight of explaining all other entities of the incident; each further step counts three quarters. */
const EXPLAINS = 2;
const PER_STEP = 0.75;
/** Weight of having been first, which falls by half for each five minutes behind the first. */
const FIRST = 1;
const FIRST_HALVES = 5 * MINUTE;
/** Weight of depending on another entity that alerts here: an effect rather than a cause. */
const EXPLAINED = -1;
/** What an entity that raises no alert itself has to make up for. */
const SILENT = -1;
/** Faults start further down the stack more often than further up. */
const DOMAIN_PRIOR: Readonly<Record<Domain, number>> = { infra: 0.4, data: 0.3, model: 0.1, application: 0, business: -0.5, unknown: 0 };
/** How long before the first onset on an entity a change of it is worth naming. */
const CHANGE_BEFORE: Milliseconds = 30 * MINUTE;

interface Candidate {
  readonly entity: string;
  readonly part: EntityPart | null;
  readonly weight: number;
  readonly evidence: readonly Evidence[];
  readonly changeId: string | null;
}

/**
 * Ranks the likely causes, best first. A weight adds up what a candidate explains along the graph,
 * how early it was, whether another explains it, and its domain; scores are the softmax of the
 * weights over all candidates, to three places. They order candidates and are not yet calibrated.
 */
export function rankCauses(parts: readonly EntityPart[], topology: Topology, changes: Iterable<Change>): readonly RootCause[] {
  const named = parts.filter((part) => part.entity !== null).sort((a, b) => a.firstAt - b.firstAt || compareText(a.entity ?? '', b.entity ?? ''));
  const considered = named.slice(0, MOST_CANDIDATES);
  const first = considered[0];
  if (first === undefined) return [];
  const alerting = new Map(considered.map((part) => [part.entity ?? '', part]));
  const recent = [...changes];
  const candidates = considered.map((part) => alertingCandidate(part, { alerting, first, second: considered[1], topology, changes: recent }));
  candidates.push(...silentCandidates(alerting, topology));
  const total = candidates.reduce((sum, c) => sum + Math.exp(c.weight), 0);
  return candidates
    .map((candidate) => ({ candidate, score: round(Math.exp(candidate.weight) / total) }))
    .sort((a, b) => b.score - a.score || compareText(a.candidate.entity, b.candidate.entity))
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
  readonly alerting: ReadonlyMap<string, EntityPart>;
  readonly first: EntityPart;
  readonly second: EntityPart | undefined;
  readonly topology: Topology;
  readonly changes: readonly Change[];
}

function alertingCandidate(part: EntityPart, scene: Scene): Candidate {
  const entity = part.entity ?? '';
  const evidence: Evidence[] = [];
  let weight = DOMAIN_PRIOR[part.domain];
  const explained = effectsAmong(entity, scene.alerting, scene.topology);
  if (explained.count > 0) {
    weight += (EXPLAINS * explained.sum) / (scene.alerting.size - 1);
    evidence.push(explains(explained.count, scene.alerting.size - 1));
  }
  const behind = part.firstAt - scene.first.firstAt;
  weight += FIRST * 2 ** (-behind / FIRST_HALVES);
  if (part === scene.first) evidence.push(wasFirst(scene.second === undefined ? null : scene.second.firstAt - part.firstAt));
  else if (behind === 0) evidence.push({ kind: 'precedence', summary: 'among the first to fire', value: 0 });
  else
    evidence.push({ kind: 'precedence', summary: `first alert ${formatDuration(behind)} after the first of the incident`, value: Math.round(behind / 1000) });
  const cause = [...scene.topology.upstreamOf(entity, REACH)].find(([name]) => scene.alerting.has(name));
  if (cause !== undefined) {
    weight += EXPLAINED;
    evidence.push({ kind: 'topology', summary: `depends on ${cause[0]}, which has alerts here too`, value: cause[1] });
  }
  const change = latestChange(entity, part, scene.changes);
  if (change !== null) {
    evidence.push({
      kind: 'change',
      summary: `was changed ${formatDuration(part.firstAt - change.at)} before (${change.kind})`,
      value: Math.round((part.firstAt - change.at) / 1000),
    });
  }
  return { entity, part, weight, evidence, changeId: change?.id ?? null };
}

/** Entities without an alert of their own on which at least two that alert depend, when none that alerts lies between. */
function silentCandidates(alerting: ReadonlyMap<string, EntityPart>, topology: Topology): Candidate[] {
  const seen = new Set<string>();
  const candidates: Candidate[] = [];
  for (const entity of alerting.keys()) {
    const above = topology.upstreamOf(entity, REACH);
    if ([...above.keys()].some((name) => alerting.has(name))) continue;
    for (const name of above.keys()) {
      if (seen.has(name)) continue;
      seen.add(name);
      const explained = effectsAmong(name, alerting, topology);
      if (explained.count < 2) continue;
      candidates.push({
        entity: name,
        part: null,
        changeId: null,
        weight: SILENT + (EXPLAINS * explained.sum) / alerting.size,
        evidence: [explains(explained.count, alerting.size), { kind: 'silent', summary: 'has no alert of its own' }],
      });
    }
  }
  return candidates;
}

function effectsAmong(entity: string, alerting: ReadonlyMap<string, EntityPart>, topology: Topology): { count: number; sum: number } {
  let count = 0;
  let sum = 0;
  for (const [name, hops] of topology.downstreamOf(entity, REACH)) {
    if (!alerting.has(name)) continue;
    count += 1;
    sum += PER_STEP ** (hops - 1);
  }
  return { count, sum };
}

function latestChange(entity: string, part: EntityPart, changes: readonly Change[]): Change | null {
  let latest: Change | null = null;
  for (const change of changes) {
    if (change.entity !== entity || change.at > part.firstAt || part.firstAt - change.at > CHANGE_BEFORE) continue;
    if (latest === null || change.at > latest.at || (change.at === latest.at && compareText(change.id, latest.id) < 0)) latest = change;
  }
  return latest;
}

function explains(count: number, of: number): Evidence {
  return {
    kind: 'topology',
    summary:
      of === 1 ? 'the other entity with alerts depends on it' : `${count} of the ${of} other entities with alerts ${count === 1 ? 'depends' : 'depend'} on it`,
    value: count,
    observations: of,
  };
}

function wasFirst(lead: Milliseconds | null): Evidence {
  if (lead === null) return { kind: 'precedence', summary: 'the only entity with alerts' };
  return {
    kind: 'precedence',
    summary: lead === 0 ? 'among the first to fire' : `first to fire, ${formatDuration(lead)} before the next`,
    value: Math.round(lead / 1000),
  };
}

function round(score: number): number {
  return Math.round(score * 1000) / 1000;
}
