// What sending needs of the store.

import type { AlertDocument, MemberState } from '../model/alert.ts';
import type { Bulletin } from '../model/bulletin.ts';
import type { Delivery, SentReference } from '../model/delivery.ts';
import type { Incident, IncidentStatus } from '../model/incident.ts';
import type { Instant } from '../model/time.ts';
import type { News } from './integration.ts';

/** What a sender last did for a delivery. It is written before and after each attempt, so that a crash in between is known. */
export interface Claim {
  /** Names the message, with the delivery. */
  readonly seq: number;
  /** An attempt is under way or was cut short; it may have arrived or not; it ended. */
  readonly state: 'sending' | 'waiting' | 'uncertain' | 'sent' | 'failed';
  readonly attempts: number;
  /** When the first attempt was made. */
  readonly since: Instant;
  /** What the message showed, once it was sent or given up on. */
  readonly shown: { readonly version: number; readonly status: IncidentStatus } | null;
  readonly reference: SentReference;
  readonly error: string | null;
}

/** The records that messages are made of. */
export interface DeliveryRecords {
  /** A delivery, its incident and the incident's alerts as committed; null when one of the first two is gone. */
  delivery(id: string): Promise<{ readonly delivery: Delivery; readonly incident: Incident; readonly members: readonly MemberState[] } | null>;
  /** A bulletin as committed; null when there is none. */
  bulletin(id: string): Promise<Bulletin | null>;
  /** How many decisions there are about an incident, and those from the given one on, counted from 0; null for none of them. */
  timeline(incidentId: string, from: number | null): Promise<News>;
  documents(fingerprints: readonly string[]): Promise<ReadonlyMap<string, AlertDocument>>;
  claim(deliveryId: string): Promise<Claim | null>;
  setClaim(deliveryId: string, claim: Claim): Promise<void>;
}
