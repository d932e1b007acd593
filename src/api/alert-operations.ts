// Answers what is asked about single alerts and about the account of all of them.

import type { AlertDocument, AlertState } from '../model/alert.ts';
import { alertStateDocument } from '../model/alert-document.ts';
import { failureDocument } from '../model/failure-document.ts';
import { NO_LABELS } from '../model/labels.ts';
import { ledgerDocument } from '../model/ledger-document.ts';
import { type Matcher, matchesAll } from '../model/matcher.ts';
import { suppressionDocument } from '../model/suppression-document.ts';
import { alertDetail } from './alert-detail.ts';
import type { ApiDependencies } from './dependencies.ts';
import { unknownDocument } from './incident-alerts.ts';
import { matchersOf } from './matcher-query.ts';
import type { Handlers } from './operation.ts';
import { answerPage } from './page.ts';
import type { ReadModel } from './read-model.ts';
import { notFound } from './refusal.ts';

type AlertOperation = 'listAlerts' | 'getAlert' | 'listSuppressions' | 'getLedger' | 'listFailures';

/** The handlers of the operations on alerts, suppressions, failures and the ledger. */
export function alertOperations({ readModel, config, now }: ApiDependencies): Handlers<AlertOperation> {
  return {
    listAlerts: async ({ query }) => {
      const { status = [] } = query;
      const matchers = matchersOf(query.matcher);
      const { records, nextCursor } = await answerPage('alerts', query, {
        read: (range) => readModel.alerts(range),
        wanted: (alerts) => {
          const candidates = alerts.filter((alert) => status.length === 0 || status.includes(alert.status));
          return choose(readModel, matchers, candidates);
        },
      });
      const documents = await documentsOf(readModel, records);
      return { items: records.map((alert) => alertStateDocument(alert, documentOf(documents, alert))), nextCursor };
    },
    getAlert: async ({ path }) => {
      const alert = await readModel.alert(path.fingerprint);
      if (alert === null) throw notFound('alert', path.fingerprint);
      const document = documentOf(await documentsOf(readModel, [alert]), alert);
      return { ...alertStateDocument(alert, document), ...(await alertDetail(readModel, alert, document.labels, config().policy, now())) };
    },
    listSuppressions: async ({ query }) => {
      const { records, nextCursor } = await answerPage('suppressions', query, { read: (range) => readModel.suppressions(range) });
      const documents = await documentsOf(readModel, records);
      return {
        items: records.map((suppression) => suppressionDocument(suppression, documents.get(suppression.fingerprint)?.labels ?? NO_LABELS)),
        nextCursor,
      };
    },
    getLedger: async () => ledgerDocument(await readModel.ledger()),
    listFailures: async ({ query }) => {
      const { records, nextCursor } = await answerPage('failures', query, { read: (range) => readModel.failures(range) });
      return { items: records.map(failureDocument), nextCursor };
    },
  };
}

type Documents = ReadonlyMap<string, AlertDocument>;

function documentsOf(readModel: ReadModel, records: readonly { readonly fingerprint: string }[]): Promise<Documents> {
  return readModel.documents([...new Set(records.map(({ fingerprint }) => fingerprint))]);
}

function documentOf(documents: Documents, alert: AlertState): AlertDocument {
  return documents.get(alert.fingerprint) ?? unknownDocument(alert);
}

async function choose(readModel: ReadModel, matchers: readonly Matcher[], alerts: readonly AlertState[]): Promise<ReadonlySet<AlertState>> {
  if (matchers.length === 0) return new Set(alerts);
  const documents = await documentsOf(readModel, alerts);
  return new Set(alerts.filter((alert) => matchesAll(matchers, documentOf(documents, alert).labels)));
}
