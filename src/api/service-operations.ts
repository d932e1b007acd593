// Answers what is asked about the service itself.

import type { FastifyReply } from 'fastify';
import type { ApiDependencies } from './dependencies.ts';
import { PAGE_POLICY } from './html-page.ts';
import { errorsPage, indexPage } from './index-page.ts';
import type { OpenapiDocument } from './openapi-document.ts';
import type { Handlers } from './operation.ts';
import { PROBLEM_MEDIA_TYPE, Problem, problemDocument } from './problem.ts';

type ServiceOperation = 'getHealth' | 'getReadiness' | 'getMetrics' | 'getOpenapi' | 'getErrors' | 'getIndex' | 'reloadConfig';

/** The handlers of health, readiness, metrics, the API document and the pages for people. */
export function serviceOperations({ readModel, readiness, metrics, reload }: ApiDependencies, document: OpenapiDocument): Handlers<ServiceOperation> {
  return {
    getHealth: async () => ({ status: 'ok' }),
    getReadiness: async (_request, reply) => {
      const { ready, redis, owner, warnings } = await readiness();
      const body = { ready, redis, owner, warnings: [...warnings] };
      if (ready) return body;
      const detail = redis ? 'no process owns the shard' : 'Redis does not answer';
      reply.code(503).type(PROBLEM_MEDIA_TYPE);
      return { ...problemDocument(new Problem({ status: 503, code: 'not-ready', detail })), ...body };
    },
    getMetrics: async (_request, reply) => {
      const { contentType, body } = await metrics();
      reply.type(contentType);
      return body;
    },
    reloadConfig: async ({ actor }) => {
      const reloaded = await reload(actor ?? 'anonymous');
      if (!reloaded.ok)
        throw new Problem({ status: 422, code: 'invalid-config', detail: `the old configuration stays in force: ${reloaded.faults.join('; ')}` });
      const { changed, hash, warnings } = reloaded;
      return { changed, hash, warnings: [...warnings] };
    },
    getOpenapi: async () => document,
    getErrors: async (_request, reply) => asPage(reply, errorsPage()),
    getIndex: async (_request, reply) => asPage(reply, indexPage(await readModel.openIncidents())),
  };
}

function asPage(reply: FastifyReply, page: string): string {
  reply.type('text/html; charset=utf-8').header('content-security-policy', PAGE_POLICY).header('x-content-type-options', 'nosniff');
  return page;
}
