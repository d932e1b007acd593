// Which incident an alert belongs to, if any: the one it is drawn to most, when that is likelier than chance.

import type { Evidence } from '../model/evidence.ts';
import type { Incident } from '../model/incident.ts';
import { compareText } from '../model/labels.ts';
import { type Attraction, affinityOf, type Surroundings } from './affinity.ts';
import type { Arrival } from './arrival.ts';
import { type Bridge, bridgeBetween } from './bridge.ts';
import { evidenceOf } from './join-evidence.ts';

/** An incident to join, and why. */
export interface Joining {
  readonly incident: Incident;
  readonly because: readonly Evidence[];
  /** Another incident that this alert shows to be the same trouble. */
  readonly bridge: Bridge | null;
}

/** What joining may look at. */
export interface JoinView extends Surroundings {
  /** The incidents in memory that an entity takes part in, and those one of whose parts carries a label's value. */
  incidentsOn(entity: string): Iterable<Incident>;
  incidentsWith(label: number): Iterable<Incident>;
  /** The incident that the alert was in last. */
  readonly own: Incident | null;
  /** Whether an incident can be joined: one that is over can for a while, and is reopened. */
  readonly stillOpen: (incident: Incident) => boolean;
}

/**
 * Finds the incident that an alert joins: the one with the highest rate λ, when λ / (λ + μ) is above
 * `certainty`, μ being the rate at which the alert comes anyway; the older one among equals. Only
 * incidents near the alert's entity in the graph, or that share a rare value of a label, are looked at.
 * Null when there is none.
 */
export function findIncident(arrival: Arrival, view: JoinView): Joining | null {
  const [best, second] = attractions(arrival, view);
  if (best === undefined) return null;
  const certainty = best.affinity.rate / (best.affinity.rate + arrival.rate);
  if (certainty <= view.constants.certainty) return null;
  return {
    incident: best.incident,
    because: evidenceOf(arrival, best.affinity, view.constants),
    bridge: second === undefined ? null : bridgeBetween(arrival, best, second, view),
  };
}

function attractions(arrival: Arrival, view: JoinView): readonly Attraction[] {
  const seen = new Set<string>();
  const found: Attraction[] = [];
  const consider = (incident: Incident): void => {
    if (seen.has(incident.id)) return;
    seen.add(incident.id);
    if (!view.stillOpen(incident)) return;
    const affinity = affinityOf(arrival, incident, incident.id === view.own?.id, view);
    if (affinity.rate > 0) found.push({ incident, affinity });
  };
  if (arrival.entity !== null) {
    for (const entity of view.topology.relations(arrival.entity, view.maxHops).keys()) for (const incident of view.incidentsOn(entity)) consider(incident);
  }
  for (const { id, share } of arrival.labels) if (share <= view.constants.mostShare) for (const incident of view.incidentsWith(id)) consider(incident);
  if (view.own !== null) consider(view.own);
  return found.sort((a, b) => b.affinity.rate - a.affinity.rate || compareText(a.incident.id, b.incident.id));
}
