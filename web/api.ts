// Names what the API answers, by the types made of openapi/winnow.yaml.

import type { components } from '../src/generated/openapi.d.ts';

type Schemas = components['schemas'];

/** Alerts that belong together. */
export type Incident = Schemas['Incident'];
/** An alert as its incident keeps it. */
export type IncidentAlert = Schemas['IncidentAlert'];
/** A likely cause. */
export type RootCause = Schemas['RootCause'];
/** A reason for a decision. */
export type Evidence = Schemas['Evidence'];
/** A decision about an incident. */
export type TimelineEntry = Schemas['TimelineEntry'];
/** What a destination is told of an incident. */
export type Delivery = Schemas['Delivery'];
/** A decision not to tell. */
export type Suppression = Schemas['Suppression'];
/** What became of every alert. */
export type Ledger = Schemas['Ledger'];
/** Whether somebody has it in hand, and whether it is over. */
export type IncidentStatus = Schemas['IncidentStatus'];
/** How bad it is. */
export type Severity = Schemas['Severity'];
/** The part of a platform that it is about. */
export type Domain = Schemas['Domain'];

/** A page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}
