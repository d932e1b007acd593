// Answers what is asked and done about deliveries.

import type { Bulletin } from '../model/bulletin.ts';
import { bulletinDocument, bulletinStatus } from '../model/bulletin-document.ts';
import type { Delivery } from '../model/delivery.ts';
import { type DeliveryDocument, type DeliveryStatus, deliveryDocument, deliveryStatus } from '../model/delivery-document.ts';
import type { ApiDependencies } from './dependencies.ts';
import type { Handlers } from './operation.ts';
import { answerPage } from './page.ts';
import { assertDone, notFound } from './refusal.ts';

type DeliveryOperation = 'listDeliveries' | 'retryDelivery';

/** Behind the id of an incident: a position that all its deliveries lie behind, and those of newer incidents before. */
const BEHIND = '~\uffff';

/** The handlers of the operations on deliveries. */
export function deliveryOperations({ readModel, commands, now }: ApiDependencies): Handlers<DeliveryOperation> {
  return {
    listDeliveries: async ({ query }) => {
      const { status = [], incident } = query;
      const { records, nextCursor } = await answerPage('deliveries', query, {
        read: (range) => readModel.deliveries(incident === undefined || range.after !== null ? range : { ...range, after: `${incident}${BEHIND}` }),
        ended: (record) => incident !== undefined && !('incidentId' in record && record.incidentId === incident),
        wanted: async (deliveries) => new Set(deliveries.filter((delivery) => status.length === 0 || status.includes(statusOf(delivery)))),
      });
      return { items: records.map(documentOf), nextCursor };
    },
    retryDelivery: async ({ path, body, actor }) => {
      assertDone(await commands.submit({ kind: 'retry', receivedAt: now(), deliveryId: path.id, by: actor ?? body?.by ?? 'anonymous' }));
      const delivery = await readModel.delivery(path.id);
      if (delivery === null) throw notFound('delivery', path.id);
      return documentOf(delivery);
    },
  };
}

function statusOf(record: Delivery | Bulletin): DeliveryStatus {
  return 'incidentId' in record ? deliveryStatus(record) : bulletinStatus(record);
}

function documentOf(record: Delivery | Bulletin): DeliveryDocument {
  return 'incidentId' in record ? deliveryDocument(record) : bulletinDocument(record);
}
