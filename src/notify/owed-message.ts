// Looks up what a message is to say now: an incident as it stands, or what a bulletin gathered.

import { bulletinKind } from '../model/bulletin.ts';
import type { IncidentStatus } from '../model/incident.ts';
import type { DeliveryRecords } from './delivery-records.ts';
import type { Integration, News, SendOutcome, ViewedAlert } from './integration.ts';
import type { Target } from './target.ts';
import { mostImportant } from './view-order.ts';
import { type Need, needOf, needOfBulletin } from './wish-of.ts';

/** How many alerts a message about an incident shows where its integration does not say. */
export const MOST_VIEWED = 20;

/** Names one message: a delivery or bulletin, and its count. */
export interface MessageName {
  readonly deliveryId: string;
  readonly seq: number;
}

/** What one attempt goes by beside what is to be said. */
export interface Attempt {
  readonly target: Target;
  readonly integration: Integration;
  readonly externalUrl: string | null;
  /** Whether an earlier attempt at this message may have arrived already. */
  readonly uncertain: boolean;
  /** Whether something may be posted beside an edit. */
  readonly mayPost: boolean;
}

/** A message that is in flight. */
export interface OwedMessage {
  /** The destination's id. */
  readonly destination: string;
  /** Null for a bulletin. */
  readonly incidentId: string | null;
  /** What it shows of the incident, for the report. */
  readonly shown: { readonly version: number; readonly status: IncidentStatus };
  /** What it needs to be sent. */
  readonly need: Need;
  /** Reads the rest of what it says, of an incident at most so many alerts; answers what sends it once. */
  prepare(mostAlerts: number): Promise<(attempt: Attempt) => Promise<SendOutcome>>;
}

/** The message of this name if it is still to be sent, else null. */
export function owedMessage(name: MessageName, records: DeliveryRecords): Promise<OwedMessage | null> {
  return bulletinKind(name.deliveryId) === null ? owedOfIncident(name, records) : owedBulletin(name, records);
}

async function owedOfIncident(name: MessageName, records: DeliveryRecords): Promise<OwedMessage | null> {
  const found = await records.delivery(name.deliveryId);
  const message = found?.delivery.inFlight ?? null;
  if (found === null || message?.seq !== name.seq) return null;
  const { delivery, incident } = found;
  return {
    destination: delivery.destination.id,
    incidentId: incident.id,
    shown: { version: incident.version, status: incident.status },
    need: needOf(incident, delivery),
    async prepare(mostAlerts) {
      const [alerts, news] = await Promise.all([viewOf(found, records, mostAlerts), newsOf(found, records)]);
      const { kind } = message;
      const { reference, receivers } = delivery;
      const told = delivery.sentStatus === null ? {} : { told: delivery };
      return ({ target, integration, externalUrl, uncertain, mayPost }) =>
        integration.send({
          ...name,
          ...told,
          ...(mayPost ? news : leftForLater(news)),
          target,
          view: { incident, alerts, externalUrl, ...(target.template === undefined ? {} : { template: target.template }) },
          kind,
          reference,
          receivers,
          uncertain,
        });
    },
  };
}

async function owedBulletin(name: MessageName, records: DeliveryRecords): Promise<OwedMessage | null> {
  const bulletin = await records.bulletin(name.deliveryId);
  const message = bulletin?.inFlight ?? null;
  if (bulletin === null || message?.seq !== name.seq) return null;
  const kind = bulletinKind(bulletin.id) ?? 'digest';
  const { reference, entries, more, over } = message;
  return {
    destination: bulletin.destination.id,
    incidentId: null,
    shown: { version: 0, status: 'open' },
    need: needOfBulletin(bulletin, reference),
    async prepare() {
      return async ({ target, integration, externalUrl, uncertain }) =>
        (await integration.sendBulletin?.({ ...name, target, view: { kind, entries, more, over, externalUrl }, reference, uncertain })) ?? CANNOT_CARRY;
    },
  };
}

const CANNOT_CARRY: SendOutcome = { kind: 'refused', error: 'such a destination takes no messages about several incidents' };

type Found = NonNullable<Awaited<ReturnType<DeliveryRecords['delivery']>>>;

/** What its thread has not told yet. A message that told no count told all that there was before it, or nothing. */
async function newsOf({ delivery: { destination, incidentId, reference } }: Found, records: DeliveryRecords): Promise<{ readonly news?: News }> {
  if (!destination.edits) return {};
  return { news: await records.timeline(incidentId, reference.entries === undefined ? null : Number(reference.entries)) };
}

/** The same as if nothing had happened, so that a later message tells it. */
function leftForLater({ news }: { readonly news?: News }): { readonly news?: News } {
  return news === undefined ? {} : { news: { entries: [], length: news.length - news.entries.length } };
}

async function viewOf({ incident, members }: Found, records: DeliveryRecords, most: number): Promise<ViewedAlert[]> {
  const shown = mostImportant(members, incident, most);
  const documents = await records.documents(shown.map((member) => member.fingerprint));
  return shown.flatMap((member) => {
    const document = documents.get(member.fingerprint);
    return document === undefined ? [] : [{ member, document }];
  });
}
