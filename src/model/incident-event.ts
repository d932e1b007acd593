// What the event stream says of an incident that changed.

import type { Incident, IncidentStatus } from './incident.ts';
import type { Severity } from './severity.ts';
import { formatInstant } from './time.ts';

/** An incident as it stood after a commit that changed it. */
export interface IncidentEvent {
  readonly id: string;
  readonly status: IncidentStatus;
  readonly severity: Severity;
  readonly title: string;
  readonly alertCount: number;
  readonly updatedAt: string;
}

/** What is told of an incident. */
export function incidentEvent({ id, status, severity, title, alertCount, updatedAt }: Incident): IncidentEvent {
  return { id, status, severity, title, alertCount, updatedAt: formatInstant(updatedAt) };
}
