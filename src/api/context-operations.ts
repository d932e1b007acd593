// Answers what is asked and said about what decisions are made with: changes, topology, configuration.

import { changeDocument, changeOf } from '../model/change-document.ts';
import { topologyDocument } from '../model/topology-document.ts';
import type { ApiDependencies } from './dependencies.ts';
import type { Handlers } from './operation.ts';
import { answerPage } from './page.ts';
import { Problem } from './problem.ts';
import { assertDone } from './refusal.ts';

type ContextOperation = 'listChanges' | 'reportChange' | 'getTopology' | 'putTopology' | 'getConfig';

/** The handlers of the operations on changes, the dependency graph and the configuration. */
export function contextOperations({ readModel, commands, config, now }: ApiDependencies): Handlers<ContextOperation> {
  const topologyInForce = async () => {
    const [putEdges, learned] = await Promise.all([readModel.putEdges(), readModel.learnedEdges()]);
    return topologyDocument([...config().policy.dependencies, ...putEdges], learned);
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
    getConfig: async () => config().document as Record<string, unknown>,
  };
}
