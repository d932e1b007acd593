// Answers what is asked and said about what decisions are made with: changes, topology, configuration.

import { readLearned } from '../correlate/history-records.ts';
import { veiledEdges } from '../correlate/veil.ts';
import { changeDocument, changeOf } from '../model/change-document.ts';
import { parseTimestamp } from '../model/time.ts';
import { topologyDocument } from '../model/topology-document.ts';
import type { ApiDependencies } from './dependencies.ts';
import type { Handlers } from './operation.ts';
import { answerPage } from './page.ts';
import { Problem } from './problem.ts';
import { assertDone } from './refusal.ts';

type ContextOperation = 'listChanges' | 'reportChange' | 'getTopology' | 'putTopology' | 'addBaselines' | 'getConfig';

/** The handlers of the operations on changes, the dependency graph and the configuration. */
export function contextOperations({ readModel, commands, config, now }: ApiDependencies): Handlers<ContextOperation> {
  const topologyInForce = async () => {
    const [putEdges, learned] = await Promise.all([readModel.putEdges(), readModel.learnedEdges()]);
    const { dependencies, redaction } = config().policy;
    return topologyDocument(veiledEdges([...dependencies, ...putEdges], redaction), learned);
  };
  return {
    listChanges: async ({ query }) => {
      const { records, nextCursor } = await answerPage('changes', query, { read: (range) => readModel.changes(range) });
      return { items: records.map(changeDocument), nextCursor };
    },
    reportChange: async ({ body, actor }, reply) => {
      const change = changeOf(body);
      if (change === null) throw new Problem({ status: 400, code: 'invalid-request', detail: 'the body has an at that is no RFC 3339 time', pointer: '/at' });
      assertDone(await commands.submit({ kind: 'change', receivedAt: now(), change, by: actor ?? 'anonymous' }));
      reply.code(201);
      return changeDocument((await readModel.change(change.id)) ?? change);
    },
    getTopology: topologyInForce,
    putTopology: async ({ body, actor }) => {
      const edges = body.edges.map(({ from, to }) => ({ from, to, origin: 'put' as const }));
      assertDone(await commands.submit({ kind: 'topology', receivedAt: now(), edges, by: actor ?? 'anonymous' }));
      return topologyInForce();
    },
    addBaselines: async ({ body }) => {
      const records = body.records.map(({ key, record }, i) => {
        const read = readLearned(key, record);
        const detail = `the body has a record ${JSON.stringify(key)} that is none of this version's`;
        if (read === null) throw new Problem({ status: 400, code: 'invalid-request', detail, pointer: `/records/${i}` });
        return [key, read] as const;
      });
      const since = parseTimestamp(body.since)?.ms ?? now();
      const result = await commands.submit({ kind: 'learned', receivedAt: now(), since, records });
      assertDone(result);
      const added = result.ok ? (result.added ?? 0) : 0;
      return { added, known: records.length - added };
    },
    getConfig: async () => config().document as Record<string, unknown>,
  };
}
