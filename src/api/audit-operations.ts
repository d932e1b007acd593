// Answers who changed what.

import { auditDocument } from '../model/audit.ts';
import type { ApiDependencies } from './dependencies.ts';
import type { Handlers } from './operation.ts';
import { answerPage } from './page.ts';

/** The handler of the operation on the audit log. */
export function auditOperations({ readModel }: ApiDependencies): Handlers<'listAudit'> {
  return {
    listAudit: async ({ query }) => {
      const { records, nextCursor } = await answerPage('audit', query, { read: (range) => readModel.audit(range) });
      return { items: records.map(auditDocument), nextCursor };
    },
  };
}
