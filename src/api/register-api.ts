// Puts the REST API into a Fastify application: each operation of openapi/winnow.yaml that is not a
// webhook gets its handler, and its requests and answers are validated against that document.

import rateLimit from '@fastify/rate-limit';
import responseValidation from '@fastify/response-validation';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import { fastifyOpenapiGlue } from 'fastify-openapi-glue';
import { MINUTE } from '../model/time.ts';
import { alertOperations } from './alert-operations.ts';
import { auditOperations } from './audit-operations.ts';
import { assertAllowed, rolesOf, tokenOf } from './authorization.ts';
import { contextOperations } from './context-operations.ts';
import { deliveryOperations } from './delivery-operations.ts';
import type { ApiDependencies } from './dependencies.ts';
import { answerUnchanged } from './etag.ts';
import { eventOperations } from './event-operations.ts';
import { incidentOperations } from './incident-operations.ts';
import { loadOpenapiDocument, type OpenapiDocument } from './openapi-document.ts';
import type { ApiOperation, Handler, Handlers, OperationRequest } from './operation.ts';
import { Problem, problemHandler } from './problem.ts';
import { serviceOperations } from './service-operations.ts';
import { silenceOperations } from './silence-operations.ts';
import { answerValidator, requestValidatorCompiler } from './validation.ts';
import { webOperations } from './web-operations.ts';

/**
 * What the application that the API is put into must be made with: ids of deliveries are long, and
 * errors before routing are problems too.
 */
export const API_SERVER_OPTIONS = { routerOptions: { maxParamLength: 1024 }, frameworkErrors: problemHandler } as const satisfies FastifyServerOptions;

/**
 * Adds the API, in a scope of its own. Errors are thrown as `Problem` and as Fastify's own: the
 * application is to have `installProblemHandlers`.
 */
export function registerApi(app: FastifyInstance, dependencies: ApiDependencies): void {
  const document = loadOpenapiDocument();
  const roles = rolesOf(document);
  const events = eventOperations(dependencies);
  const handlers: Handlers<ApiOperation> = {
    ...auditOperations(dependencies),
    ...events.handlers,
    ...incidentOperations(dependencies),
    ...alertOperations(dependencies),
    ...contextOperations(dependencies),
    ...deliveryOperations(dependencies),
    ...silenceOperations(dependencies),
    ...serviceOperations(dependencies, document),
    ...webOperations(dependencies.webFiles),
  };
  app.register(async (scope) => {
    // A body that is not JSON would pass by validation.
    scope.removeContentTypeParser('text/plain');
    scope.setValidatorCompiler(requestValidatorCompiler());
    scope.setSerializerCompiler(() => JSON.stringify);
    scope.addHook('onRoute', ({ url, schema }) => {
      // Without parameters there would be no validation, and so no refusal of unknown ones.
      if (schema !== undefined && url.startsWith('/api/')) schema.querystring ??= { type: 'object', properties: {} };
    });
    await scope.register(rateLimit, { global: false });
    const countRequest = scope.createRateLimit({
      max: () => dependencies.config().api.requestsPerMinute,
      timeWindow: MINUTE,
      keyGenerator: ({ headers, ip }) => tokenOf(dependencies.config().api, headers)?.name ?? ip,
    });
    scope.addHook('onRequest', async (request) => {
      const { headers, method, routeOptions } = request;
      if (routeOptions.url?.startsWith('/api/') === true) assertWithin(await countRequest(request));
      const role = roles.get(`${method === 'HEAD' ? 'GET' : method} ${routeOptions.url ?? ''}`);
      if (role !== undefined) assertAllowed(dependencies.config().api, headers, role);
    });
    scope.addHook('onSend', answerUnchanged);
    scope.addHook('preClose', async () => events.endAll());
    await scope.register(responseValidation, { ajv: answerValidator() });
    await scope.register(fastifyOpenapiGlue, {
      specification: document,
      operationResolver: (id: string, method: string, path: string) =>
        routeHandler(handlers, id as ApiOperation, needsBody(document, method, path), dependencies.config),
    });
  });
}

function assertWithin(
  counted: { readonly isAllowed: true } | { readonly isAllowed: false; readonly isExceeded: boolean; readonly ttlInSeconds: number },
): void {
  if (counted.isAllowed || !counted.isExceeded) return;
  throw new Problem({
    status: 429,
    code: 'too-many-requests',
    detail: 'more requests were made within a minute than api.requests_per_minute allows',
    retryAfterSeconds: Math.max(1, counted.ttlInSeconds),
  });
}

/** The plug-in leaves `required` of a body aside. */
function needsBody(document: OpenapiDocument, method: string, path: string): boolean {
  const paths = document['paths'] as Record<string, Record<string, { requestBody?: { required?: boolean } }>>;
  return paths[path]?.[method.toLowerCase()]?.requestBody?.required === true;
}

function routeHandler<Id extends ApiOperation>(handlers: Handlers<ApiOperation>, id: Id, bodyNeeded: boolean, config: ApiDependencies['config']) {
  const handler: Handler<Id> | undefined = handlers[id];
  if (handler === undefined) throw new Error(`the operation ${id} of the API document has no handler`);
  return (request: FastifyRequest, reply: FastifyReply) => {
    const { query, params: path, body, headers } = request;
    const actor = tokenOf(config().api, headers)?.name ?? null;
    if (bodyNeeded && (body === undefined || body === null))
      throw new Problem({ status: 400, code: 'invalid-request', detail: 'the body is missing', pointer: '' });
    return handler({ query, path, body, headers, actor } as OperationRequest<Id>, reply);
  };
}
