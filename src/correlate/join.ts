// Which open incident an alert belongs to.

import type { Evidence } from '../model/evidence.ts';
import type { EntityPart, Incident } from '../model/incident.ts';
import { compareText } from '../model/labels.ts';
import { formatDuration, type Instant } from '../model/time.ts';
import type { Neighbour, Topology } from '../model/topology.ts';
import type { CorrelationPolicy } from './policy.ts';

/** What is known of an alert when it looks for its incident. */
export interface Arrival {
  readonly entity: string | null;
  readonly at: Instant;
}

/** An incident to join, and why. */
export interface Joining {
  readonly incident: Incident;
  readonly because: readonly Evidence[];
}

/** What joining may look at. */
export interface JoinView {
  incidentsOn(entity: string): Iterable<Incident>;
  readonly topology: Topology;
  readonly policy: CorrelationPolicy;
}

/**
 * Finds the incident that an alert joins: one that its own entity takes part in, while that still
 * fires or within `window` of its last onset; else one of a neighbour within `maxHops` steps whose
 * last onset lies within `window`. The nearest wins, then the latest onset, then the older incident.
 * Null when there is none, and for an alert that names no entity.
 */
export function findIncident(arrival: Arrival, view: JoinView): Joining | null {
  if (arrival.entity === null) return null;
  const own = best(view.incidentsOn(arrival.entity), arrival.entity, (part) => part.firing > 0 || arrival.at - part.lastAt <= view.policy.window);
  if (own !== null) return { incident: own.incident, because: [sameEntity(own.part)] };
  let nearest: { readonly incident: Incident; readonly part: EntityPart; readonly neighbour: Neighbour } | null = null;
  for (const neighbour of view.topology.neighbours(arrival.entity, view.policy.maxHops)) {
    if (nearest !== null && neighbour.hops > nearest.neighbour.hops) break;
    const found = best(view.incidentsOn(neighbour.entity), neighbour.entity, (part) => arrival.at - part.lastAt <= view.policy.window);
    if (found !== null && (nearest === null || preferred(found, nearest))) nearest = { ...found, neighbour };
  }
  if (nearest === null) return null;
  return { incident: nearest.incident, because: [nearby(arrival.entity, nearest.neighbour), lag(arrival.at, nearest.part)] };
}

interface Candidate {
  readonly incident: Incident;
  readonly part: EntityPart;
}

function best(incidents: Iterable<Incident>, entity: string, near: (part: EntityPart) => boolean): Candidate | null {
  let chosen: Candidate | null = null;
  for (const incident of incidents) {
    if (incident.status === 'resolved') continue;
    const part = incident.parts.find((p) => p.entity === entity);
    if (part === undefined || !near(part)) continue;
    if (chosen === null || preferred({ incident, part }, chosen)) chosen = { incident, part };
  }
  return chosen;
}

function preferred(a: Candidate, b: Candidate): boolean {
  if (a.part.lastAt !== b.part.lastAt) return a.part.lastAt > b.part.lastAt;
  return compareText(a.incident.id, b.incident.id) < 0;
}

function sameEntity(part: EntityPart): Evidence {
  return {
    kind: 'same-entity',
    summary:
      part.firing > 0
        ? `${part.entity} has ${part.firing} firing ${part.firing === 1 ? 'alert' : 'alerts'} here`
        : `${part.entity} lately had ${part.alerts === 1 ? 'an alert' : `${part.alerts} alerts`} here`,
    value: part.alerts,
  };
}

function nearby(entity: string, neighbour: Neighbour): Evidence {
  const steps = neighbour.hops === 1 ? '1 step' : `${neighbour.hops} steps`;
  const summary = {
    upstream: `${entity} depends on ${neighbour.entity} (${steps}), which has alerts here`,
    downstream: `${neighbour.entity}, which has alerts here, depends on ${entity} (${steps})`,
    beside: `${entity} and ${neighbour.entity}, which has alerts here, depend on the same thing (${steps})`,
  }[neighbour.direction];
  return { kind: 'topology', summary, value: neighbour.hops };
}

function lag(at: Instant, part: EntityPart): Evidence {
  const seconds = Math.round((at - part.lastAt) / 1000);
  return { kind: 'time', summary: `came ${formatDuration(at - part.lastAt)} after the latest alert on ${part.entity}`, value: seconds };
}
