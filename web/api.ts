// Names what the API answers, by the types made of openapi/winnow.yaml.

import type { components } from '../src/generated/openapi.d.ts';

type Schemas = components['schemas'];

/** Documents of the API. */
export type Incident = Schemas['Incident'];
export type IncidentAlert = Schemas['IncidentAlert'];
export type RootCause = Schemas['RootCause'];
export type Evidence = Schemas['Evidence'];
export type TimelineEntry = Schemas['TimelineEntry'];
export type Delivery = Schemas['Delivery'];
export type Suppression = Schemas['Suppression'];
export type Ledger = Schemas['Ledger'];
export type IncidentStatus = Schemas['IncidentStatus'];
export type Severity = Schemas['Severity'];
export type Domain = Schemas['Domain'];

/** A page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}
