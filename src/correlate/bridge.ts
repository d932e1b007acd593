// Whether an alert that belongs to two incidents shows that they are one.

import type { Evidence } from '../model/evidence.ts';
import type { Incident } from '../model/incident.ts';
import type { Attraction, Pull, Surroundings } from './affinity.ts';
import type { Arrival } from './arrival.ts';

/** An incident that is the same trouble as the one that is joined, and why. */
export interface Bridge {
  readonly incident: Incident;
  readonly evidence: readonly Evidence[];
}

/** How much of an incident one cause has to explain. */
const HALF = 0.5;

/**
 * A bridge is strong evidence only: the alert is drawn to each of the two with odds of `mergeOdds` against
 * chance, by the same entity or a dependency, and one cause explains at least half of what alerts in each.
 * Null otherwise; what is over is not merged.
 */
export function bridgeBetween(arrival: Arrival, one: Attraction, other: Attraction, surroundings: Surroundings): Bridge | null {
  const { mergeOdds } = surroundings.constants;
  const odds = Math.min(one.affinity.rate, other.affinity.rate) / arrival.rate;
  if (odds < mergeOdds || arrival.entity === null) return null;
  if (one.incident.apartFrom.includes(other.incident.id)) return null;
  if (one.incident.status === 'resolved' || other.incident.status === 'resolved') return null;
  if (!isFirm(one.affinity.pull) || !isFirm(other.affinity.pull)) return null;
  const likely = [one, other].flatMap(({ incident }) => incident.rootCauses.slice(0, 2).map(({ entity }) => entity));
  const cause = [arrival.entity, ...likely].find((entity) => [one, other].every(({ incident }) => explained(entity, incident, surroundings) >= HALF));
  if (cause === undefined) return null;
  return {
    incident: other.incident,
    evidence: [
      {
        kind: 'bridge',
        summary: `an alert on ${arrival.entity} belongs to both, with odds of at least ${Math.floor(odds)} to 1`,
        value: Math.floor(odds),
        threshold: mergeOdds,
      },
      { kind: 'common-cause', summary: `${cause} explains at least half of what alerts in each`, threshold: HALF },
    ],
  };
}

function isFirm(pull: Pull | null): boolean {
  const kind = pull?.relation?.kind;
  return kind === 'same' || kind === 'upstream' || kind === 'downstream';
}

/** The share of an incident's entities that are the cause or depend on it. */
function explained(cause: string, incident: Incident, { topology, maxHops }: Surroundings): number {
  const entities = new Set<string>();
  for (const { entity } of incident.parts) if (entity !== null) entities.add(entity);
  if (entities.size === 0) return 0;
  let count = 0;
  for (const entity of entities) {
    const kind = topology.relation(entity, cause, maxHops)?.kind;
    if (kind === 'same' || kind === 'upstream') count += 1;
  }
  return count / entities.size;
}
