// What the log says of a request, and the id by which an answer and its lines in the log find each other.

import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

/** Options of the server that give each request an id of its own. */
export const REQUEST_ID_OPTIONS = { genReqId: () => randomUUID() } as const;

/**
 * Gives every answer its id as `X-Request-Id`, and the log a line for each request: `info` for what somebody changed,
 * `warn` for a webhook that was refused, `debug` for the rest. It says the route, never the query or the body.
 */
export function logRequests(server: FastifyInstance, log: Logger): void {
  server.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  server.addHook('onResponse', (request, { statusCode, elapsedTime }, done) => {
    const { method, routeOptions, id: requestId } = request;
    const line = { requestId, method, route: routeOptions.url ?? null, status: statusCode, ms: Math.round(elapsedTime), ...incidentOf(request) };
    log[levelOf(method, routeOptions.url ?? '', statusCode)](line, 'answered');
    done();
  });
}

/** How loud the line about a request is, by its method, its route and the status of its answer. */
export function levelOf(method: string, route: string, status: number): 'warn' | 'info' | 'debug' {
  if (route.startsWith('/webhooks/')) return status >= 400 ? 'warn' : 'debug';
  return method === 'GET' || method === 'HEAD' || route === '' ? 'debug' : 'info';
}

function incidentOf({ routeOptions, params }: FastifyRequest): { readonly incidentId?: string } {
  const { id } = (params ?? {}) as { readonly id?: string };
  return routeOptions.url?.startsWith('/api/v1/incidents/') === true && id !== undefined ? { incidentId: id } : {};
}
