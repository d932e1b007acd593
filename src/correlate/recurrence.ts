// An alert that ended comes back: whether it is the same trouble as that of the incident that it was in.

import type { Incident } from '../model/incident.ts';
import type { Milliseconds } from '../model/time.ts';
import type { Arrival } from './arrival.ts';
import { rarity } from './chance.ts';
import type { Constants } from './constants.ts';

/**
 * The rate per millisecond at which an alert comes back to its own incident: the sooner the shorter it
 * fired. While other trouble of the incident goes on that is rare and fresh, later than by itself; what has
 * been stuck for hours keeps nothing together.
 */
export function recurrence(arrival: Arrival, incident: Incident, c: Constants): number {
  if (arrival.endedAt === null) return 0;
  const gap = Math.max(0, arrival.at - arrival.endedAt);
  const byItself = rarity(arrival.rate, c) * fading(gap, c.recurAlone * arrival.lasted, c);
  let alive = 0;
  for (const part of incident.parts) {
    if (part.firing > 0) alive = Math.max(alive, rarity(part.rate, c) / (1 + Math.max(0, arrival.at - part.lastAt) / c.recurFresh));
  }
  const halves = Math.min(c.recurMost, Math.max(c.recurLeast, c.recurShare * arrival.lasted));
  return Math.max(byItself, alive * fading(gap, halves, c));
}

function fading(gap: Milliseconds, halves: Milliseconds, c: Constants): number {
  return halves === 0 ? 0 : (c.recur / halves) * 2 ** (-gap / halves);
}
