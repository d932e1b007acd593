// How an incident keeps count of the entities that take part in it.

import type { EntityPart } from '../model/incident.ts';
import { DOMAINS, type Domain, type Severity, worst } from '../model/severity.ts';
import type { Instant } from '../model/time.ts';

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
}

/** The parts after an onset, and whether an entity came that was not there. */
export function withOnset(parts: readonly EntityPart[], onset: PartOnset): { readonly parts: readonly EntityPart[]; readonly spread: boolean } {
  const i = indexOf(parts, onset.entity);
  const part = parts[i];
  if (part === undefined) {
    const entity = parts.length < MOST_PARTS ? onset.entity : null;
    const { domain, severity, at, fingerprint, rule } = onset;
    return { parts: [...parts, { entity, domain, severity, firstAt: at, lastAt: at, fingerprint, rule, alerts: 1, firing: 1 }], spread: true };
  }
  const changed: EntityPart = {
    ...part,
    severity: worst(part.severity, onset.severity),
    lastAt: onset.at,
    alerts: part.alerts + (onset.joins ? 1 : 0),
    firing: part.firing + (onset.starts ? 1 : 0),
  };
  return { parts: parts.with(i, changed), spread: false };
}

/** The parts after an alert on an entity ended. */
export function withEnd(parts: readonly EntityPart[], entity: string | null): readonly EntityPart[] {
  const i = indexOf(parts, entity);
  const part = parts[i];
  return part === undefined ? parts : parts.with(i, { ...part, firing: Math.max(0, part.firing - 1) });
}

function indexOf(parts: readonly EntityPart[], entity: string | null): number {
  const own = parts.findIndex((part) => part.entity === entity);
  return own === -1 && parts.length >= MOST_PARTS ? parts.findIndex((part) => part.entity === null) : own;
}

/** The domains of an incident's alerts with one more, in the order of `DOMAINS`. */
export function withDomain(domains: readonly Domain[], domain: Domain): readonly Domain[] {
  return domains.includes(domain) ? domains : DOMAINS.filter((known) => known === domain || domains.includes(known));
}
