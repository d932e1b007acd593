// Decides how a message tells what else is affected: by domain, counted, with the names that matter.

import type { EntityPart, Incident } from '../model/incident.ts';
import { compareText } from '../model/labels.ts';
import { DOMAINS, type Domain, SEVERITIES, type Severity, worst } from '../model/severity.ts';
import { plainText } from './plain-text.ts';

/** What is affected in one domain; all texts are plain. */
export interface AffectedDomain {
  readonly domain: Domain;
  readonly severity: Severity;
  readonly alerts: number;
  readonly firing: number;
  /** The first entities by importance, at most four. */
  readonly entities: readonly string[];
  /** How many entities are not named. */
  readonly moreEntities: number;
}

const MAX_ENTITIES = 4;

/** What is affected, from the machines up to the money; a domain without alerts is left out. */
export function affectedDomains(incident: Pick<Incident, 'parts'>): readonly AffectedDomain[] {
  return DOMAINS.flatMap((domain) => {
    const parts = incident.parts.filter((part) => part.domain === domain).sort(byImportance);
    const first = parts[0];
    if (first === undefined) return [];
    const names = [...new Set(parts.flatMap(({ entity }) => (entity === null ? [] : [plainText(entity, 100)])))];
    return [
      {
        domain,
        severity: parts.reduce((found, part) => worst(found, part.severity), first.severity),
        alerts: parts.reduce((sum, part) => sum + part.alerts, 0),
        firing: parts.reduce((sum, part) => sum + part.firing, 0),
        entities: names.slice(0, MAX_ENTITIES),
        moreEntities: Math.max(0, names.length - MAX_ENTITIES),
      },
    ];
  });
}

function byImportance(a: EntityPart, b: EntityPart): number {
  return (
    Number(a.firing === 0) - Number(b.firing === 0) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    a.firstAt - b.firstAt ||
    compareText(a.entity ?? '', b.entity ?? '')
  );
}
